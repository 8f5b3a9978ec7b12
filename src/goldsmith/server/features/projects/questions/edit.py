"""A better version of what the record says: of a text, or of some turns of a chat.

The answer is a list of rewritten parts: `[{"text": "..."}]` for a text field, `[{"turn": 2, "text": "..."}]` for a
chat. The empty list says that nothing needs to change. The original stays in the record, so an edit is also a
preference: the new version over the old.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field

from goldsmith.server.features.projects.questions.base import QuestionBase, Slug

Part = dict[str, Any]
ChatRole = Literal["system", "user", "assistant", "tool"]


class EditQuestion(QuestionBase):
    """A rewrite of one text field, or of turns of one chat field."""

    looks_at_record: ClassVar[bool] = True
    type: Literal["edit"]
    field: Slug
    roles: list[ChatRole] = Field(
        default=["assistant"], min_length=1, description="Whose turns of a chat may be rewritten."
    )
    max_length: int = Field(default=50_000, ge=1, le=1_000_000)

    @property
    def field_names(self) -> tuple[str, ...]:
        return (self.field,)

    def check(self, value: Any) -> list[Part]:
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise ValueError('expected a list of rewritten parts such as {"turn": 2, "text": "..."}')
        parts = sorted(map(self._part, value), key=lambda part: part.get("turn", -1))
        turns = [part.get("turn", -1) for part in parts]
        if len(set(turns)) < len(turns):
            raise ValueError("a part of the record can be rewritten once in an answer")
        return parts

    def fit(self, value: Any, fields: Mapping[str, Any]) -> list[Part]:
        content = fields.get(self.field)
        return [part for part in value if part["text"] != self._original(content, part)]

    def _part(self, given: Mapping[str, Any]) -> Part:
        text, turn = given.get("text"), given.get("turn")
        if not isinstance(text, str) or not text.strip() or given.keys() - {"turn", "text"}:
            raise ValueError("a rewritten part has a `text`, which is not empty, and in a chat a `turn`")
        if len(text) > self.max_length:
            raise ValueError(f"expected at most {self.max_length} characters, got {len(text)}")
        if turn is None:
            return {"text": text}
        if isinstance(turn, bool) or not isinstance(turn, int) or turn < 0:
            raise ValueError("the `turn` of a part is the place of a message in its chat, from 0")
        return {"turn": turn, "text": text}

    def _original(self, content: Any, part: Part) -> str:
        if isinstance(content, str):
            if "turn" in part:
                raise ValueError(f"the field '{self.field}' is one text; its rewrite has no `turn`")
            return content
        if not isinstance(content, list):
            raise ValueError(f"this record has no field '{self.field}' to rewrite")
        if "turn" not in part or part["turn"] >= len(content):
            raise ValueError(f"the field '{self.field}' is a chat; name a `turn` from 0 to {len(content) - 1}")
        message = content[part["turn"]]
        if message["role"] not in self.roles:
            raise ValueError(
                f"turn {part['turn']} is the {message['role']}'s; only {', '.join(self.roles)} is rewritten"
            )
        return message["content"]
