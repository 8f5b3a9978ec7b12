"""The job that brings a parcel's entries into its project: a step reads a chunk, checks it, and writes it at once.

Rows may name records that came before, in this file or another piece of it: their answers join the record.
"""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection

from goldsmith.server.features.annotation import Brought, bring_answers
from goldsmith.server.features.assignment import State
from goldsmith.server.features.exchange import store
from goldsmith.server.features.exchange.bring import MOST_KEY_CHARACTERS
from goldsmith.server.features.exchange.outline import Fitted, FittedAnswer
from goldsmith.server.features.exchange.pieces import Piece, read_rows
from goldsmith.server.features.exchange.receive import outline_of
from goldsmith.server.features.exchange.tools import TOOLS, Look
from goldsmith.server.features.exchange.walk import MISREAD, Understood, understood
from goldsmith.server.features.projects import Judging, check_answers, judging
from goldsmith.server.features.records import Draft, Place, Reader, Row, add_drafts, draft, find_record_ids
from goldsmith.server.features.suggestions import NewSuggestion, add_suggestions
from goldsmith.server.foundation.errors import Gone, Invalid
from goldsmith.server.foundation.stored import read_stored
from goldsmith.server.pipelines import Advance, Job, Position, Step, Workbench, write_rejects

ROWS_AT_ONCE = 500
_STATES = {"submitted": State.SUBMITTED, "skipped": State.SKIPPED, "draft": State.EXPIRED}
_TEXT_CHARACTERS = 2000


@contextmanager
def bringing(bench: Workbench, job: Job) -> Iterator[Advance]:
    """The kind of work that fills a project from a parcel."""
    parcel = bench.database.read_now(store.parcel_of, job.payload["parcel_id"])
    pieces = read_stored(list[Piece], parcel.pieces)
    if not pieces or not all(bench.blobs.exists(piece.key) for piece in pieces):
        raise Gone(f"The file '{parcel.filename}' was let go. Send it again and make the project anew.")
    with ExitStack() as open_things:
        yield _Bringer(bench, job, parcel, pieces, open_things).advance


@dataclass(slots=True)
class _Chunk:
    """What a stretch of rows comes to."""

    drafts: list[Draft] = field(default_factory=list)
    entries: list[tuple[Row, Fitted]] = field(default_factory=list)
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    n_rejected: int = 0

    def refuse(self, row: Row, reason: str) -> None:
        """Tell why nothing of a row comes in."""
        self.refused.append((row.line, reason, row.text()[:_TEXT_CHARACTERS]))
        self.n_rejected += 1


