"""Chats: turns of people, models and tools, in the shape that OpenAI gave them, checked and brought into one form.

A turn is `{role, content}`. `content` is always one text, so that passages and rewrites count its characters whatever
else the turn holds; what else it may hold:

    tool_calls    the calls that an assistant makes: `{id, type, function: {name, arguments}}`, arguments as JSON text
    tool_call_id  which call a tool's turn answers
    name          who speaks, or which tool answers
    images        `{url, at, detail}`: an image at the character `at` of the content

Content in parts (`text` and `image_url`) becomes one text and its images; arguments that come as an object become JSON.
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

ROLES = frozenset({"system", "user", "assistant", "tool"})
MOST_CALLS = 128
MOST_IMAGES = 100
LONGEST_ADDRESS = 2_000
DEEPEST = 32
_NAMED_OTHERWISE = {"developer": "system", "function": "tool"}
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
_WEB = re.compile(r"https?://[^\s\x00-\x1f\x7f\\]+", re.IGNORECASE)
_INLINE = re.compile(r"data:image/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/]+={0,2}")
_DETAILS = frozenset({"low", "high", "auto"})

Turn = dict[str, Any]


def check_chat(value: Any) -> list[Turn]:
    """The turns in canonical form; a text is one turn of the user."""
    if isinstance(value, str):
        return [{"role": "user", "content": without_nul(value)}]
    if not isinstance(value, list) or not value:
        raise ValueError(f"expected a list of {{role, content}} messages, got {kind_of(value)}")
    return [_turn(one, at) for at, one in enumerate(value)]


def check_tools(value: Any) -> list[dict[str, Any]]:
    """The tools that a conversation may call, as `{type: function, function: {name, description, parameters}}`."""
    if not isinstance(value, list):
        raise ValueError(f"expected a list of tools, got {kind_of(value)}")
    return [_tool(one, at) for at, one in enumerate(value)]


def without_nul(text: str) -> str:
    """A text as every database can keep it."""
    return text.replace("\x00", "") if "\x00" in text else text


def kind_of(value: Any) -> str:
    """What came, in words."""
    names = {dict: "an object", list: "a list", bool: "true or false", type(None): "nothing", str: "a text"}
    return names.get(type(value), "a number")


def _turn(value: Any, at: int) -> Turn:
    if isinstance(value, dict) and len(value) == 2 and value.get("role") in ROLES:
        content = value.get("content")
        if isinstance(content, str):
            return {"role": value["role"], "content": without_nul(content)}
    try:
        return _whole_turn(value)
    except ValueError as error:
        raise ValueError(f"message {at}: {error}") from None


def _whole_turn(value: Any) -> Turn:
    role = value.get("role") if isinstance(value, dict) else None
    role = _NAMED_OTHERWISE.get(role, role) if isinstance(role, str) else None
    if role not in ROLES:
        raise ValueError(f"expected a role of {', '.join(sorted(ROLES))} and a text content")
    calls = _calls(value) if role == "assistant" else []
    content, images = _content(value.get("content"), may_be_nothing=bool(calls))
    images = images or _placed(value.get("images"), content)
    turn: Turn = {"role": role, "content": content}
    if calls:
        turn["tool_calls"] = calls
    if role == "tool" and value.get("tool_call_id") is not None:
        turn["tool_call_id"] = _name(value["tool_call_id"], "tool_call_id")
    if value.get("name"):
        turn["name"] = _name(value["name"], "name")
    if images:
        turn["images"] = images
    return turn


def _calls(turn: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The calls of an assistant's turn; the single `function_call` of older files is one without an id."""
    given = turn.get("tool_calls")
    if not given:
        old = turn.get("function_call")
        return [_call({"function": old}, 0)] if old else []
    if not isinstance(given, list) or len(given) > MOST_CALLS:
        raise ValueError(f"expected tool_calls as a list of at most {MOST_CALLS}, got {kind_of(given)}")
    return [_call(one, at) for at, one in enumerate(given)]


def _call(given: Any, at: int) -> dict[str, Any]:
    function = given.get("function") if isinstance(given, dict) else None
    if not isinstance(function, dict) or given.get("type", "function") != "function":
        raise ValueError(f"tool call {at}: expected {{id, type: function, function: {{name, arguments}}}}")
    call: dict[str, Any] = {}
    if given.get("id") is not None:
        call["id"] = _name(given["id"], f"id of tool call {at}")
    said = {"name": _name(function.get("name"), f"name of tool call {at}"), "arguments": _arguments(function, at)}
    return call | {"type": "function", "function": said}


