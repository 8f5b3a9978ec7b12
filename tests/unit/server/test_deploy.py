"""The files in `deploy/` say what their tools understand, name what exists, and ask for no more rights than needed."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import dockerfile
import kubernetes_validate
import pytest
import typer
import yaml
from compose_spec import PyCompose

from goldsmith.client.cli import commands
from goldsmith.server.foundation.settings import OidcProvider, Settings

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
MANIFESTS = sorted(path for path in (DEPLOY / "kubernetes").glob("*.yaml") if path.name != "kustomization.yaml")
KUBERNETES = "1.34"
READ_BUILD = "import {loadConfigFromFile as read} from 'vite'; await read({command: 'build', mode: 'production'})"
FILLED = {"SITE": "label.example.com", "POSTGRES_PASSWORD": "secret"}


def documents(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(path.read_text()))


EVERY = {f"{one['kind']}/{one['metadata']['name']}": one for path in MANIFESTS for one in documents(path)}


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_kubernetes_understands_every_manifest(path: Path) -> None:
    for document in documents(path):
        kubernetes_validate.validate(document, KUBERNETES, strict=True)


def test_the_kustomization_lists_every_manifest() -> None:
    (kustomization,) = documents(DEPLOY / "kubernetes" / "kustomization.yaml")
    assert sorted(kustomization["resources"]) == [path.name for path in MANIFESTS]


def test_the_kustomization_names_the_image_that_pods_run() -> None:
    (kustomization,) = documents(DEPLOY / "kubernetes" / "kustomization.yaml")
    renamed = {one["name"] for one in kustomization["images"] if one["newName"] and one["newTag"]}
    pods = [EVERY[f"Deployment/{name}"]["spec"]["template"]["spec"] for name in ("server", "worker")]
    run = {one["image"] for pod in pods for one in [*pod["containers"], *pod.get("initContainers", [])]}
    assert run == renamed


def test_services_budgets_and_rules_find_the_pods_they_are_for() -> None:
    server = EVERY["Deployment/server"]["spec"]
    labels = server["template"]["metadata"]["labels"]
    assert EVERY["Service/server"]["spec"]["selector"] == labels
    budget = EVERY["PodDisruptionBudget/server"]["spec"]
    assert budget["selector"]["matchLabels"] == labels
    assert budget["minAvailable"] < server["replicas"]
    *inside, main = EVERY["Ingress/goldsmith"]["spec"]["rules"][0]["http"]["paths"]
    assert {(one["path"], one["backend"]["service"]["name"]) for one in inside} == {
        ("/metrics", "nowhere"), ("/readyz", "nowhere"),
    }  # fmt: skip
    assert main["backend"]["service"]["name"] == "server"


@pytest.mark.parametrize("name", ["server", "worker"])
def test_pods_have_no_rights_they_do_not_need(name: str) -> None:
    pod = EVERY[f"Deployment/{name}"]["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    for container in [*pod["containers"], *pod.get("initContainers", [])]:
        rights = container["securityContext"]
        assert (rights["readOnlyRootFilesystem"], rights["allowPrivilegeEscalation"]) == (True, False)
        assert rights["capabilities"] == {"drop": ["ALL"]}
        assert {"requests", "limits"} <= container["resources"].keys()


def test_compose_understands_its_file() -> None:
    text = re.sub(r"\$\{(\w+)[^}]*\}", lambda found: FILLED[found[1]], (DEPLOY / "compose.yaml").read_text())
    merged = yaml.safe_load(text)
    PyCompose.from_json(json.dumps({name: part for name, part in merged.items() if name != "x-goldsmith"})).validate()
    services = merged["services"]
    assert set(services) == {"database", "proxy", "server", "worker"}
    assert services["server"]["deploy"]["replicas"] == services["worker"]["deploy"]["replicas"] == 2


def test_the_compose_file_has_no_grave_weakness() -> None:
    lint = [Path(sys.executable).with_name("compose-lint"), "check", "--fail-on", "high", DEPLOY / "compose.yaml"]
    done = subprocess.run(lint, capture_output=True, text=True, env={**os.environ, **FILLED}, check=False)
    assert done.returncode == 0, done.stdout


def test_the_container_runs_as_nobody_in_particular_and_tells_its_health() -> None:
    steps = dockerfile.parse_file(str(DEPLOY / "Containerfile"))
    stages = [at for at, step in enumerate(steps) if step.cmd.upper() == "FROM"]
    assert all(
        re.fullmatch(r"[a-z]+:[\w.-]+", steps[at].value[0]) and "latest" not in steps[at].value[0] for at in stages
    )
    final = {step.cmd.upper(): step for step in steps[stages[-1] :]}
    assert final["USER"].value == ("10001:10001",)
    assert {"HEALTHCHECK", "ENTRYPOINT", "VOLUME"} <= final.keys()
    assert final["COPY"].value[:-1] == ("/wheels.txt",)


def test_what_the_container_copies_exists_and_is_sent_to_the_builder() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for step in dockerfile.parse_file(str(DEPLOY / "Containerfile")):
        if step.cmd.upper() == "COPY" and not step.flags:
            for source in step.value[:-1]:
                assert (ROOT / source).exists(), source
                assert source in kept


def test_the_screens_are_built_from_what_the_container_copies(tmp_path: Path) -> None:
    for step in dockerfile.parse_file(str(DEPLOY / "Containerfile")):
        if step.cmd.upper() == "COPY" and not step.flags:
            for source in set(step.value[:-1]) - {"src", "web"}:
                copied = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
                copied(ROOT / source, tmp_path / source)
    shutil.copytree(ROOT / "web", tmp_path / "web", ignore=shutil.ignore_patterns("node_modules", "src"))
    (tmp_path / "web" / "node_modules").symlink_to(ROOT / "web" / "node_modules")
    node = Path(sys.executable).with_name("node")
    read = [node, "--input-type=module", "-e", READ_BUILD]
    done = subprocess.run(read, cwd=tmp_path / "web", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", [*MANIFESTS, DEPLOY / "compose.yaml", DEPLOY / "Containerfile"], ids=lambda p: p.name)
def test_settings_and_commands_named_there_exist(path: Path) -> None:
    text = path.read_text()
    ours = {f"GOLDSMITH_{name.upper()}" for name in Settings.model_fields}
    ours |= {f"GOLDSMITH_OIDC__ACME__{name.upper()}" for name in OidcProvider.model_fields}
    assert set(re.findall(r"\bGOLDSMITH_[A-Z_]+[A-Z]\b", text)) <= ours
    known = typer.main.get_command(commands.app).list_commands(None)  # type: ignore[attr-defined]
    asked = re.findall(r"^ *(?:args:|command:|CMD) \[\"?(\w+)", text, re.MULTILINE)
    assert set(asked) - {"sleep", "python"} <= set(known)
