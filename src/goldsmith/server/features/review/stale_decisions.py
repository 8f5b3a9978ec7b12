"""Experts' decisions after a change of the schema: one that the present schema cannot read whole is asked for again.

It becomes a case (`schema`) that any expert may take, the one who decided it before included; until then the record
is disputed and in no release. Where a later change (or going back) makes the decision whole again before somebody has
decided anew, it stands again as if nothing had happened.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.assignment import (
    Stage,
    State,
    ask_nobody_else,
    find_assignment,
    find_task,
    offer_again,
)
from goldsmith.server.features.projects import Answers, Judging, carrier_to
from goldsmith.server.features.records import set_states
from goldsmith.server.features.review import store
from goldsmith.server.features.review.cases import CaseState, Opening, Why, open_cases
from goldsmith.server.features.review.resolve_many import settle_many


def follow_decisions(tx: Connection, rules: Judging, record_ids: Sequence[int], now: datetime) -> int:
    """Ask again for the decisions on these records that are stale, let stand those that are whole again.

    The records are settled already. Returns how many decisions went stale.
    """
    latest = store.latest_decisions(tx, list(record_ids))
    if not latest:
        return 0
    carrier, stale = carrier_to(tx, rules.project_id, rules.schema_version), []
    resolutions = store.resolutions_on(tx, list(latest))
    for decided in latest.values():
        resolution = resolutions.get(decided.record_id)
        if decided.kind != "decision" or resolution is None:
            continue
        carried = carrier.carry(decided.answers, decided.schema_version)
        stands = resolution.decision_id == decided.id
        if carried.stale and stands:
            stale.append(decided)
        elif not carried.stale and not stands:
            _let_stand(tx, rules, decided, resolution, carried.answers, now)
    if stale:
        _ask_again(tx, rules, stale, now)
    return len(stale)


def _ask_again(tx: Connection, rules: Judging, stale: Sequence[Any], now: datetime) -> None:
    for decided in stale:
        held = find_assignment(tx, decided.task_id, decided.person_id)
        if held is not None and held.state is State.SUBMITTED:
            offer_again(tx, held)
    record_ids = [decided.record_id for decided in stale]
    store.undecide(tx, record_ids)
    open_cases(tx, rules.project_id, dict.fromkeys(record_ids, Opening(Why.SCHEMA)), now)
    settle_many(tx, rules, record_ids, now)


def _let_stand(tx: Connection, rules: Judging, decided: Any, resolution: Any, answers: Answers, now: datetime) -> None:
    case, task = store.find_case(tx, decided.record_id), find_task(tx, decided.record_id, Stage.ADJUDICATE)
    if case is None or task is None or case.why != Why.SCHEMA or case.state != CaseState.OPEN:
        return
    ask_nobody_else(tx, task.id, task.taken)
    store.set_case_state(tx, case.task_id, CaseState.DECIDED)
    store.put_resolution(
        tx,
        **{
            **resolution._asdict(), "state": "resolved", "method": _method(decided, resolution),
            "answers": answers, "schema_version": rules.schema_version, "decision_id": decided.id, "updated_at": now,
        },
    )  # fmt: skip
    set_states(tx, rules.project_id, {decided.record_id: "resolved"})


def _method(decided: Any, resolution: Any) -> str:
    """How the record was settled, as far as the decision and the answers still tell."""
    if decided.verdict == "accepted":
        return "consensus"
    return "adjudication" if any(not outcome["agreed"] for outcome in resolution.questions) else "expert"
