"""Starting points for new projects."""

from typing import Any

from goldsmith.server.features.projects.schemas import Template


def _options(*values: str) -> list[dict[str, str]]:
    return [{"value": value.lower().replace(" ", "_"), "title": value} for value in values]


def _template(name: str, title: str, description: str, guideline: str, **schema: Any) -> Template:
    return Template(name=name, title=title, description=description, guideline=guideline, **schema)


_TEXT = [{"name": "text", "type": "text", "title": "Text"}]
_CANDIDATES = [
    {"name": "prompt", "type": "chat", "title": "Conversation"},
    {"name": "response_a", "type": "text", "title": "Reply A", "markdown": True},
    {"name": "response_b", "type": "text", "title": "Reply B", "markdown": True},
]

TEMPLATES: dict[str, Template] = {
    template.name: template
    for template in (
        _template(
            "text-classification", "Text classification", "One label for each text.",
            "# Guideline\n\nChoose the label that fits the text as a whole.\n\n## When two labels fit\n\n"
            "Choose the one that the writer would call the main point.\n",
            fields=_TEXT,
            questions=[{
                "name": "label", "type": "label", "title": "Which label fits best?",
                "options": _options("Positive", "Neutral", "Negative"),
            }],
        ),
        _template(
            "content-safety", "Content safety", "Every kind of harm a text contains, and how severe it is.",
            "# Guideline\n\nTick each kind of harm that the text contains. Tick none if it is safe.\n\n"
            "## Quoted harm\n\nA text that reports or condemns harm does not contain it.\n",
            fields=_TEXT,
            questions=[
                {
                    "name": "harms", "type": "multi_label", "title": "Which harms does it contain?",
                    "options": _options("Hate", "Harassment", "Violence", "Self harm", "Sexual", "Private data"),
                },
                {
                    "name": "severity", "type": "rating", "title": "How severe is it?", "min": 0, "max": 4,
                    "low_title": "Harmless", "high_title": "Extreme",
                },
            ],
        ),
        _template(
            "response-rating", "Response rating", "Rate a model's reply and write what is wrong with it.",
            "# Guideline\n\nRate how well the reply serves the person who asked.\n\n## A wrong fact\n\n"
            "A reply with a wrong fact that matters is rated 2 at best.\n",
            fields=[
                {"name": "conversation", "type": "chat", "title": "Conversation"},
                {"name": "sources", "type": "context", "title": "Sources", "required": False},
            ],
            questions=[
                {
                    "name": "quality", "type": "rating", "title": "How good is the last reply?",
                    "low_title": "Useless", "high_title": "Excellent",
                },
                {"name": "problem", "type": "text", "title": "What is wrong with it?", "required": False},
            ],
        ),
        _template(
            "preference", "Preference between two replies", "Which of two replies is better, and how clearly.",
            "# Guideline\n\nPrefer the reply that you would rather receive.\n\n## Both are bad\n\n"
            "Choose \"both bad\" when you would send neither; a tie means that both would do.\n",
            fields=_CANDIDATES,
            questions=[{
                "name": "better", "type": "preference", "title": "Which reply is better?",
                "a_field": "response_a", "b_field": "response_b",
            }],
        ),
        _template(
            "entities", "Passages in a text", "Mark passages of a text: names, places, personal data, wrong claims.",
            "# Guideline\n\nMark each passage under the label that fits, without the spaces around it.\n\n"
            "## A name within a name\n\nMark both: the whole and the part.\n",
            fields=_TEXT,
            questions=[{
                "name": "entities", "type": "span", "title": "Which passages name something?", "fields": ["text"],
                "options": _options("Person", "Organisation", "Place", "Date"),
            }],
        ),
        _template(
            "ranking", "Ranking of three replies", "Three replies to one prompt, from the best to the worst.",
            "# Guideline\n\nPut the reply first that you would rather receive.\n\n## Equally good\n\n"
            "Replies may share a place when you would not mind which of them you got.\n",
            fields=[*_CANDIDATES, {"name": "response_c", "type": "text", "title": "Reply C", "markdown": True}],
            questions=[{
                "name": "order", "type": "ranking", "title": "From the best to the worst?",
                "fields": ["response_a", "response_b", "response_c"],
            }],
        ),
        _template(
            "rewrite", "Better replies", "Rewrite what the assistant said until you would send it yourself.",
            "# Guideline\n\nChange as little as makes the reply right. Keep its tone.\n\n## Nothing to change\n\n"
            "Say so, rather than rewording a good reply.\n",
            fields=[{"name": "conversation", "type": "chat", "title": "Conversation"}],
            questions=[{
                "name": "better", "type": "edit", "title": "What should the assistant have said?",
                "field": "conversation",
            }],
        ),
    )
}  # fmt: skip
