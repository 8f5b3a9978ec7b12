"""A schema that changes in the middle of a project: answers follow it, and those that cannot are asked for again."""

import pytest

from goldsmith.server.entrypoints.wiring import JOB_KINDS
from goldsmith.server.pipelines import drain
from tests.support.records import Worker
from tests.support.releases import Releases, bench_of, judge

FIELDS = [{"name": "text", "type": "text"}]


def question(*labels, name="topic", **more):
    return {"name": name, "type": "label", "title": "?", "options": [{"value": one} for one in labels]} | more


def topic(label):
    return {"topic": label}


RENAME = {"op": "rename_label", "question": "topic", "label": "refund", "to": "money_back"}
MERGE = {"op": "merge_labels", "question": "topic", "labels": ["refund", "charge"], "into": "money"}
SPLIT = {"op": "split_label", "question": "topic", "label": "refund", "into": ["full", "partial"]}


@pytest.fixture
def project(make_project):
    policy = {"overlap": 2, "max_annotators": 2}
    return make_project(fields=FIELDS, questions=[question("refund", "charge", "other")], policy=policy)


@pytest.fixture
def people(make_person, project):
    return [Worker(make_person("annotator"), project) for _ in range(2)]


@pytest.fixture
def path(project):
    return f"/projects/{project['id']}"


@pytest.fixture
def judged(api, project, people):
    """r0: refund by both. r1: refund and charge. r2: other by both."""
    records = [{"external_id": f"r{at}", "fields": {"text": f"Text {at}"}} for at in range(3)]
    first = [topic("refund"), topic("refund"), topic("other")]
    second = [topic("refund"), topic("charge"), topic("other")]
    judge(api, project, records, (people[0], first), (people[1], second))


@pytest.fixture
def follow(app):
    """Lets the jobs run that a change of the schema has asked for."""
    return lambda: drain(bench_of(app), JOB_KINDS)


@pytest.fixture
def change(api, path):
    def to(*questions, changes=(), url="schemas"):
        draft = {"fields": FIELDS, "questions": list(questions), "changes": list(changes)}
        return api.ok("POST", f"{path}/{url}", draft)

    return to


def resolutions(api, path):
    return {one["external_id"]: one for one in api.pages(f"{path}/resolutions")}


def test_a_renamed_label_is_renamed_wherever_answers_are_read(api, path, judged, change, app, project, follow):
    made = change(question("money_back", "charge", "other"), changes=[RENAME])
    assert (made["version"], made["parent"], made["changes"]) == (2, 1, [RENAME])
    assert api.ok("GET", f"{path}/jobs")["items"] == []
    found = resolutions(api, path)
    assert found["r0"]["answers"] == topic("money_back")
    assert found["r0"]["outcomes"][0]["tally"] == {"money_back": 2}
    assert found["r1"]["state"] == "disputed"
    case = api.ok("GET", f"{path}/cases")["items"][0]
    opinions = api.ok("GET", f"{path}/cases/{case['task_id']}")["opinion_list"]
    assert [(one["answers"], one["schema_version"]) for one in opinions] == [
        (topic("money_back"), 1), (topic("charge"), 1),
    ]  # fmt: skip
    (told,) = api.ok("GET", f"{path}/agreement")["questions"]
    assert [row["label"] for row in told["by_label"]] == ["charge", "money_back", "other"]


def test_a_release_holds_earlier_answers_under_their_new_names(api, path, judged, change, app, project):
    change(question("money_back", "charge", "other"), changes=[RENAME])
    releases = Releases(app, api, project)
    release = releases.build()
    assert [row["topic"] for row in releases.rows(release, format="jsonl")] == ["money_back", "other"]
    stories = releases.rows(release, format="jsonl", part="provenance")
    assert stories[0]["annotations"][0]["answers"] == topic("refund")
    manifest = api.ok("GET", f"{releases.path}/{release['id']}")["manifest"]
    assert manifest["agreement"]["topic"]["percent"]["value"] == 1.0


