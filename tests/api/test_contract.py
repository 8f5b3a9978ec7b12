"""The committed contract is what the application really offers, complete and in one style."""

import json
from pathlib import Path
from typing import Any

import pytest

from goldsmith.server.entrypoints.contract import TAGS, contract_of, operations_of
from goldsmith.server.entrypoints.http import create_app
from goldsmith.server.entrypoints.openapi import contract_text
from goldsmith.server.foundation.settings import Settings
from tests.support.examples import example_of

FILE = Path(__file__).parents[2] / "contracts" / "openapi.json"
_APP = create_app(Settings(run_jobs=False))
CONTRACT = contract_of(_APP)
OPERATIONS = {(one.method, one.path): CONTRACT["paths"][one.path][one.method] for one in operations_of(_APP)}
SCHEMAS = CONTRACT["components"]["schemas"]
each_operation = pytest.mark.parametrize("told", OPERATIONS.values(), ids=[" ".join(key) for key in OPERATIONS])


def test_the_committed_contract_is_current() -> None:
    committed = json.loads(FILE.read_text())
    assert committed == CONTRACT, "run `make contract` and commit contracts/openapi.json"


def test_the_contract_is_written_the_same_way_each_time() -> None:
    assert contract_text(create_app(Settings())) == contract_text(create_app(Settings()))


def test_operation_ids_are_plain_names_that_differ() -> None:
    names = [told["operationId"] for told in OPERATIONS.values()]
    assert sorted(set(names)) == sorted(names)
    assert all(name.isidentifier() and name.islower() for name in names)


@each_operation
def test_an_operation_says_what_it_does_and_where_it_belongs(told: dict[str, Any]) -> None:
    assert told["description"].strip().endswith(".")
    assert told["tags"][0] in TAGS


@each_operation
def test_an_operation_tells_its_problems_and_proofs(told: dict[str, Any]) -> None:
    assert told["responses"]["default"] == {"$ref": "#/components/responses/ProblemDefault"}
    assert ("x-permission" in told) == bool(told["security"])


@each_operation
def test_an_operation_describes_what_it_returns(told: dict[str, Any]) -> None:
    success = {status: answer for status, answer in told["responses"].items() if status[0] in "23"}
    assert success
    for status, answer in success.items():
        assert (status in {"204", "303", "304"}) == ("content" not in answer)
        assert all(content.get("schema") != {} for content in answer.get("content", {}).values())


@each_operation
def test_a_body_comes_with_an_example(told: dict[str, Any]) -> None:
    content = told.get("requestBody", {}).get("content", {})
    for media_type, body in content.items():
        if media_type == "application/json":
            assert _has_example(body["schema"]), "give the fields of the model `examples`, or the model one as a whole"


def test_every_problem_has_the_same_form() -> None:
    for answer in CONTRACT["components"]["responses"].values():
        assert list(answer["content"]) == ["application/problem+json"]
    assert "HTTPValidationError" not in SCHEMAS


def _has_example(schema: dict[str, Any]) -> bool:
    """Whether every required value below has an example, a default or a closed set of values."""
    if "$ref" in schema:
        return _has_example(SCHEMAS[schema["$ref"].rsplit("/", 1)[1]])
    if {"examples", "default", "const", "enum"} & schema.keys():
        return True
    for choice in ("oneOf", "anyOf", "allOf"):
        if choice in schema:
            return _has_example(schema[choice][0])
    if schema.get("type") == "array":
        return _has_example(schema["items"])
    if "properties" in schema:
        return all(_has_example(schema["properties"][name]) for name in schema.get("required", []))
    return schema.get("type") in {"boolean", "null", "integer"}


def test_the_examples_fit_their_schemas() -> None:
    for told in OPERATIONS.values():
        for body in told.get("requestBody", {}).get("content", {}).values():
            assert example_of(body["schema"], SCHEMAS) is not None
