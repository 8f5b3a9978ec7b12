"""Nothing that is said is silently passed over: a name that a route does not know is refused, the likely one told."""

import pytest

from tests.support.caller import Caller

OF_ANOTHER_VERSION = {"X-Goldsmith-Contract": "000000000000"}

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


def test_a_mistyped_parameter_is_refused_and_the_likely_one_named(api: Caller) -> None:
    refused = api.get("/audit", params={"acton": "session.start", "limit": 5})
    assert refused.status_code == 422
    (fault,) = refused.json()["errors"]
    assert fault == {"pointer": "?acton", "detail": "This route has no such parameter; did you mean action?"}
    assert api.get("/audit", params={"action": "session.start", "limit": 5}).is_success
    assert "it takes none" in api.get("/session", params={"verbose": 1}).json()["detail"]


@pytest.mark.parametrize(
    ("body", "pointer", "told"),
    [
        ({"nmae": "Mail", "template": "text-classification"}, "/nmae", "did you mean name?"),
        ({"name": "Mail", "policy": {"overlap": 2, "max_anotators": 3}}, "/policy/max_anotators", "max_annotators?"),
        (
            {"name": "Mail", "questions": [{"type": "label", "name": "x", "optoins": []}]},
            "/questions/0/label/optoins",
            "did you mean options?",
        ),
    ],
)
def test_a_mistyped_field_is_refused_however_deep_and_the_likely_one_named(
    api: Caller, body: dict[str, object], pointer: str, told: str
) -> None:
    refused = api.post("/projects", json=body)
    assert refused.status_code == 422
    faults = {one["pointer"]: one["detail"] for one in refused.json()["errors"]}
    assert told in faults[pointer]


def test_a_page_of_another_version_is_told_to_ask_again_instead(api: Caller) -> None:
    """It may know more than this server; the next one that it asks may know it too (docs/decisions/0005)."""
    for answer in (
        api.get("/projects", params={"shape": "new"}, headers=OF_ANOTHER_VERSION),
        api.post("/projects", json={"name": "Mail", "hue": "red"}, headers=OF_ANOTHER_VERSION),
    ):
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
        assert "reload the page" in answer.json()["detail"]
    wrong = api.post("/projects", json={"name": ""}, headers=OF_ANOTHER_VERSION)
    assert wrong.status_code == 422, "what is wrong in both versions is not blamed on them"


def test_a_sign_in_provider_may_add_parameters_of_its_own(api: Caller) -> None:
    answer = api.get("/session/oidc/none/callback", params={"code": "x", "session_state": "z"})
    assert answer.status_code == 404, "the provider is unknown; its parameters are not looked at"
