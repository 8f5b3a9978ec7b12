"""How others read our files, by what they document: LLaMA-Factory's `dataset_info.json`, OpenAI's rules for a line.

LLaMA-Factory: https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md and its `data/converter.py`.
OpenAI: https://platform.openai.com/docs/guides/supervised-fine-tuning, .../direct-preference-optimization.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]
_ODD, _EVEN = {"human", "observation"}, {"gpt", "function_call"}
_ROLE = {"human": "user", "observation": "observation", "gpt": "assistant", "function_call": "function"}


def read_as_llama_factory(folder: Path) -> list[Row]:
    """Every row of the one data set that the folder's `dataset_info.json` names: prompt, response and system."""
    (entry,) = json.loads((folder / "dataset_info.json").read_text()).values()
    assert entry.keys() <= {"file_name", "formatting", "ranking", "columns", "tags"}, entry
    lines = (folder / entry["file_name"]).read_text().splitlines()
    read = {"alpaca": _alpaca, "sharegpt": _sharegpt}[entry["formatting"]]
    return [read(json.loads(line), entry["columns"], entry["ranking"]) for line in lines]


def _alpaca(row: Row, columns: dict[str, str], ranking: bool) -> Row:
    def told(name: str) -> str:
        return row[columns[name]] if name in columns else ""

    prompt = [turn for old in row[columns["history"]] for turn in (_turn("user", old[0]), _turn("assistant", old[1]))]
    asked = "\n".join(part for part in (told("prompt"), told("query")) if part)
    replies = ("chosen", "rejected") if ranking else ("response",)
    response = [_turn("assistant", row[columns[name]]) for name in replies]
    return {"prompt": [*prompt, _turn("user", asked)], "response": response, "system": told("system")}


def _sharegpt(row: Row, columns: dict[str, str], ranking: bool) -> Row:
    turns = row[columns["messages"]]
    for at, turn in enumerate(turns):
        assert turn["from"] in (_EVEN if at % 2 else _ODD), f"turn {at} is out of order"
    spoken = [_turn(_ROLE[turn["from"]], turn["value"]) for turn in turns]
    if ranking:
        assert len(turns) % 2 == 1, "the prompt of a preference ends with the human"
        replies = [row[columns[name]] for name in ("chosen", "rejected")]
        assert all(one["from"] in _EVEN for one in replies)
        response = [_turn("assistant", one["value"]) for one in replies]
    else:
        assert len(turns) % 2 == 0, "a conversation ends with the model"
        spoken, response = spoken[:-1], spoken[-1:]
    assert json.loads(row[columns["tools"]] or "[]") == []
    return {"prompt": spoken, "response": response, "system": row[columns["system"]]}


def _turn(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}


def openai_faults(row: Row) -> Iterator[str]:
    """What OpenAI's service would refuse about a line of a fine-tuning file."""
    if row.keys() == {"input", "preferred_output", "non_preferred_output"}:
        yield from _dpo_faults(row)
    elif row.keys() <= {"messages", "tools", "parallel_tool_calls"}:
        yield from _chat_faults(row["messages"])
        if not any(one["role"] == "assistant" for one in row["messages"]):
            yield "nothing to learn from: no turn of the assistant"
    else:
        yield f"unknown keys: {sorted(row)}"


def _dpo_faults(row: Row) -> Iterator[str]:
    if not row["input"].keys() <= {"messages", "tools", "parallel_tool_calls"}:
        yield "unknown keys in `input`"
    yield from _chat_faults(row["input"]["messages"])
    if row["input"]["messages"][-1]["role"] not in ("user", "tool"):
        yield "the input does not end with a question"
    for name in ("preferred_output", "non_preferred_output"):
        if [one["role"] for one in row[name]] != ["assistant"]:
            yield f"`{name}` is not one turn of the assistant"
        yield from _chat_faults(row[name])


def _chat_faults(messages: list[Row]) -> Iterator[str]:
    if not messages:
        yield "no messages"
    for one in messages:
        if one.get("role") not in ("system", "developer", "user", "assistant", "tool"):
            yield f"unknown role {one.get('role')!r}"
        if not one.keys() <= {"role", "content", "name", "weight", "tool_calls", "tool_call_id"}:
            yield f"unknown keys in a message: {sorted(one)}"
        if not isinstance(one.get("content"), str) and "tool_calls" not in one:
            yield "a message says nothing"
        if one.get("role") == "tool" and "tool_call_id" not in one:
            yield "a tool's turn does not say which call it answers"
