"""The inbox: told once, never of one's own deeds nor of a project closed to the reader; marked, and marked back."""

from dataclasses import replace

import pytest

from goldsmith.server.features.accounts import About, News, NoticeKind, Role, Who, notify, take_back_notices
from goldsmith.server.foundation.database import Database
from tests.conftest import MakePerson, MakeProject
from tests.support.caller import Caller


@pytest.fixture
def tell(database: Database, owner: Who, make_project: MakeProject):
    """`tell(person, key)`: the workspace's owner tells them something in the latest project."""
    project = make_project()
    who = replace(owner, project_id=project["id"], role=Role.OWNER)

    def tell(person: Caller, key: str, *, kind: NoticeKind = NoticeKind.MENTION, actor_as: str | None = None) -> None:
        news = News(kind, key, f"  Look\nat {key} " + "x" * 400, About(record_id=7), actor_as)
        database.write_now(notify, who, news, to={person.person_id, owner.person_id})

    return tell


def test_a_notice_is_told_once_and_never_to_the_one_who_acted(tell, api: Caller, make_person: MakePerson) -> None:
    reader = make_person("annotator")
    tell(reader, "comment:1")
    tell(reader, "comment:1")
    tell(reader, "comment:2", actor_as="Reviewer")
    newest, oldest = reader.ok("GET", "/notices")["items"]
    assert (newest["by"], oldest["by"]) == ("Reviewer", api.name)
    assert oldest["words"].startswith("Look at comment:1 xxx")
    assert len(oldest["words"]) == 280
    assert oldest["about"] == {"record_id": 7, "task_id": None, "thread_id": None}
    assert api.ok("GET", "/notices")["items"] == []


def test_notices_are_filtered_paged_marked_and_marked_back(tell, make_person: MakePerson) -> None:
    reader, other = make_person("annotator"), make_person("annotator")
    for number in range(4):
        tell(reader, f"comment:{number}", kind=NoticeKind.REPLY if number % 2 else NoticeKind.MENTION)
    assert reader.ok("GET", "/notices/unread") == {"count": 4}
    assert len(reader.pages("/notices", limit=3)) == 4
    replies = [one["id"] for one in reader.pages("/notices", kind="reply")]
    assert other.ok("POST", "/notices/mark", {"ids": replies}) == {"ids": []}
    assert sorted(reader.ok("POST", "/notices/mark", {"ids": replies})["ids"]) == sorted(replies)
    assert {one["kind"] for one in reader.pages("/notices", unread=True)} == {"mention"}
    rest = reader.ok("POST", "/notices/mark", {})["ids"]
    assert len(rest) == 2
    assert reader.ok("GET", "/notices/unread") == {"count": 0}
    reader.ok("POST", "/notices/mark", {"ids": rest, "read": False})
    assert reader.ok("GET", "/notices/unread") == {"count": 2}
    assert reader.post("/notices/mark", json={"ids": []}).status_code == 422


def test_who_leaves_a_project_hears_no_more_of_it(
    tell, api: Caller, make_project: MakeProject, make_person: MakePerson
) -> None:
    reader = make_person("annotator")
    tell(reader, "comment:1")
    member = f"/projects/{make_project.latest()}/members/{reader.person_id}"  # type: ignore[attr-defined]
    api.ok("DELETE", member)
    assert reader.ok("GET", "/notices")["items"] == []
    assert reader.ok("GET", "/notices/unread") == {"count": 0}
    assert reader.ok("POST", "/notices/mark", {}) == {"ids": []}
    api.ok("PUT", member, {"role": "annotator"})
    assert reader.ok("GET", "/notices/unread") == {"count": 1}


def test_news_can_be_taken_back(tell, database: Database, make_person: MakePerson) -> None:
    reader = make_person("annotator")
    tell(reader, "comment:1")
    tell(reader, "comment:2")
    database.write_now(take_back_notices, ["comment:1"])
    assert [one["words"][:17] for one in reader.ok("GET", "/notices")["items"]] == ["Look at comment:2"]
