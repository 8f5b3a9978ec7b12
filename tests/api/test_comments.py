"""Comments: threads on records, answers and passages; who reads what under blind judging; who is told; nothing lost."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from tests.conftest import MakePerson, MakeProject
from tests.support.caller import Caller

FIELDS = [{"name": "text", "type": "text"}, {"name": "chat", "type": "chat", "required": False}]
QUESTIONS = [{"name": "tone", "type": "label", "title": "Tone?", "options": [{"value": "good"}, {"value": "bad"}]}]
RECORDS = [
    {"external_id": "m-1", "fields": {"text": "Über 🎈 paid twice", "chat": [{"role": "user", "content": "Help me"}]}},
    {"external_id": "m-2", "fields": {"text": "Nothing to say"}},
]


class Desk(NamedTuple):
    """Two annotators who answered the first record, a third who was never asked about it, a reviewer, and a lead."""

    path: str
    record: int
    first: Caller
    second: Caller
    outsider: Caller
    reviewer: Caller
    lead: Caller

    def open(self, who: Caller, body: str, **about: Any) -> Any:
        about = {"about": about} if about else {}
        return who.ok("POST", f"{self.path}/threads", {"record_id": self.record, "body": body, **about})

    def reply(self, who: Caller, thread: Any, body: str) -> Any:
        return who.ok("POST", f"{self.path}/threads/{thread['id']}/comments", {"body": body})

    def said(self, who: Caller, **more: Any) -> list[str]:
        """What somebody reads on the record: `author: body`, newest thread first."""
        threads = who.pages(f"{self.path}/threads", record_id=self.record, **more)
        return [f"{one['by']['name']}: {one['body']}" for thread in threads for one in thread["comments"]]


@pytest.fixture
def make_desk(make_project: MakeProject, make_person: MakePerson, api: Caller) -> Callable[..., Desk]:
    def make(**policy: Any) -> Desk:
        project = make_project(fields=FIELDS, questions=QUESTIONS, policy={"overlap": 2, **policy})
        path = f"/projects/{project['id']}"
        api.ok("POST", f"{path}/records", {"records": RECORDS})
        first, second = make_person("annotator", name="Ada Ant"), make_person("annotator", name="Bo Bee")
        for one, answer in ((first, "good"), (second, "bad")):
            (item,) = one.ok("POST", f"{path}/queue/next", {"count": 1})["items"]
            one.ok("POST", f"{path}/tasks/{item['task_id']}/answer", {"answers": {"tone": answer}})
        record = item["record"]["id"]
        outsider, reviewer = make_person("annotator", name="Out Sider"), make_person("reviewer", name="Rita Ray")
        return Desk(path, record, first, second, outsider, reviewer, make_person("manager", name="Max Mill"))

    return make


def test_blind_annotators_read_their_own_threads_and_what_reviewers_wrote_to_them(make_desk) -> None:
    desk: Desk = make_desk()
    mine = desk.open(desk.first, "I said good, was that right?", place="answer", question="tone")
    desk.open(desk.second, "I said bad")
    desk.reply(desk.reviewer, mine, "It is bad, see @Annotator 2 and [tone](#tone)")
    desk.open(desk.lead, "Between us: gold says bad")
    desk.open(desk.reviewer, "Why good?", place="answer", question="tone", annotator="annotator 1")

    assert desk.said(desk.first) == [
        "Reviewer: Why good?",
        "Ada Ant: I said good, was that right?",
        "Reviewer: It is bad, see @somebody and [tone](#tone)",
    ]
    assert desk.said(desk.second) == [
        "Bo Bee: I said bad",
        "Reviewer: It is bad, see @Bo Bee and [tone](#tone)",
    ]
    places = {one["about"]["annotator"] for one in desk.second.pages(f"{desk.path}/threads", record_id=desk.record)}
    assert places == {None}
    assert desk.first.ok("GET", f"{desk.path}/threads/count?record_id={desk.record}") == {"open": 2, "total": 2}
    assert len(desk.said(desk.lead)) == len(desk.said(desk.reviewer)) == 5


def test_what_annotators_told_each_other_is_hidden_once_the_project_is_blind(make_desk, api: Caller) -> None:
    desk: Desk = make_desk(blind=False)
    thread = desk.open(desk.first, "Good, I think")
    desk.reply(desk.second, thread, "Bad, @Ada Ant")
    desk.reviewer.ok("POST", f"{desk.path}/threads/{thread['id']}/resolve")
    assert desk.said(desk.first) == ["Ada Ant: Good, I think", "Bo Bee: Bad, @Ada Ant"]
    policy = api.ok("GET", desk.path)["policy"]
    api.ok("PATCH", desk.path, {"policy": policy | {"blind": True}})
    assert desk.said(desk.first) == ["Ada Ant: Good, I think"]
    assert desk.first.ok("GET", f"{desk.path}/threads/{thread['id']}")["resolved"]["by"] == "Reviewer"


def test_who_reviews_blindly_knows_annotators_as_the_case_does_and_who_leads_by_name(make_desk) -> None:
    desk: Desk = make_desk(max_annotators=2)
    desk.open(desk.second, "I said bad", place="answer", question="tone")
    case = desk.reviewer.ok("GET", f"{desk.path}/cases")["items"][0]
    opinions = desk.reviewer.ok("GET", f"{desk.path}/cases/{case['task_id']}")["opinion_list"]
    (bad,) = [one["annotator"] for one in opinions if one["answers"] == {"tone": "bad"}]
    assert desk.said(desk.reviewer) == [f"{bad}: I said bad"]
    assert desk.said(desk.lead) == ["Bo Bee: I said bad"]
    handles = [one["handle"] for one in desk.reviewer.ok("GET", f"{desk.path}/threads/mentionable", params=_of(desk))]
    assert handles == ["Annotator 1", "Annotator 2", "Max Mill", "Owner"]
    desk.open(desk.reviewer, "For me")
    assert desk.said(desk.reviewer, as_annotator=True) == ["Rita Ray: For me"]


def test_where_judging_is_open_people_read_each_other_by_name(make_desk) -> None:
    desk: Desk = make_desk(blind=False)
    thread = desk.open(desk.first, "Hello @bo bee, and @Out Sider", place="answer", question="tone", annotator="Bo Bee")
    assert thread["about"]["annotator"] == "Bo Bee"
    assert desk.said(desk.second) == ["Ada Ant: Hello @Bo Bee, and @Out Sider"]
    assert [one["kind"] for one in desk.second.ok("GET", "/notices")["items"]] == ["mention"]
    assert desk.outsider.ok("GET", "/notices")["items"] == []


def test_only_who_may_see_the_record_sees_or_writes_comments(make_desk, make_person: MakePerson) -> None:
    desk: Desk = make_desk()
    thread = desk.open(desk.reviewer, "Look, @Out Sider")
    viewer = make_person("viewer")
    for way in ("", "/count", "/mentionable"):
        refused = desk.outsider.get(f"{desk.path}/threads{way}", params=_of(desk))
        assert refused.status_code == 404
    assert desk.outsider.get(f"{desk.path}/threads/{thread['id']}").status_code == 404
    assert desk.first.get(f"{desk.path}/threads/{thread['id']}").status_code == 404
    body = {"record_id": desk.record, "body": "Hello"}
    assert desk.outsider.post(f"{desk.path}/threads", json=body).status_code == 404
    assert desk.first.get(f"{desk.path}/threads").status_code == 422
    assert desk.said(viewer) == ["Rita Ray: Look, @Out Sider"]
    assert viewer.post(f"{desk.path}/threads", json=body).status_code == 403


def test_a_passage_keeps_its_quote_and_what_does_not_exist_is_refused_in_place(make_desk) -> None:
    desk: Desk = make_desk()
    thread = desk.open(desk.first, "A balloon?", place="span", field="text", start=5, end=6)
    assert thread["about"]["quote"] == "🎈"
    turn = desk.open(desk.first, "Who?", place="span", field="chat", turn=0, start=5, end=7)
    assert turn["about"]["quote"] == "me"
    for about, at in (
        ({"place": "span", "field": "text", "start": 5, "end": 400}, "/about/end"),
        ({"place": "span", "field": "chat", "turn": 4, "start": 0, "end": 1}, "/about/field"),
        ({"place": "span", "field": "text"}, "/about"),
        ({"place": "answer", "question": "mood"}, "/about/question"),
        ({"place": "answer", "question": "tone", "annotator": "Bo Bee"}, "/about/annotator"),
        ({"place": "record", "question": "tone"}, "/about"),
    ):
        refused = desk.first.post(
            f"{desk.path}/threads", json={"record_id": desk.record, "body": "x", "about": about}
        )  # fmt: skip
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"].startswith(at)
    for body in ("", "  ", "x" * 4_001, "\ue000\ue001"):
        assert desk.first.post(f"{desk.path}/threads", json={"record_id": desk.record, "body": body}).status_code == 422


def test_the_inbox_hears_of_mentions_replies_and_ends_each_once_and_as_the_reader_may_know(make_desk) -> None:
    desk: Desk = make_desk()
    thread = desk.open(desk.first, "Is it @Rita Ray who knows?")
    desk.reply(desk.reviewer, thread, "It is")
    desk.reviewer.ok("POST", f"{desk.path}/threads/{thread['id']}/resolve")
    told = [(one["kind"], one["by"], one["words"]) for one in desk.first.ok("GET", "/notices")["items"]]
    assert told == [("resolved", "Reviewer", "Is it @Rita Ray who knows?"), ("reply", "Reviewer", "It is")]
    (mention,) = desk.reviewer.ok("GET", "/notices")["items"]
    assert (mention["kind"], mention["by"], mention["about"]["record_id"]) == ("mention", "Annotator 1", desk.record)
    assert mention["about"]["task_id"] is not None

    desk.reviewer.ok("POST", f"{desk.path}/threads/{thread['id']}/reopen")
    assert [one["kind"] for one in desk.first.ok("GET", "/notices")["items"]] == ["reply"]
    desk.reviewer.ok("POST", f"{desk.path}/threads/{thread['id']}/resolve")
    desk.lead.ok("POST", f"{desk.path}/threads/{thread['id']}/reopen")
    assert [one["kind"] for one in desk.first.ok("GET", "/notices")["items"]] == ["reopened", "reply"]
    desk.reviewer.ok("POST", "/notices/mark", {})
    comment = thread["comments"][0]["id"]
    desk.first.ok("PUT", f"{desk.path}/comments/{comment}", {"body": "Is it @Rita Ray who decides?"})
    (mention,) = desk.reviewer.ok("GET", "/notices", params={"kind": "mention"})["items"]
    assert (mention["words"], mention["read_at"] is None) == ("Is it @Rita Ray who decides?", False)
    desk.first.ok("DELETE", f"{desk.path}/comments/{comment}")
    assert desk.reviewer.ok("GET", "/notices", params={"kind": "mention"})["items"] == []


def test_an_edit_keeps_the_earlier_text_and_a_deletion_can_be_taken_back(make_desk, api: Caller) -> None:
    desk: Desk = make_desk()
    thread = desk.open(desk.first, "First")
    comment = thread["comments"][0]["id"]
    path = f"{desk.path}/comments/{comment}"
    edited = desk.first.ok("PUT", path, {"body": "Second"})["comments"][0]
    assert (edited["body"], edited["revision"]) == ("Second", 2)
    assert [one["body"] for one in desk.reviewer.ok("GET", f"{path}/revisions")] == ["First", "Second"]
    assert desk.second.get(f"{path}/revisions").status_code == 404
    assert desk.reviewer.put(path, json={"body": "Mine"}).status_code == 403
    assert desk.reviewer.delete(path).status_code == 403

    desk.first.ok("DELETE", path)
    assert desk.said(desk.reviewer) == []
    (gone,) = desk.first.pages(f"{desk.path}/threads", record_id=desk.record)
    assert (gone["comments"][0]["deleted"], gone["comments"][0]["body"]) == (True, "")
    assert desk.first.ok("GET", f"{desk.path}/threads/count?record_id={desk.record}") == {"open": 0, "total": 0}
    desk.first.ok("POST", f"{path}/restore")
    desk.lead.ok("DELETE", path)
    assert desk.first.post(f"{path}/restore").status_code == 404
    desk.lead.ok("POST", f"{path}/restore")
    assert desk.said(desk.reviewer) == ["Annotator 1: Second"]
    actions = [one["action"] for one in api.ok("GET", "/audit")["items"]]
    assert actions[:4] == ["comment.restore", "comment.delete", "comment.restore", "comment.delete"]


def test_threads_are_resolved_by_their_annotator_or_a_reviewer_and_a_reply_opens_them_again(make_desk) -> None:
    desk: Desk = make_desk()
    thread = desk.open(desk.first, "Done?")
    other = desk.open(desk.reviewer, "@Annotator 1, a word")
    assert desk.first.post(f"{desk.path}/threads/{other['id']}/resolve").status_code == 403
    resolved = desk.first.ok("POST", f"{desk.path}/threads/{thread['id']}/resolve")
    assert resolved["resolved"]["by"] == "Ada Ant"
    assert desk.said(desk.lead, state="open") == ["Rita Ray: @Ada Ant, a word"]
    assert desk.lead.ok("GET", f"{desk.path}/threads/count", params=_of(desk)) == {"open": 1, "total": 2}
    assert desk.reply(desk.reviewer, thread, "Not yet")["resolved"] is None


def test_a_comment_sent_twice_stands_once_and_pages_hold_every_thread(make_desk) -> None:
    desk: Desk = make_desk()
    new = {"record_id": desk.record, "body": "Once", "idempotency_key": "key-00000001"}
    ids = {desk.first.ok("POST", f"{desk.path}/threads", new)["id"] for _ in range(2)}
    assert len(ids) == 1
    again = {"body": "Twice", "idempotency_key": "key-00000002"}
    replies = [desk.first.ok("POST", f"{desk.path}/threads/{min(ids)}/comments", again) for _ in range(2)]
    assert [len(one["comments"]) for one in replies] == [2, 2]
    for number in range(4):
        desk.open(desk.second, f"Thread {number}")
    assert len(desk.said(desk.lead, limit=2)) == 6
    assert len(desk.lead.pages(f"{desk.path}/threads", limit=2)) == 5


def _of(desk: Desk) -> dict[str, int]:
    return {"record_id": desk.record}


def test_records_with_open_comments_are_found_by_themselves_and_with_other_filters(make_desk) -> None:
    desk = make_desk()
    records = f"{desk.path}/records"

    def found(**more: Any) -> list[str]:
        return [one["external_id"] for one in desk.lead.pages(records, open_comments=True, **more)]

    assert found() == []
    threads = [desk.open(desk.first, "Is this praise?"), desk.open(desk.lead, "Typing error.")]
    assert found() == found(q="paid") == found(sort="-id") == ["m-1"]
    assert found(q="nothing") == found(state="resolved") == []
    assert desk.lead.ok("GET", records, params={"open_comments": True})["total"] is None
    view = desk.lead.ok("POST", f"{desk.path}/views", {"name": "Asked", "filter": {"open_comments": True}})
    assert view["filter"]["open_comments"] is True
    steered = {"selection": {"open_comments": True}, "change": {"priority": 1}}
    assert desk.lead.ok("POST", f"{desk.path}/queue/steerings/preview", steered)["records"] == 1
    doomed = {"filter": {"open_comments": True}}
    assert desk.lead.ok("POST", f"{desk.path}/deletions/preview", doomed)["sample"] == ["m-1"]
    desk.lead.ok("POST", f"{desk.path}/threads/{threads[0]['id']}/resolve")
    assert found() == ["m-1"]
    desk.lead.ok("DELETE", f"{desk.path}/comments/{threads[1]['comments'][0]['id']}")
    assert found() == []
    desk.reply(desk.lead, threads[0], "Once more: is it?")
    assert found() == ["m-1"]
