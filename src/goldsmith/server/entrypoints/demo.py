"""`goldsmith demo`: a workspace with a sample project in which people have worked for twelve days.

Nobody's name is invented and nothing is written behind the features' backs: owner, expert and annotators are people of
the workspace, and their history is made by the same deeds that a screen calls, on a clock that runs through those days.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib import resources
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.entrypoints import wiring
from goldsmith.server.entrypoints.opening import opened
from goldsmith.server.features import accounts, annotation, projects, records, review
from goldsmith.server.features.accounts import Role, Who, WorkspaceRole
from goldsmith.server.foundation.clock import system_clock
from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.migrations import migrate
from goldsmith.server.foundation.settings import Settings

PASSWORD = "goldsmith-demo"
OWNER = "owner@example.com"
EXPERT = "expert@example.com"
ANNOTATORS = tuple(f"annotator{number}@example.com" for number in range(1, 6))
DAYS = 12
RECORDS_A_DAY = 6
LEFT_FOR_THE_EXPERT = 2
SEED = 7


@dataclass(frozen=True, slots=True)
class Reference:
    """What a careful reader answers, how hard the message is, and what it is mistaken for."""

    answers: dict[str, Any]
    difficulty: float
    confusable: list[str]


def load_sample(settings: Settings) -> None:
    """Make the workspace unless there is one already."""
    wiring.wire()
    with opened(settings) as database:
        migrate(database)
        now = system_clock()
        if database.read_now(accounts.owner_of_first_workspace, now) is None:
            Sample(database, now).make()


class Sample:
    """The making of the sample project."""

    def __init__(self, database: Database, now: datetime) -> None:
        self._database = database
        self._begin = (now - timedelta(days=DAYS)).replace(hour=8, minute=30, second=0, microsecond=0)
        self._chance = random.Random(SEED)
        self._reference = {one["external_id"]: _reference(one) for one in _rows("reference.jsonl")}

    def make(self) -> None:
        """People, project, records, then day after day of work."""
        owner, annotators, expert = self._database.write_now(self._people_and_project)
        self._database.write_now(self._add_records, owner)
        for day in range(DAYS):
            for number, annotator in enumerate(annotators):
                self._work(annotator, self._begin + timedelta(days=day, minutes=7 * number))
            self._decide(expert, self._begin + timedelta(days=day, hours=6))

    def _people_and_project(self, tx: Connection) -> tuple[Who, list[Who], Who]:
        secret = accounts.hash_new_password(PASSWORD)
        owner = accounts.create_owner(
            tx, email=OWNER, name="Owner", password_hash=secret, workspace="Demo", now=self._begin
        )
        project = projects.create_project(tx, owner, self._new_project())
        inside = replace(owner, project_id=project.id, role=Role.OWNER)
        annotators = [
            self._join(tx, inside, email, f"Annotator {number}", secret, Role.ANNOTATOR)
            for number, email in enumerate(ANNOTATORS, start=1)
        ]
        return inside, annotators, self._join(tx, inside, EXPERT, "Expert", secret, Role.REVIEWER)

    def _new_project(self) -> projects.NewProject:
        schema = json.loads(_read("schema.json"))
        return projects.NewProject(
            name="Support messages",
            description="What customers of an outdoor shop want, how they say it, and which personal data they give.",
            fields=schema["fields"],
            questions=schema["questions"],
            guideline=_read("guideline.md"),
            policy=projects.Policy(overlap=2, max_annotators=3, rating_tolerance=1, annotators_see_metadata=True),
        )

    def _join(self, tx: Connection, owner: Who, email: str, name: str, secret: str, role: Role) -> Who:
        person = accounts.add_person(tx, owner, accounts.NewPerson(name=name, email=email))
        accounts.reset_password(tx, email=email, password_hash=secret, now=self._begin)
        accounts.put_member(tx, owner, person.id, role)
        return replace(owner, person_id=person.id, workspace_role=WorkspaceRole.MEMBER, role=role)

    def _add_records(self, tx: Connection, owner: Who) -> None:
        given = [records.NewRecord.model_validate(row) for row in _rows("messages.jsonl")]
        records.add_records(tx, owner, records.NewRecords(records=given))

    def _work(self, annotator: Who, begin: datetime) -> None:
        now = begin
        for _ in range(RECORDS_A_DAY):
            seconds = round(self._chance.lognormvariate(3.1, 0.45))
            now += timedelta(seconds=seconds)
            self._database.write_now(self._answer_next, replace(annotator, now=now), seconds)

    def _answer_next(self, tx: Connection, who: Who, seconds: int) -> None:
        for item in annotation.claim_next(tx, who, 1, []).items:
            reference = self._reference[item.record.external_id]
            if reference.difficulty > 0.4 and self._chance.random() < 0.12:
                annotation.flag(tx, who, item.task_id, annotation.Flag(reason="Two requests, and neither comes first."))
                continue
            answers = self._as_a_person_would(reference)
            new = annotation.NewAnswer(answers=answers, active_ms=1000 * seconds)
            annotation.submit(tx, who, item.task_id, new)

    def _as_a_person_would(self, reference: Reference) -> dict[str, Any]:
        """The reference answer with the slips of a person: more of them where the message is harder."""
        chance, answers = self._chance, dict(reference.answers)
        if chance.random() < 0.75 * reference.difficulty:
            answers["intent"] = chance.choice(reference.confusable)
        if chance.random() < 0.35:
            answers["tone"] = min(5, max(1, answers["tone"] + chance.choice((-1, 1))))
        if answers["personal_data"] and chance.random() < 0.06:
            answers["personal_data"] = answers["personal_data"][:-1]
        if chance.random() > 0.2:
            answers.pop("note", None)
        return answers

    def _decide(self, expert: Who, begin: datetime) -> None:
        """Settle open cases, but leave the last disputes to whoever tries the demo."""
        waiting = self._database.read_now(self._open_cases, expert)
        disputes = [case for case in waiting if case.why == "disagreement"]
        kept = {case.task_id for case in disputes[-LEFT_FOR_THE_EXPERT:]}
        for minute, case in enumerate(one for one in waiting if one.task_id not in kept):
            who = replace(expert, now=begin + timedelta(minutes=2 * minute))
            self._database.write_now(self._decide_case, who, case)

    def _open_cases(self, tx: Connection, expert: Who) -> list[review.CaseSummary]:
        return review.list_cases(tx, expert, state="open", cursor=None, limit=100).items

    def _decide_case(self, tx: Connection, who: Who, case: review.CaseSummary) -> None:
        answers = self._reference[case.external_id].answers
        reason = {
            "disagreement": "Judge the request, not the story around it; the guideline names this case.",
            "sensitive": "Checked word by word, as every sensitive message is.",
            "flagged": "The first request that we must act on decides.",
        }[case.why]
        anchor = "two-requests-in-one-message" if case.why == "flagged" else None
        given = review.NewDecision(answers=answers, reason=reason, guideline_anchor=anchor, active_ms=48_000)
        review.decide_case(tx, who, case.task_id, given)


def _read(name: str) -> str:
    return resources.files("goldsmith.server.sample").joinpath(name).read_text(encoding="utf-8")


def _rows(name: str) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in _read(name).splitlines() if line)


def _reference(row: dict[str, Any]) -> Reference:
    return Reference(row["answers"], row["difficulty"], row["confusable"])
