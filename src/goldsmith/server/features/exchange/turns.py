"""Chats and documents of other tools, which name their keys and their speakers as they like."""

from dataclasses import dataclass, field
from typing import Any

_ROLES = {
    "system": "system", "developer": "system",
    "user": "user", "human": "user", "customer": "user", "client": "user", "prompter": "user", "visitor": "user",
    "assistant": "assistant", "ai": "assistant", "bot": "assistant", "agent": "assistant", "model": "assistant",
    "gpt": "assistant", "chatbot": "assistant",
    "tool": "tool", "function": "tool", "observation": "tool",
}  # fmt: skip
_WHO = ("role", "author", "speaker", "from", "name", "sender", "user")
_WHAT = ("content", "text", "value", "message", "utterance")


@dataclass(slots=True)
class Chat:
    """Turns as Goldsmith has them; `authors` only where the roles do not say who spoke."""

    turns: list[dict[str, str]]
    authors: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def is_chat(value: list[Any]) -> bool:
    """Whether this is a list of turns: objects of which each says something."""
    return bool(value) and all(isinstance(one, dict) and _key(one, _WHAT) is not None for one in value)


def chat_of(value: list[dict[str, Any]], who: str = "role", what: str = "content") -> Chat:
    """The turns, with each speaker brought into a role: an unknown first one asks, an unknown second one replies."""
    turns, authors, left_out = [], [], dict.fromkeys("")
    unknown: dict[str, str] = {}
    for one in value:
        who_key, what_key = _key(one, (who, *_WHO)), _key(one, (what, *_WHAT))
        author = str(one.get(who_key) if who_key else "")
        role = _ROLES.get(author.lower())
        if role is None:
            role = unknown.setdefault(author, "user" if len(unknown) % 2 == 0 else "assistant")
        said = one.get(what_key) if what_key else ""
        turns.append({"role": role, "content": said if isinstance(said, str) else str(said or "")})
        authors.append(author)
        left_out.update(dict.fromkeys(key for key in one if key not in (who_key, what_key)))
    told = authors if authors != [turn["role"] for turn in turns] else []
    return Chat(turns, told, list(left_out))


def documents_of(value: list[Any], title: str = "title", text: str = "text") -> list[dict[str, str]]:
    """Context documents."""
    made = []
    for one in value:
        if isinstance(one, dict):
            told = {"title": one.get(title), "text": one.get(text) or "", "url": one.get("url")}
            made.append({key: str(said) for key, said in told.items() if said is not None})
        else:
            made.append({"text": str(one)})
    return made


def _key(one: dict[str, Any], names: tuple[str, ...]) -> str | None:
    return next((name for name in names if name in one), None)
