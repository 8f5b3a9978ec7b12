"""Every page of the product on the sample project: where it is, who looks at it, and what shows that it is ready."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import create_engine, select

from goldsmith.server.entrypoints.demo import ANNOTATORS, EXPERT, OWNER, PASSWORD
from goldsmith.server.features.accounts.tables import identities, people
from tests.e2e.asked import ASKED
from tests.e2e.stage import COOKIE, CSRF_HEADER
from tests.support.live import LiveServer

_LOAD = """
import sys; from pathlib import Path
from goldsmith.server.entrypoints.demo import load_sample; from goldsmith.server.foundation.settings import Settings
load_sample(Settings(data_dir=Path(sys.argv[1]), owner_key=""))
"""
PROVIDER = "https://login.example.com"
PROVIDERS = {
    "GOLDSMITH_PUBLIC_URL": "http://127.0.0.1",
    **{f"GOLDSMITH_OIDC__{name}__ISSUER": f"{PROVIDER}/{name.lower()}" for name in ("STAFF", "PARTNERS")},
    **{f"GOLDSMITH_OIDC__{name}__CLIENT_ID": "goldsmith" for name in ("STAFF", "PARTNERS")},
}
PEOPLE = {
    "owner": OWNER,
    "expert": EXPERT,
    "annotator": ANNOTATORS[3],
    "returning": ANNOTATORS[4],
    "labeller": ANNOTATORS[2],
}
BUILD_SECONDS = 60
Act = Callable[[Page], Any]


@dataclass(frozen=True, slots=True)
class Place:
    """One page as one person sees it; `act` opens what is closed at first (a tab, a dialog)."""

    name: str
    path: str
    who: str | None = "owner"
    ready: str = ""
    act: Act | None = None
    main: bool = False


class Sample:
    """The sample project on a live server, with everybody signed in."""

    def __init__(self, server: LiveServer) -> None:
        self.url = server.url
        self._callers = {who: self._signed_in(email) for who, email in PEOPLE.items()}
        owner = self._callers["owner"]
        (project,) = owner.get("/projects").json()["items"]
        self.project_id: int = project["id"]
        self.record_id: int = owner.get(f"/projects/{self.project_id}/records").json()["items"][0]["id"]
        self.invitation: str = owner.post("/invitations", json={"workspace_role": "member"}).json()["url_path"]
        owner.post("/keys", json={"name": "nightly export"}).raise_for_status()
        self._change_guideline(owner, self._callers["annotator"])
        self._talk(owner, self._callers["expert"], self._callers["annotator"])
        self.release_id = self._release(owner)
        self.letters, self.replies = (self._project(owner, new, fields) for new, fields in ASKED)

    def _project(self, owner: httpx.Client, new: dict[str, Any], fields: dict[str, Any]) -> int:
        """A project with one record, for somebody who has nothing else to do."""
        project = owner.post("/projects", json=new).raise_for_status().json()["id"]
        record = {"external_id": "r-1", "fields": fields}
        owner.post(f"/projects/{project}/records", json={"records": [record]}).raise_for_status()
        labeller = self._callers["labeller"].get("/session").raise_for_status().json()["person"]["id"]
        owner.put(f"/projects/{project}/members/{labeller}", json={"role": "annotator"}).raise_for_status()
        return project

    def _change_guideline(self, owner: httpx.Client, annotator: httpx.Client) -> None:
        """A second version, which the annotator has read and whoever returns has not."""
        path = f"/projects/{self.project_id}"
        body = owner.get(f"{path}/guidelines/1").raise_for_status().json()["body"]
        added = "\n\n### Praise with a question {#edge-praise-with-a-question}\n\n**Answer:** the question decides.\n"
        new = {"body": body.rstrip() + added, "note": "What to do with praise"}
        version = owner.post(f"{path}/guidelines", json=new).raise_for_status().json()["version"]
        read = {"guideline_version": version}
        annotator.post(f"{path}/what-changed/acknowledge", json=read).raise_for_status()

    def _talk(self, owner: httpx.Client, expert: httpx.Client, annotator: httpx.Client) -> None:
        """Threads on the first record, and on the one that the annotator has at hand."""
        path = f"/projects/{self.project_id}"

        def write(who: httpx.Client, to: str, body: str, **more: Any) -> int:
            return who.post(f"{path}/threads{to}", json={"body": body, **more}).raise_for_status().json()["id"]

        told = write(owner, "", "Do we count the second request too?", record_id=self.record_id)
        write(expert, f"/{told}/comments", "No, **the first** one. The guideline says so under *Topic*.")
        done = write(owner, "", "Typing error in the source, left as it is.", record_id=self.record_id)
        owner.post(f"{path}/threads/{done}/resolve").raise_for_status()
        (item,) = annotator.post(f"{path}/queue/next", json={"count": 1}).raise_for_status().json()["items"]
        field, said = next((name, text) for name, text in item["record"]["fields"].items() if isinstance(text, str))
        about = {"place": "span", "field": field, "start": 0, "end": len(said.split(".")[0])}
        asked = write(annotator, "", "Is this a complaint?", record_id=item["record"]["id"], about=about)
        write(expert, f"/{asked}/comments", "Yes: it names what went wrong, and what to do about it.")

    def _release(self, owner: httpx.Client) -> int:
        """The number of a finished release; an answer for each record with one."""
        path = f"/projects/{self.project_id}/releases"
        new = {"name": "First training set", "licence": "CC-BY-4.0", "filter": {}}
        made: dict[str, Any] = owner.post(path, json=new).raise_for_status().json()
        deadline = time.monotonic() + BUILD_SECONDS
        while made["state"] == "building":
            assert time.monotonic() < deadline, f"the release was not built within {BUILD_SECONDS} s"
            time.sleep(0.1)
            made = owner.get(f"{path}/{made['id']}").json()
        assert made["state"] == "ready", made
        return made["id"]

    def _signed_in(self, email: str) -> httpx.Client:
        caller = httpx.Client(base_url=f"{self.url}/api/v1", timeout=30)
        answer = caller.post("/session", json={"email": email, "password": PASSWORD}).raise_for_status()
        caller.headers[CSRF_HEADER] = answer.json()["csrf_token"]
        return caller

    def open(
        self, browser: Browser, place: Place, *, scheme: str, width: int, height: int
    ) -> tuple[BrowserContext, Page]:
        """The place in a browser of its own, ready to be looked at."""
        context = browser.new_context(
            base_url=self.url, color_scheme=scheme, viewport={"width": width, "height": height},  # type: ignore[arg-type]
            reduced_motion="reduce", locale="en-GB", timezone_id="UTC",
        )  # fmt: skip
        context.set_default_timeout(10_000)
        if place.who:
            session = self._callers[place.who].cookies[COOKIE]
            context.add_cookies([{"name": COOKIE, "value": session, "url": self.url}])
        page = context.new_page()
        page.goto(self.address(place.path))
        if place.act:
            place.act(page)
        if place.ready:
            expect(page.get_by_text(place.ready).first).to_be_visible()
        page.wait_for_load_state("networkidle")
        return context, page

    def address(self, path: str) -> str:
        """A place's path with this sample's numbers in it."""
        return path.format(
            p=f"/projects/{self.project_id}", record=self.record_id, release=self.release_id,
            invitation=self.invitation, letters=f"/projects/{self.letters}", replies=f"/projects/{self.replies}",
        )  # fmt: skip


@contextmanager
def sample_server(folder: Path) -> Iterator[Sample]:
    """Load the sample project into `folder` and serve it."""
    data = folder / "sample"
    subprocess.run([sys.executable, "-c", _LOAD, str(data)], check=True, timeout=60)
    _connect_provider(data)
    server = LiveServer(data, key="", env=PROVIDERS).start()
    try:
        yield Sample(server)
    finally:
        server.kill()


def _connect_provider(data: Path) -> None:
    """The owner has signed in with one of the identity providers before; the other is there to be connected."""
    at = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    engine = create_engine(f"sqlite:///{data / 'goldsmith.db'}")
    with engine.begin() as tx:
        owner = tx.execute(select(people.c.id).where(people.c.email == OWNER)).scalar_one()
        identity = {"person_id": owner, "issuer": f"{PROVIDER}/staff", "subject": "owner", "provider": "staff"}
        tx.execute(identities.insert().values(created_at=at, last_used_at=at, **identity))
    engine.dispose()


def _click(role: str, name: str) -> Act:
    return lambda page: page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]


def _press(*keys: str) -> Act:
    def act(page: Page) -> None:
        expect(page.get_by_role("article", name="Record")).to_be_visible()
        for key in keys:
            page.keyboard.press(key)

    return act


def _asked(*keys: str, typed: str = "") -> Act:
    """Answers by keys, kept nowhere, and brings the open question into sight where it lies below the record."""

    def act(page: Page) -> None:
        page.route("**/draft", lambda route: route.fulfill(status=204))
        _press(*keys)(page)
        page.keyboard.type(typed)
        page.get_by_role("button", name="Submit").or_(page.get_by_role("button", name="Next question")).wait_for()
        page.locator("#question-title").scroll_into_view_if_needed()

    return act


def _asked_about_answers(page: Page) -> None:
    """Narrowed by what is accepted, with the list of what answers hold open."""
    page.get_by_role("button", name="Answers: 1").click()
    page.get_by_role("combobox", name="Somebody answered").click()


def _saved_views(page: Page) -> None:
    expect(page.get_by_role("heading", name="Records")).to_be_visible()
    page.keyboard.press("v")


def _delete_shown(page: Page) -> None:
    _click("button", "Delete records")(page)
    _click("menuitem", "Delete what is shown…")(page)


def _relabel_shown(page: Page) -> None:
    _click("button", "Re-label")(page)
    page.get_by_role("dialog").get_by_label("From").select_option(index=0)
    page.get_by_role("dialog").get_by_label("To").select_option(index=1)


def _person_menu(page: Page) -> None:
    expect(page.get_by_text("Support messages").first).to_be_visible()
    if (drawer := page.get_by_role("button", name="Open navigation")).is_visible():
        drawer.click()
        expect(page.get_by_role("dialog").get_by_role("navigation", name="Main")).to_be_visible()
    page.locator("[aria-haspopup=menu]:visible").last.click()


def _invite(page: Page) -> None:
    _click("tab", "Invitations")(page)
    _click("button", "Invite somebody")(page)


def _edge_case(page: Page) -> None:
    _click("button", "Edit")(page)
    page.keyboard.press("Control+e")


def _decided_case(page: Page) -> None:
    _click("button", "All cases")(page)
    page.get_by_role("dialog").get_by_text("Decided", exact=True).click()
    page.get_by_role("dialog").get_by_text("by Expert").first.click()
    page.get_by_role("button", name="Make it an edge case").click()


def _merge_options(page: Page) -> None:
    _click("button", "Merge or split Billing")(page)
    _click("menuitem", "Merge with others Answers become the one option")(page)


def _choose_file(page: Page) -> None:
    lines = ["ticket,channel,content", *(f"t-{at},mail,Where is parcel number {at}?" for at in range(8)), "t-8,mail,"]
    file: Any = {"name": "tickets.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("Column ticket becomes").select_option("external_id")
    page.get_by_label("Column content becomes").select_option("field:message")


def _choose_export(page: Page) -> None:
    task = {"id": 1, "data": {"text": "Ada flew to Malta."}, "predictions": [], "annotations": [{
        "completed_by": {"id": 7, "email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace"},
        "result": [
            {"id": "a", "from_name": "tone", "to_name": "text", "type": "choices", "value": {"choices": ["calm"]}},
            {"id": "b", "from_name": "names", "to_name": "text", "type": "labels",
             "value": {"start": 0, "end": 3, "text": "Ada", "labels": ["PER"]}},
            {"type": "relation", "from_id": "b", "to_id": "b", "direction": "right"},
        ]}]}  # fmt: skip
    file: Any = {"name": "travel.json", "mimeType": "application/json", "buffer": json.dumps([task]).encode()}
    page.locator("input[type=file]").set_input_files(file)


PLACES = (
    Place("signin", "/signin", who=None, ready="Password", main=True),
    Place("invitation", "{invitation}", who=None, ready="Choose a password"),
    Place("home", "/", ready="Support messages", main=True),
    Place("home-person", "/", act=_person_menu, ready="Sign out", main=True),
    Place("home-annotator", "/", who="annotator", ready="Support messages"),
    Place("new-project", "/projects/new", ready="Preference between two replies", main=True),
    Place("bring", "/projects/bring", ready="Drop a file"),
    Place("bring-plan", "/projects/bring", act=_choose_export, ready="inactive until invited", main=True),
    Place("overview", "{p}", ready="Annotator 1", main=True),
    Place("overview-annotator", "{p}", who="annotator"),
    Place("annotate", "{p}/annotate", who="annotator", act=_press(), main=True),
    Place("annotate-guideline", "{p}/annotate", who="annotator", act=_press("g"), main=True),
    Place(
        "annotate-comments", "{p}/annotate", who="annotator", act=_press("c"), ready="it names what went", main=True
    ),
    Place("annotate-what-changed", "{p}/annotate", who="returning", ready="Praise with a question", main=True),
    Place("inbox", "/inbox", ready="replied", main=True),
    Place("inbox-annotator", "/inbox", who="annotator", ready="Reviewer replied"),
    Place("annotate-history", "{p}/annotate", who="annotator", act=_press("h")),
    Place("annotate-flag", "{p}/annotate", who="annotator", act=_press("f")),
    Place("annotate-keys", "{p}/annotate", who="annotator", act=_press("?"), ready="Keys"),
    Place("annotate-palette", "{p}/annotate", who="annotator", act=_press("Control+k"), ready="Go to"),
    Place(
        "annotate-passages", "{letters}/annotate", who="labeller", main=True,
        act=_asked("ArrowRight", "Shift+ArrowRight", "1", *["ArrowRight"] * 6, "Shift+ArrowRight", "4", "n"),
    ),
    Place(
        "annotate-options", "{letters}/annotate", who="labeller", act=_asked("j", typed="rec"), ready="Transfers",
        main=True,
    ),
    Place("annotate-preference", "{replies}/annotate", who="labeller", act=_asked("1", "k"), main=True),
    Place("annotate-order", "{replies}/annotate", who="labeller", act=_asked("j", "2", "1"), main=True),
    Place(
        "annotate-rewrite", "{replies}/annotate", who="labeller", main=True,
        act=_asked("j", "j", "e", "ControlOrMeta+a", typed="Rain is likely tomorrow, with a probability of 80 %."),
    ),
    Place("review", "{p}/review", who="expert", ready="3 opinions", main=True),
    Place("review-cases", "{p}/review", who="expert", act=_click("button", "All cases"), ready="decided"),
    Place(
        "review-many", "{p}/review", who="expert", act=_click("button", "Accept many answers"),
        ready="undisputed answer",
    ),
    Place("review-edge-case", "{p}/review", who="expert", act=_decided_case, ready="The right answer"),
    Place("queue", "{p}/queue", ready="Changes so far", main=True),
    Place("records", "{p}/records", ready="msg-0", main=True),
    Place("records-views", "{p}/records?q=refund", act=_saved_views, ready="Save what is shown as"),
    Place("records-answers", "{p}/records?answer=intent:billing", act=_asked_about_answers, ready="Somebody answered"),
    Place("record", "{p}/records/{record}", main=True),
    Place("records-relabel", "{p}/records", act=_relabel_shown, ready="Left alone"),
    Place("records-delete", "{p}/records?q=refund", act=_delete_shown, ready="will be hidden everywhere"),
    Place("import", "{p}/import", ready="Drop a file"),
    Place("import-file", "{p}/import", act=_choose_file, ready="Where is parcel number 3?", main=True),
    Place("quality", "{p}/quality", ready="By pair of people", main=True),
    Place("guideline", "{p}/guideline", main=True),
    Place("guideline-edit", "{p}/guideline", act=_click("button", "Edit"), ready="Preview"),
    Place("guideline-edge-case", "{p}/guideline", act=_edge_case, ready="Insert it"),
    Place("releases", "{p}/releases", ready="First training set", main=True),
    Place("release", "{p}/releases/{release}", ready="JSON Lines", main=True),
    Place(
        "release-parts", "{p}/releases/{release}", act=_click("button", "What goes with it"),
        ready="The story of each row",
    ),
    Place("release-new", "{p}/releases", act=_click("button", "New release"), ready="Make the release"),
    Place("jobs", "{p}/jobs", ready="Build of First training set", main=True),
    Place("settings-questions", "{p}/settings", ready="Tone", main=True),
    Place("settings-merge", "{p}/settings", act=_merge_options, ready="Called"),
    Place("settings-versions", "{p}/settings", act=_click("tab", "Versions"), ready="What it asks"),
    Place("settings-again", "{p}/settings", act=_click("tab", "Answers to give again"), ready="No answer has to"),
    Place("settings-rules", "{p}/settings", act=_click("tab", "Rules")),
    Place("settings-members", "{p}/settings", act=_click("tab", "Members"), ready="Expert"),
    Place("settings-retention", "{p}/settings", act=_click("tab", "Retention"), ready="The next sweep"),
    Place("settings-general", "{p}/settings", act=_click("tab", "General")),
    Place("admin-people", "/admin", ready="expert@example.com", main=True),
    Place("admin-sessions", "/admin", act=_click("button", "Sessions of Expert"), ready="End all"),
    Place("admin-erase", "/admin", act=_click("button", "Erase Expert"), ready="Erase for good"),
    Place("admin-invitations", "/admin", act=_click("tab", "Invitations"), ready="Open until"),
    Place("admin-invite", "/admin", act=_invite),
    Place("admin-keys", "/admin", act=_click("tab", "API keys"), ready="nightly export"),
    Place("admin-audit", "/admin", act=_click("tab", "Audit trail")),
    Place("account", "/account", ready="Connect Partners", main=True),
    Place("account-remove-provider", "/account", act=_click("button", "Remove Staff"), ready="It signs you in no more"),
    Place("nowhere", "/nowhere", ready="There is no page at this address"),
    Place("not-open", "{p}/settings", who="annotator", ready="This part is not open to you"),
)  # fmt: skip
