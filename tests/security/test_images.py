"""Images of records: blocked, or fetched by the server for those who may see the record, and never anything else."""

from collections.abc import Iterator
from typing import Any

import pytest

from goldsmith.server.features.records import forget_images
from goldsmith.server.foundation.settings import Settings
from tests.security.far_server import FarServer, png
from tests.support.records import Worker

FIELDS = [{"name": "text", "type": "text", "markdown": True}, {"name": "talk", "type": "chat", "required": False}]
QUESTIONS = [{"name": "label", "type": "label", "title": "Which?", "options": [{"value": "a"}, {"value": "b"}]}]


@pytest.fixture(scope="module")
def far() -> Iterator[FarServer]:
    with FarServer().running() as server:
        yield server


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The operator has opened the machine on which the other server stands in for the internet."""
    return settings.model_copy(update={"image_networks": "127.0.0.1/32"})


@pytest.fixture
def project(api, make_project, far) -> dict[str, Any]:
    made = make_project(fields=FIELDS, questions=QUESTIONS)
    turn = {"type": "image_url", "image_url": {"url": far.url("/lies.svg")}}
    texts = " ".join(f"![]({far.url(path)})" for path in ("/picture.png", "/page.png", "/drawing.png", "/huge.png"))
    fields = {"text": texts, "talk": [{"role": "user", "content": [turn]}]}
    api.ok("POST", f"/projects/{made['id']}/records", {"records": [{"external_id": "r", "fields": fields}]})
    return made


@pytest.fixture
def allow(api, project, far):
    """`allow(*hosts)`: let the project show images of these hosts; of the other server's unless told otherwise."""

    def change(*hosts: str, images: str = "proxied") -> None:
        policy = project["policy"] | {"images": images, "image_hosts": hosts or [f"127.0.0.1:{far.port}"]}
        api.ok("PATCH", f"/projects/{project['id']}", {"policy": policy})

    return change


@pytest.fixture
def show(api, project):
    """`show(url, caller=...)`: the answer of the route by which a record is browsed."""
    (record,) = api.pages(f"/projects/{project['id']}/records")

    def get(url: str, caller: Any = api) -> Any:
        return caller.get(f"/projects/{project['id']}/records/{record['id']}/image", params={"url": url})

    return get


def test_images_are_blocked_until_somebody_allows_their_host(show, allow, far):
    before = len(far.asked)
    assert show(far.url("/picture.png")).status_code == 403
    allow("images.example.com")
    refused = show(far.url("/picture.png"))
    assert (refused.status_code, "not among the hosts" in refused.json()["detail"]) == (403, True)
    allow(images="blocked")
    assert show(far.url("/picture.png")).status_code == 403
    assert len(far.asked) == before


def test_an_image_comes_as_what_it_is_once_a_week(app, clock, show, allow, far):
    allow()
    before = len(far.asked)
    for path in ("/picture.png", "/picture.png", "/lies.svg"):
        answer = show(far.url(path))
        assert (answer.status_code, answer.content) == (200, png())
        assert answer.headers["content-type"] == "image/png"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'; sandbox" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"].startswith("private")
    assert [path for path, _ in far.asked[before:]] == ["/picture.png", "/lies.svg"]
    assert forget_images(app.state.blobs, clock()) == 0
    clock.advance(days=7)
    assert forget_images(app.state.blobs, clock()) == 2


@pytest.mark.parametrize(
    ("path", "said"), [("/page.png", "no PNG"), ("/drawing.png", "no PNG"), ("/huge.png", "100000")]
)
def test_what_is_no_image_or_too_large_a_one_is_told_and_not_kept(app, show, allow, far, path, said):
    allow()
    answer = show(far.url(path))
    assert (answer.status_code, answer.headers["content-type"]) == (502, "application/problem+json")
    assert said in answer.json()["detail"]
    assert app.state.blobs.keys("images") == []


def test_only_images_that_the_record_names_are_fetched(show, allow, far):
    allow()
    before = len(far.asked)
    assert show(far.url("/other.png")).status_code == 404
    assert len(far.asked) == before


def test_only_who_may_see_the_record_may_see_its_images(api, show, allow, far, project, make_person):
    allow()
    url = far.url("/picture.png")
    annotator, stranger = make_person("annotator", project), make_person(None, workspace_role="manager")
    assert show(url, annotator).status_code == 403
    assert show(url, stranger).status_code == 404
    (item,) = Worker(annotator, project).next()
    path = f"/projects/{project['id']}/tasks/{item['task_id']}/image"
    assert annotator.get(path, params={"url": url}).content == png()
    assert make_person("annotator", project).get(path, params={"url": url}).status_code == 404


def test_the_list_of_hosts_takes_hosts_only(api, project):
    for host in ("*", "*.com", "", "http://images.example.com", "a b", "a..b", "-a", "10.0.0.0/8", 7):
        policy = project["policy"] | {"images": "proxied", "image_hosts": [host]}
        answer = api.request("PATCH", f"/projects/{project['id']}", json={"policy": policy})
        assert (answer.status_code, "image_hosts" in answer.json()["detail"]) == (422, True), host


def test_hosts_are_kept_in_the_form_in_which_they_are_compared(api, project):
    policy = project["policy"] | {"image_hosts": ["Images.EXAMPLE.com", "*.bücher.example", "intranet:8080"]}
    kept = api.ok("PATCH", f"/projects/{project['id']}", {"policy": policy})["policy"]["image_hosts"]
    assert kept == ["images.example.com", "*.xn--bcher-kva.example", "intranet:8080"]