def test_a_person_who_looks_at_an_earlier_answer_finds_it_in_the_present_words(path, judged, change, people):
    change(question("money_back", "charge", "other"), changes=[RENAME])
    entry = people[0].caller.ok("GET", f"{path}/queue/history")["items"][-1]
    item = people[0].caller.ok("GET", people[0].task(entry))
    assert (item["answers"], item["schema_version"]) == (topic("money_back"), 2)


def test_a_draft_keeps_only_what_is_still_asked(api, path, project, change, people):
    judge(api, project, [{"fields": {"text": "One"}}])
    (item,) = people[0].next()
    people[0].caller.ok("PUT", people[0].task(item, "draft"), {"answers": topic("refund")})
    change(question("charge", "other"))
    assert people[0].next()[0]["draft"]["answers"] == {}


def test_a_stale_answer_of_one_more_than_were_asked_at_first_leaves_the_record_resolved(
    api, make_project, make_person, follow
):
    policy = {"overlap": 2, "max_annotators": 3}
    project = make_project(fields=FIELDS, questions=[question("refund", "charge", "other")], policy=policy)
    people = [Worker(make_person("annotator", project), project) for _ in range(3)]
    given = [topic("refund"), topic("other"), topic("refund")]
    judge(
        api,
        project,
        [{"external_id": "r0", "fields": {"text": "One"}}],
        *((p, [a]) for p, a in zip(people, given, strict=True)),
    )
    path = f"/projects/{project['id']}"
    assert resolutions(api, path)["r0"]["state"] == "resolved"
    api.ok("POST", f"{path}/schemas", {"fields": FIELDS, "questions": [question("refund", "charge")]})
    follow()
    found = resolutions(api, path)["r0"]
    assert (found["state"], found["answers"]) == ("resolved", topic("refund"))


def test_what_was_answered_while_the_schema_changed_is_understood_as_it_was_meant(api, path, project, change, people):
    judge(api, project, [{"external_id": f"r{at}", "fields": {"text": f"Text {at}"}} for at in range(3)])
    renamed, split, late = people[0].next(3)

    def give(item, label, version):
        body = {"answers": topic(label), "schema_version": version}
        return people[0].caller.post(people[0].task(item, "answer"), json=body)

    change(question("money_back", "charge", "other"), changes=[RENAME])
    assert give(renamed, "refund", None).status_code == 422
    assert give(renamed, "refund", renamed["schema_version"]).status_code == 200
    other = people[1].next(1)[0]
    assert people[1].answer(other, topic="money_back")["counted"]
    assert resolutions(api, path)["r0"]["answers"] == topic("money_back")
    assert api.ok("GET", f"{path}/stale-answers")["items"] == []
    change(question("full", "partial", "charge", "other"), changes=[SPLIT | {"label": "money_back"}])
    assert give(split, "refund", 1).status_code == 200
    (stale,) = api.ok("GET", f"{path}/stale-answers")["items"]
    assert (stale["external_id"], stale["questions"]) == ("r1", ["topic"])
    assert give(split, "partial", 3).status_code == 200
    assert api.ok("GET", f"{path}/stale-answers")["items"] == []
    refused = give(late, "other", 4)
    assert (refused.status_code, "newest schema is version 3" in refused.json()["detail"]) == (422, True)


def test_labels_that_become_one_settle_a_dispute(api, path, judged, change, follow):
    preview = change(question("money", "other"), changes=[MERGE], url="schemas/preview")
    assert preview == {
        "answers": 6, "touched": 4, "carried": 4, "stale": 0, "stale_already": 0,
        "questions": [{"question": "topic", "kept": 6, "stale": 0}], "changes": [{"change": MERGE, "answers": 4}],
    }  # fmt: skip
    change(question("money", "other"), changes=[MERGE])
    follow()
    found = resolutions(api, path)
    assert (found["r1"]["state"], found["r1"]["answers"]) == ("resolved", topic("money"))
    assert api.ok("GET", f"{path}/cases")["items"] == []
    assert api.ok("GET", path)["counts"]["disputed"] == 0


