"""Routes of expert review, and of resolutions."""

from typing import Literal

from fastapi import APIRouter, Request

from goldsmith.server.features.accounts import Door, Permission, guard
from goldsmith.server.features.projects import Limits
from goldsmith.server.features.review import (
    accept_all,
    citations,
    decide,
    edge_case,
    feedback,
    rates,
    read,
    send_back,
    undo,
)
from goldsmith.server.features.review.relabelling.routes import router as relabelling_router
from goldsmith.server.features.review.schemas import (
    AcceptAll,
    Accepted,
    AcceptPreview,
    Case,
    CaseFilter,
    CaseSummary,
    Citations,
    CitingDecision,
    EdgeCaseDraft,
    EdgeCaseMade,
    EdgeCaseProposal,
    Feedback,
    NewAcceptance,
    NewDecision,
    NewReturn,
    Resolution,
    ReviewPlan,
)
from goldsmith.server.foundation.paging import Cursor, Limit, Page
from goldsmith.server.foundation.wire import AnyId
from goldsmith.server.pipelines import wake_worker

router = APIRouter(tags=["review"])
router.include_router(relabelling_router)


@router.get("/projects/{project_id}/cases")
async def list_cases(
    project_id: AnyId,
    state: Literal["open", "decided", "returned"] = "open",
    cursor: Cursor = None,
    limit: Limit = 100,
    door: Door = guard(Permission.REVIEW),
) -> Page[CaseSummary]:
    """Records that wait for an expert, were decided by one, or were sent back."""
    return await door.read(read.list_cases, state=state, cursor=cursor, limit=limit)


@router.post("/projects/{project_id}/cases/next")
async def next_case(project_id: AnyId, door: Door = guard(Permission.REVIEW)) -> Case | None:
    """Hold the next case; null when none waits for you."""
    return await door.write(decide.next_case)


@router.get("/projects/{project_id}/cases/{task_id}")
async def read_case(project_id: AnyId, task_id: AnyId, door: Door = guard(Permission.REVIEW)) -> Case:
    """One case: the record, every opinion side by side, the votes, the decision."""
    return await door.read(read.read_case, task_id)


@router.post("/projects/{project_id}/cases/{task_id}/decision")
async def decide_case(
    project_id: AnyId, task_id: AnyId, body: NewDecision, door: Door = guard(Permission.REVIEW)
) -> Case:
    """Decide, with a reason; the decision becomes the record's resolution."""
    return await door.write(decide.decide_case, task_id, body)


@router.post("/projects/{project_id}/cases/{task_id}/accept")
async def accept_case(
    project_id: AnyId, task_id: AnyId, body: NewAcceptance, door: Door = guard(Permission.REVIEW)
) -> Case:
    """Let the answer stand that people agree on."""
    return await door.write(decide.accept_case, task_id, body)


@router.post("/projects/{project_id}/cases/{task_id}/return")
async def return_case(
    project_id: AnyId, task_id: AnyId, body: NewReturn, door: Door = guard(Permission.REVIEW)
) -> Case:
    """Send the record back to its annotators, with a reason; it comes again when they have answered."""
    return await door.write(send_back.return_case, task_id, body)


@router.post("/projects/{project_id}/cases/{task_id}/undo")
async def undo_decision(project_id: AnyId, task_id: AnyId, door: Door = guard(Permission.REVIEW)) -> Case:
    """Take your last step on the case back: a decision, an acceptance, a return."""
    return await door.write(undo.undo_decision, task_id)


@router.post("/projects/{project_id}/cases/{task_id}/skip", status_code=204)
async def skip_case(project_id: AnyId, task_id: AnyId, door: Door = guard(Permission.REVIEW)) -> None:
    """Leave a case you hold to another expert."""
    await door.write(decide.skip_case, task_id)


@router.get("/projects/{project_id}/cases/{task_id}/edge-case")
async def propose_edge_case(
    project_id: AnyId, task_id: AnyId, door: Door = guard(Permission.REVIEW)
) -> EdgeCaseProposal:
    """What the decision would say as an edge case of the guideline."""
    return await door.read(edge_case.propose_edge_case, task_id)


