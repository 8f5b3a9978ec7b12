"""Print what the HTTP interface promises, for the files that are committed and compared.

python -m goldsmith.server.entrypoints.openapi                 # contracts/openapi.json
python -m goldsmith.server.entrypoints.openapi --permissions   # docs/reference/permissions.md
"""

import json
import sys

from fastapi import FastAPI

from goldsmith.server.entrypoints.contract import contract_of, operations_of
from goldsmith.server.entrypoints.http import create_app
from goldsmith.server.entrypoints.permissions import permissions_page
from goldsmith.server.foundation.settings import Settings


def contract_text(app: FastAPI) -> str:
    """The committed form of the contract."""
    return json.dumps(contract_of(app), indent=2, ensure_ascii=False) + "\n"


def permissions_text(app: FastAPI) -> str:
    """The committed form of the page about permissions."""
    return permissions_page(operations_of(app))


if __name__ == "__main__":
    text = permissions_text if "--permissions" in sys.argv[1:] else contract_text
    sys.stdout.write(text(create_app(Settings())))
