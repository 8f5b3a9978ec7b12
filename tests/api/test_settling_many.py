"""Many records settled at once come to what each comes to alone, whatever people, experts and the schema have done."""

from collections import Counter
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from goldsmith.server.features.annotation.tables import annotations
from goldsmith.server.features.assignment.tables import reservations, tasks
from goldsmith.server.features.projects import judging
from goldsmith.server.features.projects.tables import project_counters
from goldsmith.server.features.records.tables import records
from goldsmith.server.features.review.resolve import settle_again
from goldsmith.server.features.review.resolve_many import settle_many
from goldsmith.server.features.review.tables import cases, resolutions, review_plans
from tests.support.records import add_records

FIELDS = [{"name": "text", "type": "text"}]
N_RECORDS, N_PEOPLE = 8, 3
GONE = "gone"
"""A label that the present schema has no longer: whoever chose it has to answer again."""


@dataclass(frozen=True)
class Standing:
    """How a record stands: what each person chose, how many are asked, and what an expert has to do with it."""

    chosen: list
    target: int
    is_sensitive: bool
    case: tuple | None


@dataclass(frozen=True)
class Rules:
    policy: dict
    plan: dict


CASES = st.tuples(
    st.sampled_from(["open", "decided", "withdrawn", "returned"]),
    st.sampled_from(["disagreement", "sensitive", "flagged", "sampled", "returned", "schema"]),
    st.sampled_from([None, 0.25]), st.booleans(),
)  # fmt: skip
STANDINGS = st.builds(
    Standing,
    chosen=st.lists(st.sampled_from(["yes", "no", GONE]), max_size=N_PEOPLE),
    target=st.integers(1, N_PEOPLE), is_sensitive=st.sampled_from([False, False, True]), case=st.none() | CASES,
)  # fmt: skip
RULES = st.builds(
    Rules,
    policy=st.fixed_dictionaries({
        "overlap": st.integers(1, 2), "max_annotators": st.integers(2, 3), "reserved_only": st.booleans(),
        "expert_sample_share": st.sampled_from([0.0, 0.5, 1.0]),
    }),
    plan=st.sampled_from([{}, {"first_answers": 2, "first_share": 0.7}, {"routes": [
        {"key": "channel", "value": "mail", "share": 0.6}
    ]}]),
)  # fmt: skip


class _Undone(Exception):
    pass


@pytest.fixture
def place(api, make_project, make_person):
    """A project with records, people, and a schema that has changed once."""

    def question(*labels):
        return {"name": "sure", "type": "label", "title": "?", "options": [{"value": one} for one in labels]}

    project = make_project(fields=FIELDS, questions=[question("yes", "no", GONE)])
    add_records(api, project, N_RECORDS, metadata={"channel": "mail"})
    draft = {"fields": FIELDS, "questions": [question("yes", "no")], "changes": []}
    api.ok("POST", f"/projects/{project['id']}/schemas", draft)
    return project["id"], [make_person("annotator").person_id for _ in range(N_PEOPLE)]


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(standings=st.lists(STANDINGS, min_size=N_RECORDS, max_size=N_RECORDS), under=RULES)
def test_many_records_come_to_what_each_comes_to_alone(database, clock, place, standings, under):
    project_id, people = place

    def one_by_one(tx, rules, ids):
        for record_id in ids:
            settle_again(tx, rules, record_id, clock())

    def at_once(tx, rules, ids):
        settle_many(tx, rules, ids, clock())

    def what_it_comes_to(way):
        def attempt(tx):
            ids = _stand(tx, project_id, people, standings, clock())
            tx.execute(delete(review_plans).where(review_plans.c.project_id == project_id))
            tx.execute(insert(review_plans).values(project_id=project_id, seed="seed", plan=under.plan))
            rules = judging(tx, project_id)
            way(tx, replace(rules, policy=rules.policy.model_copy(update=under.policy)), ids)
            found.append(_all_there_is(tx, ids))
            raise _Undone

        found = []
        with pytest.raises(_Undone):
            database.write_now(attempt)
        return found[0]

    assert what_it_comes_to(at_once) == what_it_comes_to(one_by_one)


def _stand(tx, project_id, people, standings, now):
    """Let the records stand so; their ids."""
    ids = tx.execute(select(records.c.id).where(records.c.project_id == project_id).order_by(records.c.id)).scalars()
    ids = list(ids)
    for record_id, one in zip(ids, standings, strict=True):
        tx.execute(update(records).where(records.c.id == record_id).values(sensitive=one.is_sensitive))
        n, of_record = len(one.chosen), tasks.c.record_id == record_id
        tx.execute(update(tasks).where(of_record).values(target=max(n, one.target), taken=n, done=n))
        task_id = tx.execute(select(tasks.c.id).where(of_record)).scalar_one()
        for person_id, label in zip(people, one.chosen, strict=False):
            tx.execute(insert(annotations).values(
                project_id=project_id, record_id=record_id, task_id=task_id, person_id=person_id, revision=1,
                kind="answer", answers={"sure": label}, counted=True, latest=True, active_ms=1, swapped=False,
                schema_version=1 if label == GONE else 2, guideline_version=1, submitted_at=now,
            ))  # fmt: skip
        if one.case is not None:
            _put_case(tx, project_id, record_id, people[0], one.case, now)
    return ids


def _put_case(tx, project_id, record_id, reviewer, case, now):
    state, why, chance, was_returned = case
    task = {"project_id": project_id, "record_id": record_id, "stage": "adjudicate", "target": int(state == "open")}
    task_id = tx.execute(insert(tasks).values(**task).returning(tasks.c.id)).scalar_one()
    tx.execute(insert(cases).values(
        task_id=task_id, project_id=project_id, record_id=record_id, why=why, state=state, opened_at=now,
        chance=chance, returned_by=reviewer if was_returned else None,
    ))  # fmt: skip
    if state == "decided":
        tx.execute(insert(resolutions).values(
            record_id=record_id, project_id=project_id, state="resolved", method="expert", answers={"sure": "no"},
            questions=[], n_annotators=0, schema_version=1, guideline_version=1, decision_id=1, updated_at=now,
        ))  # fmt: skip


def _all_there_is(tx, ids):
    """Everything that settling writes, tasks named by their record and stage."""

    def rows(table, *left_out):
        found = tx.execute(select(table)).mappings().all()
        return [{name: value for name, value in row.items() if name not in left_out} for row in found]

    named = {row["id"]: (row["record_id"], row["stage"]) for row in rows(tasks)}
    counters = Counter()
    for row in rows(project_counters):
        counters[row["name"]] += row["value"]
    return {
        "resolutions": sorted(rows(resolutions), key=lambda row: row["record_id"]),
        "cases": sorted(rows(cases, "task_id"), key=lambda row: row["record_id"]),
        "tasks": sorted((named[row["id"]], row["rank"], row["target"], row["taken"]) for row in rows(tasks)),
        "reserved": sorted((named[row["task_id"]], row["person_id"]) for row in rows(reservations)),
        "states": sorted((row["id"], row["state"]) for row in rows(records)),
        "counters": {name: value for name, value in counters.items() if value},
    }
