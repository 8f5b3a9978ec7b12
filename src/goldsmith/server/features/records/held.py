"""A condition on stored answers: that they hold one of the wordings of a value."""

from collections import defaultdict
from typing import Any

import msgspec

from goldsmith.server.features.projects import Sought, Wording


class Holding:
    """SQL that is true of a row `of` with `answers` and `schema_version`, and its parameters, named from `name` on."""

    def __init__(self, sought: Sought, of: str, name: str, dialect: str) -> None:
        self.parameters: dict[str, Any] = {}
        self._of, self._name = of, name
        self._holds = self._on_sqlite if dialect == "sqlite" else self._on_postgresql
        versions: dict[bytes, list[Wording]] = defaultdict(list)
        for wording in sought:
            versions[msgspec.json.encode({wording.question: wording.part})].append(wording)
        alternatives = [self._in_versions(wordings) for wordings in versions.values()]
        self.sql = f"({' OR '.join(alternatives) or 'FALSE'})"

    def _in_versions(self, wordings: list[Wording]) -> str:
        numbers = ", ".join(str(one.version) for one in wordings)
        return f"({self._of}.schema_version IN ({numbers}) AND {self._holds(wordings[0])})"

    def _on_postgresql(self, wording: Wording) -> str:
        part = msgspec.json.encode({wording.question: wording.part}).decode()
        return f"{self._of}.answers @> CAST({self._parameter(part)} AS jsonb)"

    def _on_sqlite(self, wording: Wording) -> str:
        return self._at(f"{self._of}.answers", f'$."{wording.question}"', wording.part)

    def _at(self, document: str, path: str, part: Any) -> str:
        """As PostgreSQL's `@>`: a list has an entry for the one here, an object these keys."""
        match part:
            case [entry] if not isinstance(entry, dict):
                return f"{self._parameter(entry)} IN (SELECT value FROM json_each({document}, '{path}'))"
            case [entry]:
                return (
                    f"EXISTS (SELECT 1 FROM json_each({document}, '{path}') e WHERE {self._at('e.value', '$', entry)})"
                )
            case dict():
                return " AND ".join(self._at(document, f'{path}."{key}"', inside) for key, inside in part.items())
            case _:
                return f"json_extract({document}, '{path}') = {self._parameter(part)}"

    def _parameter(self, value: Any) -> str:
        name = f"{self._name}_{len(self.parameters)}"
        self.parameters[name] = value
        return f":{name}"
