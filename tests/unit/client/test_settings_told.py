"""Settings that are wrong are named; what they hold is not told where it may be a secret."""

import pytest

from goldsmith.client.cli.settings import read_settings, unknown_settings
from goldsmith.client.errors import Invalid


def test_a_variable_that_nobody_reads_is_named_with_the_one_that_was_meant() -> None:
    environ = {
        "GOLDSMITH_DATA_DRI": "/srv", "GOLDSMITH_SOMETHING": "1", "GOLDSMITH_DATA_DIR": "/srv", "GOLDSMITH_URL": "x",
        "GOLDSMITH_OIDC__ACME__ISSUER": "x", "PATH": "x",
    }  # fmt: skip
    assert unknown_settings(environ) == [
        "goldsmith: GOLDSMITH_DATA_DRI is no setting, so it changes nothing. Did you mean GOLDSMITH_DATA_DIR?",
        "goldsmith: GOLDSMITH_SOMETHING is no setting, so it changes nothing.",
    ]


def test_a_setting_that_is_wrong_is_told_by_its_variable_and_without_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLDSMITH_OIDC__ACME__CLIENT_SECRET", "hush")
    with pytest.raises(Invalid, match="GOLDSMITH_OIDC__ACME__ISSUER") as told:
        read_settings()
    assert "hush" not in str(told.value)
    monkeypatch.delenv("GOLDSMITH_OIDC__ACME__CLIENT_SECRET")
    monkeypatch.setenv("GOLDSMITH_SESSION_DAYS", "many")
    with pytest.raises(Invalid, match="GOLDSMITH_SESSION_DAYS is 'many'"):
        read_settings()