class _Bringer:
    """One run of the job."""

    def __init__(self, bench: Workbench, job: Job, parcel: Any, pieces: list[Piece], open_things: ExitStack) -> None:
        look = Look(bench.blobs, pieces)
        self._reading, self._pieces = TOOLS[parcel.tool].open(look)
        self._reading.declared()
        self._bench, self._job, self._parcel = bench, job, parcel
        self._outline = outline_of(parcel)
        self._rules = bench.database.read_now(judging, job.project_id)
        people = bench.database.read_now(store.people_of, job.project_id)
        self._people = {row.person_key: row.person_id for row in people}
        self._open_things = open_things
        self._reader: tuple[int, Reader] | None = None

    def advance(self, position: Position) -> Step:
        """Read and check the rows at `position`."""
        number, seen = position.get("piece", 0), position.get("seen", 0)
        place = Place(*position["place"]) if "place" in position else Place()
        piece = self._pieces[number]
        read = self._open(number).read(place, ROWS_AT_ONCE)
        chunk = self._checked(understood(self._reading, read.rows, piece.name))
        seen += len(read.rows)
        following = self._following(number, read.next, seen)
        total = max(seen, self._job.progress_total or 0)
        return Step(following, lambda tx: self._write(tx, chunk, seen), seen, total=total)

    def _open(self, number: int) -> Reader:
        if self._reader is None or self._reader[0] != number:
            reader = self._open_things.enter_context(closing(read_rows(self._bench.blobs, self._pieces[number])))
            self._reader = number, reader
        return self._reader[1]

    def _following(self, number: int, place: Place | None, seen: int) -> Position | None:
        if place is not None:
            return {"piece": number, "place": list(place), "seen": seen}
        return {"piece": number + 1, "seen": seen} if number + 1 < len(self._pieces) else None

    def _checked(self, found: Iterator[Understood]) -> _Chunk:
        chunk = _Chunk()
        for row, entry, fault in found:
            if entry is None:
                chunk.refuse(row, f"row_not_understood: {fault}")
                continue
            try:
                fitted = self._outline.fit(entry)
            except MISREAD as error:
                chunk.refuse(row, f"row_not_understood: {type(error).__name__}: {error}"[:300])
                continue
            try:
                made = draft(self._rules.fields, external_id=fitted.external_id, fields=fitted.fields,
                             metadata=fitted.metadata, attributes={})  # fmt: skip
            except ValueError as error:
                chunk.refuse(row, f"record_not_accepted: {error}")
                continue
            chunk.refused += [(row.line, f"{one.reason}: {one.detail}", "") for one in entry.losses + fitted.losses]
            fitted.external_id, fitted.fields = made.external_id, msgspec.json.decode(made.fields)
            self._check_answers(chunk, row, fitted)
            chunk.drafts.append(made)
            chunk.entries.append((row, fitted))
        return chunk

    def _check_answers(self, chunk: _Chunk, row: Row, fitted: Fitted) -> None:
        kept = []
        for one in fitted.answered:
            one.person = one.person[:MOST_KEY_CHARACTERS]
            if one.person not in self._people:
                chunk.refused.append((row.line, f"person_not_known: {one.person}", ""))
                chunk.n_rejected += 1
                continue
            try:
                one.answers = _stored(self._rules, one, fitted.fields)
                kept.append(one)
            except (Invalid, UnicodeEncodeError) as error:
                told = error.detail if isinstance(error, Invalid) else "holds half of a surrogate pair"
                chunk.refused.append((row.line, f"answer_not_accepted: {one.person}: {told}", ""))
                chunk.n_rejected += 1
        fitted.answered = kept
        good = []
        for proposed in fitted.suggested:
            try:
                check_answers(self._rules.questions, {proposed.question: proposed.value}, fitted.fields, partly=True)
                msgspec.json.encode(proposed.value)
                good.append(proposed)
            except (Invalid, UnicodeEncodeError) as error:
                chunk.refused.append((row.line, f"suggestion_not_accepted: {error}", ""))
        fitted.suggested = good

    def _write(self, tx: Connection, chunk: _Chunk, seen: int) -> dict[str, int]:
        origin, now = f"{self._parcel.tool}:{self._parcel.id}", self._bench.clock()
        known = find_record_ids(
            tx, self._job.project_id, [str(one.external_id) for _, one in chunk.entries if one.refers]
        )
        new = [at for at, (_, one) in enumerate(chunk.entries) if not one.refers or one.external_id not in known]
        added = add_drafts(tx, self._job.project_id, [chunk.drafts[at] for at in new], origin=origin, now=now)
        conflicts = {new[at]: reason for at, reason in added.conflicts}
        for at, reason in conflicts.items():
            chunk.refuse(chunk.entries[at][0], f"record_not_accepted: {reason}")
        entries = [fitted for at, (_, fitted) in enumerate(chunk.entries) if at not in conflicts]
        ids = find_record_ids(tx, self._job.project_id, [str(one.external_id) for one in entries])
        written = self._write_answers(tx, entries, ids)
        proposed = self._suggestions(entries, ids)
        add_suggestions(tx, self._job.project_id, proposed, now)
        if chunk.refused:
            write_rejects(self._bench.blobs, self._job.id, seen, sorted(chunk.refused))
        left = len(chunk.refused) - chunk.n_rejected
        return {"records": len(added.new), **written, "suggestions": len(proposed), "rejected": chunk.n_rejected,
                "left_behind": left}  # fmt: skip

    def _write_answers(self, tx: Connection, entries: list[Fitted], ids: dict[str, int]) -> dict[str, int]:
        told = [(ids[str(one.external_id)], given) for one in entries for given in one.answered]
        now = self._bench.clock()
        brought = [
            Brought(record_id, self._people[given.person], _STATES[given.state], given.answers, given.notes,
                    given.active_ms, given.at or now)
            for record_id, given in told
        ]  # fmt: skip
        bring_answers(tx, self._rules, brought, now)
        store.put_origins(tx, [
            {"record_id": record_id, "person_id": self._people[given.person], "parcel_id": self._parcel.id,
             "origin": given.origin}
            for record_id, given in told
        ])  # fmt: skip
        return {f"{name}s" if name == "draft" else name: sum(given.state == state for _, given in told)
                for name, state in (("answers", "submitted"), ("skipped", "skipped"), ("draft", "draft"))}  # fmt: skip

    def _suggestions(self, entries: list[Fitted], ids: dict[str, int]) -> list[NewSuggestion]:
        source = {"tool": self._parcel.tool, "parcel": self._parcel.id}
        return [
            NewSuggestion(ids[str(one.external_id)], proposed.question, proposed.value, proposed.agent, proposed.score,
                          self._rules.schema_version, source | {"origin": proposed.origin})
            for one in entries for proposed in one.suggested
        ]  # fmt: skip


def _stored(rules: Judging, one: FittedAnswer, fields: dict[str, Any]) -> dict[str, Any]:
    """The answers in canonical form; a skip has none."""
    if one.state == "skipped":
        return {}
    answers = check_answers(rules.questions, one.answers, fields, partly=one.state == "draft")
    msgspec.json.encode((answers, one.notes, one.origin))
    return answers
