"""Hostile words in every place that takes words, looked at on the pages that show them: none runs or calls home."""

from itertools import cycle
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.security.hostile import FOREIGN, MARKDOWN, NAMES, STRIKE

FIELDS = [
    {"name": "plain", "type": "text", "title": f"Plain {STRIKE}"},
    {"name": "rich", "type": "text", "markdown": True},
    {"name": "talk", "type": "chat"},
    {"name": "papers", "type": "context"},
    {"name": "tools", "type": "tools"},
]
RULES = "\n\n".join(f"## {at} {text}\n\n{text}" for at, text in enumerate(MARKDOWN))


def test_nothing_that_people_or_models_write_runs_or_calls_elsewhere(stage, visit):
    project = stage.project(name=f"Project {STRIKE}", fields=FIELDS, questions=_questions(), guideline=RULES)
    stage.records(project, _record(), *(_small(at, text) for at, text in enumerate(MARKDOWN[:60])))
    reviewer = stage.person("reviewer", project, name=f"Reviewer {STRIKE}")
    base = f"/projects/{project['id']}"
    page = visit(reviewer, f"{base}/annotate")
    witness = Witness(page, stage.url)
    record = page.get_by_role("article", name="Record")
    for text in ("<script>window.struck=1</script>", "<x contenteditable"):
        expect(record.get_by_role("region", name="talk")).to_contain_text(text)
    for key in ("g", "c", "h"):
        page.keyboard.press(key)
        page.wait_for_load_state("networkidle")
        witness.look(f"beside the record: {key}")
    _speak(stage, reviewer, project)
    record_page = f"records/{_first(stage, project)}"
    for path in ("annotate", "review", "records", f"records?q={STRIKE}", record_page, "guideline", "quality", "",
                 f"nowhere/{STRIKE}"):  # fmt: skip
        page.goto(f"{base}/{path}")
        page.wait_for_load_state("networkidle")
        witness.look(path)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<a href=javascript:1>a witness that sees</a>')")
    with pytest.raises(AssertionError):
        witness.look("a page with something on it")


def test_names_of_files_and_of_everything_a_lead_names_are_shown_as_they_are(stage, visit):
    project = stage.project(name=f"Lead {STRIKE}", fields=FIELDS[:2], questions=_questions(), guideline=STRIKE)
    lead = stage.person("manager", project, name=f"Lead {STRIKE}", workspace_role="owner")
    stage.ok("POST", "/keys", {"name": STRIKE})
    base = f"/projects/{project['id']}"
    page = visit(lead, f"{base}/import")
    witness = Witness(page, stage.url)
    for name in (name for name in NAMES if "window.struck" in name):
        file: Any = {"name": name, "mimeType": "text/csv", "buffer": f"{STRIKE},rich\n{STRIKE},x\n".encode()}
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_text("window.struck").first).to_be_visible()
        witness.look(name)
        page.goto(f"{base}/import")
    for path in (f"{base}/settings", base, f"{base}/releases", "/admin", "/account", "/"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        witness.look(path)
        for tab in page.get_by_role("tab").all():
            tab.click()
            page.wait_for_load_state("networkidle")
            witness.look(f"{path}: {tab.inner_text()}")


class Witness:
    """Remembers every request that leaves, and every dialog; `look` says what is on the page that should not be."""

    def __init__(self, page: Page, home: str) -> None:
        self._page = page
        self._seen: list[str] = []
        page.on("request", lambda one: None if one.url.startswith((home, "data:")) else self._seen.append(one.url))
        page.on("dialog", self._close)
        page.on("popup", lambda one: self._seen.append(f"a window: {one.url}"))

    def _close(self, dialog: Dialog) -> None:
        self._seen.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def look(self, where: str) -> None:
        """Nothing foreign is here, and nothing was asked elsewhere so far."""
        assert self._page.evaluate(FOREIGN) + self._seen == [], where


def _record() -> dict[str, Any]:
    """All of the corpus: as turns of all roles, calls and their results, documents, tools, and in one text each."""
    roles = cycle(("system", "user", "assistant", "tool"))
    talk: list[dict[str, Any]] = [{"role": role, "content": text} for role, text in zip(roles, MARKDOWN, strict=False)]
    call = {"id": STRIKE, "function": {"name": STRIKE, "arguments": {STRIKE: "\n".join(MARKDOWN[:20])}}}
    talk.append(
        {"role": "assistant", "content": None, "tool_calls": [call, {"function": {"name": "f", "arguments": STRIKE}}]}
    )
    talk.append({"role": "tool", "tool_call_id": STRIKE, "content": '["<script>window.struck=1</script>"]'})
    images = [f"https://elsewhere.invalid/{STRIKE.replace(' ', '%20')}", "http://elsewhere.invalid/x"]
    parts = [{"type": "image_url", "image_url": {"url": url}} for url in images]
    talk.append({"role": "user", "name": STRIKE, "content": [*parts, {"type": "text", "text": "look"}]})
    papers = [{"title": text, "text": text, "url": "javascript:window.struck=1"} for text in MARKDOWN]
    tools = [{"name": STRIKE, "description": "\n".join(MARKDOWN[:20]), "parameters": {STRIKE: STRIKE}}]
    fields = {
        "plain": "\n".join(MARKDOWN),
        "rich": "\n\n".join(MARKDOWN),
        "talk": talk,
        "papers": papers,
        "tools": tools,
    }
    return {"external_id": STRIKE, "fields": fields, "metadata": {STRIKE: STRIKE}}


def _small(at: int, text: str) -> dict[str, Any]:
    talk = [{"role": "user", "content": text}]
    fields = {"plain": text, "rich": text, "talk": talk, "papers": text, "tools": [{"name": "f"}]}
    return {"external_id": f"{at} {text}"[:200], "fields": fields, "metadata": {"note": text}}


def _questions() -> list[dict[str, Any]]:
    texts = {" ".join(text.split())[:100].strip(): text for text in MARKDOWN if len(text) <= 200}
    options = [{"value": label, "title": text, "help": text} for label, text in list(texts.items())[:40]]
    return [
        {"name": "label", "type": "label", "title": STRIKE, "help": "\n\n".join(MARKDOWN[:30]), "options": options},
        {"name": "words", "type": "text", "title": "Words", "required": False},
    ]


def _speak(stage: Any, reviewer: Any, project: dict[str, Any]) -> None:
    """An answer, a flag and a thread whose words are hostile."""
    base = f"/projects/{project['id']}"
    record = _first(stage, project)
    reviewer.ok("POST", f"{base}/threads", {"record_id": record, "body": "\n\n".join(MARKDOWN[:40])})
    first, second = reviewer.ok("POST", f"{base}/queue/next", {"count": 2})["items"]
    label = project["schema"]["questions"][0]["options"][0]["value"]
    answers = {"answers": {"label": label, "words": STRIKE}, "active_ms": 1}
    reviewer.ok("POST", f"{base}/tasks/{first['task_id']}/answer", answers)
    reviewer.ok("POST", f"{base}/tasks/{second['task_id']}/flag", {"reason": STRIKE})


def _first(stage: Any, project: dict[str, Any]) -> int:
    (record,) = stage.ok("GET", f"/projects/{project['id']}/records", params={"limit": 1})["items"]
    return record["id"]