def test_a_split_label_is_asked_for_again_of_the_people_who_chose_it(api, path, judged, change, follow, people):
    assert change(question("full", "partial", "charge", "other"), changes=[SPLIT], url="schemas/preview")["stale"] == 3
    change(question("full", "partial", "charge", "other"), changes=[SPLIT])
    follow()
    worklist = api.pages(f"{path}/stale-answers")
    assert [(one["external_id"], one["annotator"]["id"]) for one in worklist] == [
        ("r0", people[0].person_id), ("r0", people[1].person_id), ("r1", people[0].person_id),
    ]  # fmt: skip
    assert {tuple(one["questions"]) for one in worklist} == {("topic",)}
    assert worklist[0]["answers"] == topic("refund")
    assert resolutions(api, path)["r0"]["state"] != "resolved"
    assert api.ok("POST", f"{path}/stale-answers/ask-again", {})["asked"] == 3
    for person in people:
        item = person.next()[0]
        assert (item["record"]["external_id"], item["answers"], item["revision"]) == ("r0", {}, 1)
        person.answer(item, topic="full")
    found = resolutions(api, path)["r0"]
    assert (found["state"], found["answers"]) == ("resolved", topic("full"))
    counts = api.ok("GET", path)["counts"]
    assert (counts["annotations"], counts["records"]) == (5, 3)
    assert api.pages(f"{path}/stale-answers") == []


def test_asking_again_can_be_taken_back_where_nobody_has_begun(api, path, judged, change, follow, people):
    change(question("full", "partial", "charge", "other"), changes=[SPLIT])
    follow()
    before = [api.pages(f"{path}/stale-answers"), api.ok("GET", path)["counts"], resolutions(api, path)]
    asked = api.ok("POST", f"{path}/stale-answers/ask-again", {})
    assert (len(asked["answers"]), api.ok("GET", path)["counts"]["annotations"]) == (3, 3)
    wanted = {"answers": asked["answers"]}
    assert api.ok("POST", f"{path}/stale-answers/take-back", wanted) == {"taken_back": 3, "kept": 0}
    after = [api.pages(f"{path}/stale-answers"), api.ok("GET", path)["counts"], resolutions(api, path)]
    assert without_times(after) == without_times(before)
    assert people[0].next() == people[1].next() == []
    assert api.ok("POST", f"{path}/stale-answers/take-back", wanted) == {"taken_back": 0, "kept": 3}
    api.ok("POST", f"{path}/stale-answers/ask-again", {})
    held = people[0].next()[0]
    assert api.ok("POST", f"{path}/stale-answers/take-back", wanted) == {"taken_back": 2, "kept": 1}
    people[0].answer(held, topic="full")
    assert [(one["external_id"], one["annotator"]["id"]) for one in api.pages(f"{path}/stale-answers")] == [
        ("r0", people[1].person_id), ("r1", people[0].person_id),
    ]  # fmt: skip


def without_times(told):
    if isinstance(told, dict):
        return {key: without_times(value) for key, value in told.items() if not key.endswith("_at")}
    return [without_times(one) for one in told] if isinstance(told, list) else told


