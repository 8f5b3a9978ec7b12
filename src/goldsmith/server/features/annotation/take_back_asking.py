"""Take back that answers were asked for again, where their people have not begun: each stands as before.

An answer whose person has the task in hand by now, or has answered, is left: their work is the newer. So is one whose
place somebody else has taken.
"""

from datetime import datetime

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who, audit
from goldsmith.server.features.annotation import stale_store, store
from goldsmith.server.features.annotation.events import ManyAnswersChanged
from goldsmith.server.features.annotation.schemas import AnswerOf, AskingTakenBack, TakeAskingBack
from goldsmith.server.features.assignment import Stage, find_assignment, stand_as_answered
from goldsmith.server.features.projects import Judging, bump, carrier_to, judging
from goldsmith.server.foundation.events import events


def take_back_asking(tx: Connection, who: Who, wanted: TakeAskingBack) -> AskingTakenBack:
    """Let these answers stand again, on the worklist where they were."""
    rules = judging(tx, who.project)
    back = [record_id for one in wanted.answers if (record_id := _take_back(tx, rules, one, who.now)) is not None]
    if back:
        events.publish(tx, ManyAnswersChanged(rules, sorted(set(back)), who.now))
        audit(tx, who, action="answers.take_back_asking", subject=f"project:{who.project}", answers=len(back))
    return AskingTakenBack(taken_back=len(back), kept=len(wanted.answers) - len(back))


def _take_back(tx: Connection, rules: Judging, one: AnswerOf, now: datetime) -> int | None:
    """The answer's record; None where it is left."""
    held = find_assignment(tx, one.task_id, one.person_id)
    given = store.latest_of(tx, [one.task_id], one.person_id).get(one.task_id)
    if held is None or held.project_id != rules.project_id or held.stage is not Stage.ANNOTATE:
        return None
    if given is None or given.kind != "answer" or not given.counted:
        return None
    if not stand_as_answered(tx, held, finished_at=given.submitted_at):
        return None
    bump(tx, rules.project_id, {"annotations": 1}, shard=one.person_id)
    stale = carrier_to(tx, rules.project_id, rules.schema_version).carry(given.answers, given.schema_version).stale
    if stale:
        stale_store.put_mark(
            tx, task_id=one.task_id, person_id=one.person_id, project_id=rules.project_id, record_id=held.record_id,
            questions=list(stale),
        )  # fmt: skip
    return held.record_id
