"""Two projects beside the sample that between them ask every kind of question the sample does not ask."""

from typing import Any

AREAS = {
    "Cards": ("Lost or stolen", "Not yet arrived", "Swallowed", "About to expire", "Linked to an app", "Wrong PIN"),
    "Payments": ("Declined", "Charged twice", "Fee not expected", "Still pending", "Sent to the wrong person"),
    "Transfers": ("Not received", "Rate", "Cancelled", "Limits", "Time it takes", "From abroad"),
    "Account": ("Closing it", "Changing details", "Proof of identity", "Forgotten passcode", "Age limit"),
}
LETTER = """Ada Marsh wrote on 4 May that 300 euros left her account twice, in Lisbon and again in Porto.

She asks that Tidewater Bank return one of them by Friday, and that somebody call her at the office."""
PASSAGES = {
    "name": "Letters", "fields": [{"name": "letter", "type": "text", "title": "Letter"}],
    "questions": [
        {"name": "named", "type": "span", "title": "Who and what is named?", "fields": ["letter"],
         "options": [{"value": "person", "title": "Person"}, {"value": "place", "title": "Place"},
                     {"value": "organisation", "title": "Organisation"}, {"value": "sum", "title": "Sum"}]},
        {"name": "topic", "type": "label", "title": "What is it about?", "leaves_only": True,
         "options": [{"value": area, "title": area} for area in AREAS]
         + [{"value": f"{area} {one}", "title": one, "parent": area} for area, some in AREAS.items() for one in some]},
    ],
}  # fmt: skip
TALK = [
    {"role": "user", "content": "Do I need an umbrella in Porto tomorrow?"},
    {"role": "assistant", "content": "", "tool_calls": [
        {"id": "c1", "type": "function", "function": {"name": "forecast", "arguments": '{"city": "Porto"}'}}]},
    {"role": "tool", "tool_call_id": "c1", "content": '{"rain": 0.8, "high": 14}'},
    {"role": "assistant", "content": "It rain tomorrow, with a probability of 0.8."},
]  # fmt: skip
REPLIES = {
    "name": "Replies", "fields": [
        {"name": "talk", "type": "chat", "title": "Talk"},
        *({"name": one, "type": "text", "title": f"Reply {one}", "markdown": True} for one in ("one", "two", "three")),
    ],
    "questions": [
        {"name": "better", "type": "preference", "title": "Which reply is better?", "a_field": "one", "b_field": "two"},
        {"name": "order", "type": "ranking", "title": "In which order, best first?", "fields": ["one", "two", "three"]},
        {"name": "rewrite", "type": "edit", "title": "How should the answer read?", "field": "talk"},
    ],
}  # fmt: skip
ASKED: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    (PASSAGES, {"letter": LETTER}),
    (REPLIES, {
        "talk": TALK,
        "one": "Yes. **Rain is likely** tomorrow (80 %), at 14 °C: take one along.",
        "two": "| Forecast | Porto |\n|---|---|\n| Rain | 80 % |\n| Warmest | 14 °C |",
        "three": "Perhaps.",
    }),
)  # fmt: skip
"""Each with the fields of its only record."""