def test_a_preview_counts_what_each_change_touches_and_the_way_back(api, path, judged, change, follow, people):
    left_out = change(question("full", "partial", "other"), changes=[SPLIT], url="schemas/preview")
    assert [(one["change"]["op"], one["answers"]) for one in left_out["changes"]] == [
        ("split_label", 3), ("remove_label", 1),
    ]  # fmt: skip
    assert (left_out["carried"], left_out["stale"], left_out["stale_already"]) == (0, 4, 0)
    change(question("full", "partial", "charge", "other"), changes=[SPLIT])
    follow()
    assert change(question("full", "partial", "charge", "other"), url="schemas/preview")["stale_already"] == 3
    back = api.ok("POST", f"{path}/schemas/1/restore/preview")
    assert (back["touched"], back["carried"], back["stale"], back["stale_already"]) == (3, 3, 0, 3)
    assert api.ok("GET", path)["schema"]["version"] == 2
    assert api.post(f"{path}/schemas/2/restore/preview").status_code == 409
    summary = api.ok("GET", f"{path}/stale-answers/summary")
    assert [(one["annotator"]["id"], one["answers"]) for one in summary["by_person"]] == [
        (people[0].person_id, 2), (people[1].person_id, 1),
    ]  # fmt: skip
    one_person = {"person_id": people[0].person_id}
    assert len(api.ok("GET", f"{path}/stale-answers", params=one_person)["items"]) == 2
    again = api.ok("POST", f"{path}/stale-answers/ask-again", one_person)
    assert (again["asked"], {one["person_id"] for one in again["answers"]}) == (2, {people[0].person_id})
    assert api.ok("GET", f"{path}/stale-answers/summary")["answers"] == 1


def test_an_answer_given_again_without_being_asked_leaves_the_worklist(api, path, judged, change, follow, people):
    change(question("full", "partial", "charge", "other"), changes=[SPLIT])
    follow()
    entry = people[0].caller.ok("GET", f"{path}/queue/history")["items"][-1]
    people[0].answer(entry, topic="partial")
    left = [(one["external_id"], one["annotator"]["id"]) for one in api.pages(f"{path}/stale-answers")]
    assert left == [("r0", people[1].person_id), ("r1", people[0].person_id)]


def test_only_the_answers_named_are_asked_for_again(api, path, judged, change, follow):
    change(question("full", "partial", "charge", "other"), changes=[SPLIT])
    follow()
    first = api.pages(f"{path}/stale-answers")[0]
    named = {"answers": [{"task_id": first["task_id"], "person_id": first["annotator"]["id"]}]}
    assert api.ok("POST", f"{path}/stale-answers/ask-again", named) == {"asked": 1, **named}
    assert len(api.pages(f"{path}/stale-answers")) == 2
    assert api.ok("POST", f"{path}/stale-answers/ask-again", named) == {"asked": 0, "answers": []}


@pytest.mark.parametrize(
    ("questions", "changes"),
    [
        ([question("money", "other")], [MERGE]),
        ([question("full", "partial", "charge", "other")], [SPLIT]),
        ([question("other")], []),
        ([question("refund", "charge", "other"), question("calm", "upset", name="tone")], []),
    ],
)
def test_a_change_is_undone_whole(api, path, judged, change, follow, questions, changes):
    before = resolutions(api, path)
    change(*questions, changes=changes)
    follow()
    assert resolutions(api, path) != before
    restored = api.ok("POST", f"{path}/schemas/1/restore")
    assert (restored["version"], restored["parent"], restored["note"]) == (3, 1, "Back to version 1")
    follow()
    after = resolutions(api, path)
    told = ("state", "method", "answers", "outcomes", "confidence", "n_annotators")
    assert {name: [one[key] for key in told] for name, one in after.items()} == {
        name: [one[key] for key in told] for name, one in before.items()
    }
    assert api.pages(f"{path}/stale-answers") == []


def test_every_version_stays_readable_with_what_it_changed(api, path, judged, change):
    change(question("money_back", "charge", "other"), changes=[RENAME])
    api.ok("POST", f"{path}/schemas/1/restore")
    versions = [(one["version"], one["parent"], len(one["changes"])) for one in api.ok("GET", f"{path}/schemas")]
    assert versions == [(3, 1, 0), (2, 1, 1), (1, None, 0)]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([RENAME | {"label": "lost"}], "had no label 'lost'"),
        ([RENAME | {"to": "nowhere"}], "does not have"),
        ([RENAME | {"question": "tone"}], "no question 'tone'"),
        ([RENAME, MERGE], "changed twice"),
        ([{"op": "paint", "question": "topic"}], "op"),
    ],
)
@pytest.mark.parametrize("url", ["schemas", "schemas/preview"])
def test_changes_that_do_not_fit_are_refused(api, path, judged, changes, told, url):
    draft = {"fields": FIELDS, "questions": [question("money_back", "charge", "other")], "changes": changes}
    refused = api.request("POST", f"{path}/{url}", json=draft)
    assert refused.status_code == 422
    assert told in refused.text