@router.post("/projects/{project_id}/cases/{task_id}/edge-case", status_code=201)
async def make_edge_case(
    project_id: AnyId, task_id: AnyId, body: EdgeCaseDraft, door: Door = guard(Permission.REVIEW)
) -> EdgeCaseMade:
    """Write the decision into the guideline as an edge case, in a new version; an empty body takes the proposal."""
    return await door.write(edge_case.make_edge_case, task_id, body)


@router.get("/projects/{project_id}/guideline-citations")
async def list_citations(project_id: AnyId, door: Door = guard(Permission.BROWSE)) -> list[Citations]:
    """The passages of the guideline that decisions cite, or became."""
    return await door.read(citations.list_citations)


@router.get("/projects/{project_id}/guideline-citations/{anchor}")
async def list_citing_decisions(
    project_id: AnyId,
    anchor: str,
    cursor: Cursor = None,
    limit: Limit = 50,
    door: Door = guard(Permission.BROWSE),
) -> Page[CitingDecision]:
    """The decisions that cite one passage."""
    return await door.read(citations.list_citing, anchor, cursor, limit)


@router.get("/projects/{project_id}/resolutions")
async def list_resolutions(
    project_id: AnyId,
    state: Literal["new", "in_progress", "disputed", "resolved"] | None = None,
    record_id: AnyId | None = None,
    cursor: Cursor = None,
    limit: Limit = 100,
    door: Door = guard(Permission.BROWSE),
) -> Page[Resolution]:
    """The accepted answer of each record that has one, and how far the others are; `record_id` asks about one."""
    return await door.read(read.list_resolutions, cursor=cursor, limit=limit, state=state, record_id=record_id)


@router.post("/projects/{project_id}/acceptances/preview")
async def preview_acceptance(
    project_id: AnyId, body: CaseFilter, door: Door = guard(Permission.REVIEW)
) -> AcceptPreview:
    """What accepting every agreed case that fits would touch. Changes nothing."""
    return await door.read(accept_all.preview_acceptance, body)


@router.post("/projects/{project_id}/acceptances", status_code=201)
async def accept_cases(
    project_id: AnyId, body: AcceptAll, request: Request, door: Door = guard(Permission.REVIEW)
) -> Accepted:
    """Accept every agreed case that fits and that the preview knew of. More than 1,000 become a job, which `course`
    tells of."""
    return _woken(request, await accept_all.accept_all(door, body, limits=Limits.of(request.app.state.settings)))


@router.get("/projects/{project_id}/acceptances/{acceptance_id}")
async def read_acceptance(project_id: AnyId, acceptance_id: AnyId, door: Door = guard(Permission.REVIEW)) -> Accepted:
    """Cases that were accepted together, with how far that has come."""
    return await door.read(accept_all.read_acceptance, acceptance_id)


@router.post("/projects/{project_id}/acceptances/{acceptance_id}/undo")
async def undo_acceptance(
    project_id: AnyId, acceptance_id: AnyId, request: Request, door: Door = guard(Permission.REVIEW)
) -> Accepted:
    """Open the cases again that were accepted together, but for those that were decided otherwise since."""
    return _woken(request, await door.write(accept_all.undo_accept_all, acceptance_id))


@router.get("/projects/{project_id}/review-plan")
async def read_review_plan(project_id: AnyId, door: Door = guard(Permission.MANAGE)) -> ReviewPlan:
    """By which rates agreed answers are drawn for review. Hidden from those who are reviewed."""
    return await door.read(rates.read_plan)


@router.put("/projects/{project_id}/review-plan")
async def change_review_plan(project_id: AnyId, body: ReviewPlan, door: Door = guard(Permission.MANAGE)) -> ReviewPlan:
    """Draw by these rates from now on."""
    return await door.write(rates.change_plan, body)


@router.get("/projects/{project_id}/feedback")
async def read_feedback(
    project_id: AnyId, cursor: Cursor = None, limit: Limit = 50, door: Door = guard(Permission.ANNOTATE)
) -> Page[Feedback]:
    """What reviewers changed in your answers, sent back to you, or said to your flags; the latest first."""
    return await door.read(feedback.my_feedback, cursor, limit)


def _woken(request: Request, accepted: Accepted) -> Accepted:
    if accepted.course is not None and accepted.course.is_moving:
        wake_worker(request)
    return accepted
