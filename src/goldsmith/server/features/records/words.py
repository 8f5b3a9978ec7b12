"""What somebody typed into the search box, as words and phrases: never as a query language that could break.

All of them must occur. `"in quotes"` is a phrase; `refund*` is the beginning of a word.
"""

import re
from dataclasses import dataclass

from goldsmith.server.features.records.tables import BLOCK_BITS

_PART = re.compile(r'"([^"]*)"?|(\S+)')
_MOST = 20
WHOLE_PROJECT = len(BLOCK_BITS)
"""The level of blocks at which one block holds every record."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase; `is_prefix` if it is the beginning of a word."""

    text: str
    is_prefix: bool = False


def terms_of(typed: str) -> list[Term]:
    """The words and phrases in what was typed; parts without a letter or digit say nothing and are dropped."""
    terms = []
    for phrase, word in _PART.findall(typed.replace("\x00", " ").encode("utf-8", "replace").decode())[:_MOST]:
        begins = word.rstrip("*")
        if word.endswith("*") and begins.isalnum():
            terms.append(Term(begins, is_prefix=True))
        elif any(char.isalnum() for char in phrase or word):
            terms.append(Term(phrase or word))
    return terms


def fts5_query(terms: list[Term], project_id: int) -> str:
    """The terms for SQLite's MATCH, each a quoted string, inside one project."""
    quoted = " AND ".join('body : "{}"{}'.format(t.text.replace('"', " "), " *" if t.is_prefix else "") for t in terms)
    return f'project : "p{project_id}" AND {quoted}'


def tsquery(terms: list[Term]) -> tuple[str, dict[str, str]]:
    """The terms as an expression that makes a PostgreSQL tsquery, and its parameters."""
    parts, parameters = [], {}
    for number, term in enumerate(terms):
        name = f"term_{number}"
        maker = "to_tsquery" if term.is_prefix else "phraseto_tsquery"
        parts.append(f"{maker}('simple', :{name})")
        parameters[name] = f"{term.text}:*" if term.is_prefix else term.text
    return " && ".join(parts), parameters


def block_word(project_id: int, record_id: int, level: int) -> str:
    """The word, as a tsquery, that stands for the block of this level in which the record lies."""
    if level == WHOLE_PROJECT:
        return f"' p{project_id}'"
    bits = BLOCK_BITS[level]
    return f"' p{project_id} b{bits} {record_id >> bits}'"


def block_edge(record_id: int, level: int, *, is_upper: bool) -> int:
    """The last id of the block upwards, or the first one."""
    bits = BLOCK_BITS[level]
    block = record_id >> bits
    return ((block + 1) << bits) - 1 if is_upper else block << bits
