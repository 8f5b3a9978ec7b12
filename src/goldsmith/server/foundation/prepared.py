"""Statements of the hot path: written in SQLAlchemy, compiled once per database, run on the driver's own cursor.

    _FIND = Prepared(select(tasks).where(tasks.c.id == bindparam("task_id")))
    row = _FIND.first(tx, task_id=7)

SQLAlchemy's execution of a cached statement costs several times what SQLite needs to run it, and an annotation takes
some thirty of them. Types still convert both ways (`Instant`, JSON). Every parameter must be given by name. A
statement whose text depends on its values (`in_` over a list) is not for this: use `Connection.execute`.
"""

from collections import namedtuple
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.sql import ClauseElement, Executable
from sqlalchemy.sql.compiler import SQLCompiler

Convert = Callable[[Any], Any]
_FEW = 8


class Prepared:
    """One statement, ready to run on either database; an insert or update names the `columns` it sets by value."""

    def __init__(self, statement: Executable, *, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = columns
        self._by_dialect: dict[str, _Form] = {}

    def all(self, tx: Connection, **values: Any) -> list[Any]:
        """Every row, as named tuples."""
        form = self._form(tx)
        cursor = form.run(tx, values)
        return form.rows(cursor, cursor.fetchall())

    def first(self, tx: Connection, **values: Any) -> Any | None:
        """The first row or None."""
        form = self._form(tx)
        cursor = form.run(tx, values)
        found = cursor.fetchone()
        return form.rows(cursor, [found])[0] if found is not None else None

    def one(self, tx: Connection, **values: Any) -> Any:
        """The one row there is."""
        row = self.first(tx, **values)
        assert row is not None, "a row was expected"
        return row

    def run(self, tx: Connection, **values: Any) -> int:
        """Run for its effect; the number of rows touched."""
        return self._form(tx).run(tx, values).rowcount

    def many(self, tx: Connection, rows: Sequence[dict[str, Any]]) -> None:
        """Run for its effect once per row of values.

        A few go one by one: psycopg's `executemany` opens a pipeline, which costs several statements' worth.
        """
        form = self._form(tx)
        if len(rows) > _FEW:
            tx.connection.cursor().executemany(form.sql, [form.bind(row) for row in rows])
            return
        for row in rows:
            form.run(tx, row)

    def _form(self, tx: Connection) -> "_Form":
        name = tx.dialect.name
        if name not in self._by_dialect:
            self._by_dialect[name] = _Form(self._statement, self._columns, tx.dialect)
        return self._by_dialect[name]


class _Form:
    """The statement as one database's driver takes it."""

    def __init__(self, statement: Executable, columns: Sequence[str] | None, dialect: Dialect) -> None:
        assert isinstance(statement, ClauseElement)
        compiled = statement.compile(dialect=dialect, column_keys=columns)
        assert isinstance(compiled, SQLCompiler)
        self.sql = str(compiled)
        self._order = compiled.positiontup
        self._fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        self._into = _converters(((name, bind.type) for name, bind in compiled.binds.items()), dialect)
        self._kinds = [entry.type.dialect_impl(dialect) for entry in compiled._result_columns]
        self._row = namedtuple("Row", [entry.keyname for entry in compiled._result_columns], rename=True)
        self._dialect = dialect
        self._from: list[tuple[int, Convert]] | None = None

    def bind(self, values: dict[str, Any]) -> Any:
        given = {**self._fixed, **values}
        for name, convert in self._into:
            given[name] = convert(given[name])
        return given if self._order is None else tuple(given[name] for name in self._order)

    def run(self, tx: Connection, values: dict[str, Any]) -> Any:
        cursor = tx.connection.cursor()
        cursor.execute(self.sql, self.bind(values))
        return cursor

    def rows(self, cursor: Any, found: Sequence[Sequence[Any]]) -> list[Any]:
        if self._from is None:
            self._from = self._out_of(cursor)
        if not self._from:
            return [self._row._make(row) for row in found]
        made = []
        for row in found:
            cells = list(row)
            for place, convert in self._from:
                cells[place] = convert(cells[place])
            made.append(self._row._make(cells))
        return made

    def _out_of(self, cursor: Any) -> list[tuple[int, Convert]]:
        """What turns the driver's values into ours, by place; drivers tell their column types with the first result."""
        ways = (
            kind.result_processor(self._dialect, column[1])
            for kind, column in zip(self._kinds, cursor.description, strict=True)
        )
        return [(place, convert) for place, convert in enumerate(ways) if convert is not None]


def _converters(named_types: Any, dialect: Dialect) -> list[tuple[str, Convert]]:
    found = ((name, kind.dialect_impl(dialect).bind_processor(dialect)) for name, kind in named_types)
    return [(name, convert) for name, convert in found if convert is not None]
