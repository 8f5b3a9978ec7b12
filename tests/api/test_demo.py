"""The sample project: whole, with a history, and with two disputes left for whoever tries it."""

import pytest

from goldsmith.server.entrypoints.demo import ANNOTATORS, EXPERT, OWNER, PASSWORD, load_sample


@pytest.fixture
def sample(settings):
    load_sample(settings.model_copy(update={"owner_key": ""}))


@pytest.fixture
def settings(settings):
    return settings.model_copy(update={"owner_key": ""})


def test_the_sample_project_has_a_history_and_two_open_disputes(sample, anonymous):
    anonymous.sign_in(OWNER, PASSWORD)
    (project,) = anonymous.pages("/projects")
    path = f"/projects/{project['id']}"
    assert project["counts"]["records"] >= 200
    assert project["counts"]["resolved"] > 100
    assert project["waiting"]["review"] == 2
    assert {case["why"] for case in anonymous.pages(f"{path}/cases")} == {"disagreement"}
    assert {one["why"] for one in anonymous.pages(f"{path}/cases", state="decided")} >= {"sensitive", "disagreement"}
    intent = anonymous.ok("GET", f"{path}/agreement")["questions"][0]
    assert 0.5 < intent["alpha"]["low"] < intent["alpha"]["high"] < 0.98
    assert len(anonymous.ok("GET", f"{path}/overview")["by_person"]) == len(ANNOTATORS)


def test_every_role_of_the_demo_can_sign_in(sample, new_caller):
    for email, role in ((EXPERT, "reviewer"), (ANNOTATORS[0], "annotator")):
        person = new_caller()
        person.sign_in(email, PASSWORD)
        assert person.pages("/projects")[0]["my_role"] == role


def test_loading_again_changes_nothing(sample, settings, anonymous):
    load_sample(settings)
    anonymous.sign_in(OWNER, PASSWORD)
    assert len(anonymous.pages("/projects")) == 1
