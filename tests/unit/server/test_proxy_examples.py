"""The examples for proxies are read by the proxies themselves, where they are installed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[3] / "deploy"


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


@needs("nginx")
@needs("openssl")
def test_nginx_understands_its_example(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=label.example.com"]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    site = (DEPLOY / "nginx.conf").read_text()
    site = site.replace("/etc/ssl/label.example.com.pem", str(certificate))
    site = site.replace("/etc/ssl/label.example.com.key", str(key))
    paths = "".join(
        f"{one}_temp_path {tmp_path / one};" for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path / 'pid'}; events {{}} http {{ access_log off; {paths} {site} }}")
    told = subprocess.run(["nginx", "-t", "-e", "stderr", "-c", whole], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr


@needs("caddy")
def test_caddy_understands_its_example(tmp_path: Path) -> None:
    asked = ["caddy", "validate", "--adapter", "caddyfile", "--config", DEPLOY / "Caddyfile"]
    env = {**os.environ, "SITE": "label.example.com", "HOME": str(tmp_path)}
    told = subprocess.run(asked, env=env, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