def test_only_a_version_that_exists_and_is_not_the_present_can_be_restored(api, path, judged):
    assert api.request("POST", f"{path}/schemas/7/restore").status_code == 404
    assert api.request("POST", f"{path}/schemas/1/restore").status_code == 409


def test_a_question_cannot_change_its_type(api, path, judged):
    draft = {"fields": FIELDS, "questions": [{"name": "topic", "type": "text", "title": "?"}]}
    refused = api.request("POST", f"{path}/schemas", json=draft)
    assert "give the new question another name" in refused.json()["detail"]


def test_a_decision_that_no_longer_fits_comes_back_to_an_expert(
    api, path, project, judged, change, follow, make_person
):
    expert = make_person("reviewer", project)
    case = expert.ok("POST", f"{path}/cases/next")
    decision = {"answers": topic("refund"), "reason": "It is one."}
    at = f"{path}/cases/{case['task_id']}"
    expert.ok("POST", f"{at}/decision", decision)
    change(question("full", "partial", "charge", "other"), changes=[SPLIT])
    follow()
    assert (resolutions(api, path)["r1"]["state"], api.ok("GET", path)["counts"]["disputed"]) == ("disputed", 1)
    again = expert.ok("POST", f"{path}/cases/next")
    assert (again["task_id"], again["why"], again["decision"]["reason"]) == (case["task_id"], "schema", "It is one.")
    expert.ok("POST", f"{at}/decision", decision | {"answers": topic("full")})
    found = resolutions(api, path)["r1"]
    assert (found["state"], found["answers"], found["decided_by"]["id"]) == (
        "resolved", topic("full"), expert.person_id,
    )  # fmt: skip


def test_a_decision_stands_again_when_the_change_is_undone(api, path, project, judged, change, follow, make_person):
    expert = make_person("reviewer", project)
    case = expert.ok("POST", f"{path}/cases/next")
    decision = {"answers": topic("refund"), "reason": "It is one."}
    expert.ok("POST", f"{path}/cases/{case['task_id']}/decision", decision)
    before = resolutions(api, path)["r1"]
    change(question("charge", "other"))
    follow()
    assert len(api.ok("GET", f"{path}/cases")["items"]) == 1
    api.ok("POST", f"{path}/schemas/1/restore")
    follow()
    after = resolutions(api, path)["r1"]
    told = ("state", "method", "answers", "outcomes", "decided_by", "reason")
    assert {name: after[name] for name in told} == {name: before[name] for name in told}
    assert api.ok("GET", f"{path}/cases")["items"] == []


def test_a_deleted_record_follows_the_schema_when_it_comes_back(api, path, project, people, change, follow):
    records = [{"external_id": f"r{at}", "fields": {"text": f"Text {at}"}} for at in range(2)]
    judge(api, project, records, (people[0], [topic("refund"), topic("refund")]), (people[1], [topic("charge"), None]))
    deletion = api.ok("POST", f"{path}/deletions", {"which": {"external_ids": ["r0", "r1"]}, "reason": "A mistake"})
    change(question("money", "other"), changes=[MERGE])
    follow()
    api.ok("POST", f"{path}/deletions/{deletion['id']}/restore")
    after = resolutions(api, path)
    assert {name: one["state"] for name, one in after.items()} == {"r0": "resolved", "r1": "in_progress"}
    assert after["r0"]["answers"] == topic("money")
    (item,) = people[1].next()
    people[1].answer(item, topic="money")
    assert resolutions(api, path)["r1"]["answers"] == topic("money")
