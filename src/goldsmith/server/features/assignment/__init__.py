"""Assignment: the queue. Who gets which record next, under which lease, and how many are asked."""

from goldsmith.server.features.assignment.claim import claim, claim_one
from goldsmith.server.features.assignment.deleted import on_records_deleted, on_records_erased, on_records_restored
from goldsmith.server.features.assignment.domain import Assignment, Stage, State
from goldsmith.server.features.assignment.hold import (
    ask_again,
    finish,
    held_by,
    let_go,
    offer_again,
    pass_on,
    release,
    renew,
    send_back,
    stand_as_answered,
    take_back_from,
    take_up_again,
)
from goldsmith.server.features.assignment.plan import (
    ask_an_expert,
    ask_nobody_else,
    ask_one_more,
    follow_policy,
    queue_new_records,
    reserve_task,
)
from goldsmith.server.features.assignment.routes import router
from goldsmith.server.features.assignment.skills import forget_skills
from goldsmith.server.features.assignment.steered import STEERING
from goldsmith.server.features.assignment.store import (
    find_assignment,
    find_task,
    find_tasks,
    finished_of,
    flags_on,
    forget_reservations,
    has_been_given,
    is_untaken,
    passed_over,
    people_given,
    set_target,
    set_targets_to_taken,
    untaken,
    was_given,
)
from goldsmith.server.features.assignment.store.deleted import every_task_of, tasks_in
from goldsmith.server.features.assignment.take_over import Done, take_over, task_ids_of

__all__ = [
    "STEERING",
    "Assignment",
    "Done",
    "Stage",
    "State",
    "ask_again",
    "ask_an_expert",
    "ask_nobody_else",
    "ask_one_more",
    "claim",
    "claim_one",
    "every_task_of",
    "find_assignment",
    "find_task",
    "find_tasks",
    "finish",
    "finished_of",
    "flags_on",
    "follow_policy",
    "forget_reservations",
    "forget_skills",
    "has_been_given",
    "held_by",
    "is_untaken",
    "let_go",
    "offer_again",
    "on_records_deleted",
    "on_records_erased",
    "on_records_restored",
    "pass_on",
    "passed_over",
    "people_given",
    "queue_new_records",
    "release",
    "renew",
    "reserve_task",
    "router",
    "send_back",
    "set_target",
    "set_targets_to_taken",
    "stand_as_answered",
    "take_back_from",
    "take_over",
    "take_up_again",
    "task_ids_of",
    "tasks_in",
    "untaken",
    "was_given",
]
