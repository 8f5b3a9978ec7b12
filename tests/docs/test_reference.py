"""Generated pages say what the code says; settings named elsewhere exist."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from goldsmith.server.foundation.settings import OidcProvider, Settings
from tests.docs.pages import PAGES, ROOT, name_of

REFERENCE = ROOT / "docs" / "reference"
_OF_OTHERS = {"GOLDSMITH_URL", "GOLDSMITH_API_KEY", "GOLDSMITH_SERVER", "GOLDSMITH_TEST_POSTGRES"}
"""What clients, the browser app's development server and the tests read."""


def generator() -> ModuleType:
    """The script that writes the pages."""
    spec = importlib.util.spec_from_file_location("generate", REFERENCE / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["cli.md", "configuration.md", "api.md"])
def test_a_generated_page_is_up_to_date(name: str) -> None:
    assert (REFERENCE / name).read_text(encoding="utf-8") == generator().pages()[name], "run `make contract`"


def test_every_setting_is_explained() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_settings_named_exist(page: Path) -> None:
    named = set(re.findall(r"\bGOLDSMITH_[A-Z_]+\b", page.read_text(encoding="utf-8")))
    ours = {f"GOLDSMITH_{name.upper()}" for name in Settings.model_fields}
    of_providers = {f"GOLDSMITH_OIDC__{{}}__{name.upper()}" for name in OidcProvider.model_fields}
    generic = {re.sub(r"(?<=^GOLDSMITH_OIDC__)[A-Z]+(?=__)", "{}", name) for name in named}
    assert generic <= ours | of_providers | _OF_OTHERS