def _arguments(function: Mapping[str, Any], at: int) -> str:
    """JSON text. What a model wrote stays as it is, even where it is no valid JSON: that is for people to judge."""
    given = function.get("arguments")
    if given is None:
        return "{}"
    if isinstance(given, str):
        return without_nul(given)
    if not isinstance(given, dict):
        raise ValueError(f"arguments of tool call {at}: expected JSON text or an object, got {kind_of(given)}")
    return msgspec.json.encode(plain(given)).decode()


def _content(given: Any, *, may_be_nothing: bool) -> tuple[str, list[dict[str, Any]]]:
    if isinstance(given, str):
        return without_nul(given), []
    if given is None and may_be_nothing:
        return "", []
    if not isinstance(given, list):
        raise ValueError(f"expected a text as content, or a list of parts, got {kind_of(given)}")
    text, images, follows_text = "", [], False
    for at, part in enumerate(given):
        if isinstance(part, dict) and part.get("type") == "text" and isinstance(part.get("text"), str):
            text += ("\n\n" if follows_text else "") + without_nul(part["text"])
            follows_text = True
        else:
            images.append({**_image(part, at), "at": len(text)})
            follows_text = False
    if len(images) > MOST_IMAGES:
        raise ValueError(f"{len(images)} images in one turn; at most {MOST_IMAGES} are accepted")
    return text, images


def _image(part: Any, at: int) -> dict[str, Any]:
    kind = part.get("type") if isinstance(part, dict) else None
    given = part.get("image_url") if kind == "image_url" else part if kind == "image" else None
    if isinstance(given, str):
        given = {"url": given}
    if not isinstance(given, dict):
        got = f"'{kind}'" if isinstance(kind, str) else kind_of(part)
        raise ValueError(f"part {at}: expected a part of type text or image_url, got {got[:60]}")
    image = {"url": _address(given.get("url"), at)}
    return image | ({"detail": given["detail"]} if given.get("detail") in _DETAILS else {})


def _placed(given: Any, content: str) -> list[dict[str, Any]]:
    """The images of a turn that is in canonical form already, as a release gives it back."""
    if not given:
        return []
    if not isinstance(given, list) or len(given) > MOST_IMAGES:
        raise ValueError(f"expected images as a list of at most {MOST_IMAGES}, got {kind_of(given)}")
    placed = []
    for nth, one in enumerate(given):
        at = one.get("at", len(content)) if isinstance(one, dict) else None
        if isinstance(at, bool) or not isinstance(at, int) or not 0 <= at <= len(content):
            raise ValueError(f"image {nth}: expected {{url, at}}, with `at` from 0 to {len(content)}")
        placed.append({**_image({"type": "image_url", "image_url": one}, nth), "at": at})
    return sorted(placed, key=lambda image: image["at"])


def _address(url: Any, at: int) -> str:
    if isinstance(url, str) and (_INLINE.fullmatch(url) or (len(url) <= LONGEST_ADDRESS and _WEB.fullmatch(url))):
        return url
    raise ValueError(
        f"part {at}: expected the address of an image: http or https, at most {LONGEST_ADDRESS} characters, or "
        "data:image/png, jpeg, webp or gif in base64"
    )


def _tool(given: Any, at: int) -> dict[str, Any]:
    function = given.get("function", given) if isinstance(given, dict) else None
    if not isinstance(function, dict) or not isinstance(function.get("name"), str):
        raise ValueError(f"tool {at}: expected {{type: function, function: {{name, description, parameters}}}}")
    _name(function["name"], f"name of tool {at}")
    kept = ("name", "description", "parameters", "strict")
    return {"type": "function", "function": {name: plain(function[name]) for name in kept if name in function}}


def _name(given: Any, what: str) -> str:
    if isinstance(given, str) and _NAME.fullmatch(given):
        return given
    raise ValueError(f"{what}: expected a text of 1 to 200 characters on one line")


def plain(value: Any, depth: int = 0) -> Any:
    """JSON as every database can keep it: not too deep, without NUL characters."""
    if depth > DEEPEST:
        raise ValueError(f"JSON nested more than {DEEPEST} levels deep")
    if isinstance(value, str):
        return without_nul(value)
    if isinstance(value, list):
        return [plain(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {without_nul(str(name)): plain(one, depth + 1) for name, one in value.items()}
    return value
