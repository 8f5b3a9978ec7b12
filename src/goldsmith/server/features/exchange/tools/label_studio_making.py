"""A labelling configuration made from a schema, in tags that Label Studio has."""

from collections import Counter
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from goldsmith.server.features.exchange.tools.label_studio_config import NEITHER, STRENGTH
from goldsmith.server.features.exchange.tools.writing import Shape, is_tree, span_parts
from goldsmith.server.features.projects import (
    ChoiceQuestion,
    EditQuestion,
    LabelQuestion,
    MultiLabelQuestion,
    PreferenceQuestion,
    QuestionBase,
    RankingQuestion,
    RatingQuestion,
    SpanQuestion,
)


def config_of(shape: Shape, losses: Counter[str]) -> str:
    """The configuration; what it cannot ask is counted."""
    view = Element("View")
    for spec in shape.fields:
        _show(view, shape.field(spec.name), spec.type)
    for question in shape.questions:
        block = SubElement(view, "View")
        SubElement(block, "Header", value=question.title)
        if not _ask(block, question, shape):
            view.remove(block)
            losses["question_without_a_counterpart"] += 1
        losses["condition_of_a_question"] += question.when is not None
    indent(view)
    return tostring(view, encoding="unicode")


def _show(view: Element, name: str, kind: str) -> None:
    keys = {"chat": ("role", "content"), "context": ("title", "text")}.get(kind)
    if keys is None:
        SubElement(view, "Text", name=name, value=f"${name}")
        return
    SubElement(
        view, "Paragraphs", name=name, value=f"${name}", layout="dialogue", nameKey=keys[0], textKey=keys[1]
    )  # fmt: skip


def _ask(view: Element, question: QuestionBase, shape: Shape) -> bool:
    name = shape.name(question.name)
    about = shape.field(shape.fields[0].name)
    common = {"name": name, "required": str(question.required and question.when is None).lower()}
    match question:
        case LabelQuestion() | MultiLabelQuestion():
            _choose(view, question, shape, common | {"toName": about})
        case SpanQuestion():
            _mark(view, question, shape)
        case RatingQuestion() if question.min == 1:
            SubElement(view, "Rating", common | {"toName": about, "maxRating": str(question.max)})
        case RatingQuestion():
            scale = {"toName": about, "min": str(question.min), "max": str(question.max), "step": "1"}
            SubElement(view, "Number", common | scale)
        case PreferenceQuestion():
            _prefer(view, question, shape, common)
        case RankingQuestion():
            _rank(view, question, common)
        case EditQuestion():
            return _rewrite(view, question, shape, common)
        case _:
            SubElement(view, "TextArea", common | {"toName": about, "maxSubmissions": "1"})
    return True


def _choose(view: Element, question: ChoiceQuestion, shape: Shape, common: dict[str, str]) -> None:
    is_single = isinstance(question, LabelQuestion)
    if is_tree(question):
        taxonomy = SubElement(view, "Taxonomy", common | ({"maxUsages": "1"} if is_single else {}))
        _branch(taxonomy, question, None)
        return
    choices = SubElement(view, "Choices", common | {"choice": "single" if is_single else "multiple"})
    for option in question.options:
        value = shape.label(question.name, option.value)
        alias = {"alias": value} if option.title and option.title != value else {}
        SubElement(choices, "Choice", {"value": option.title or value} | alias)


def _branch(above: Element, question: ChoiceQuestion, parent: str | None) -> None:
    for option in question.options:
        if option.parent == parent:
            _branch(SubElement(above, "Choice", value=option.title or option.value), question, option.value)


def _mark(view: Element, question: SpanQuestion, shape: Shape) -> None:
    for field, control in span_parts(question, shape).items():
        tag = "Labels" if shape.type_of(field) == "text" else "ParagraphLabels"
        labels = SubElement(view, tag, name=control, toName=shape.field(field))
        for option in question.options:
            SubElement(labels, "Label", value=shape.label(question.name, option.value))


def _prefer(view: Element, question: PreferenceQuestion, shape: Shape, common: dict[str, str]) -> None:
    sides, name = f"{shape.field(question.a_field)},{shape.field(question.b_field)}", common["name"]
    SubElement(view, "Pairwise", common | {"toName": sides})
    about = shape.field(question.a_field)
    if question.strengths:
        SubElement(view, "Rating", name=name + STRENGTH, toName=about, maxRating=str(question.strengths))
    neither = [choice for choice in question.choices if choice not in ("a", "b")]
    if neither:
        choices = SubElement(view, "Choices", name=name + NEITHER, toName=about, choice="single")
        for choice in neither:
            SubElement(choices, "Choice", value=choice)


def _rank(view: Element, question: RankingQuestion, common: dict[str, str]) -> None:
    items = question.name + "_items"
    SubElement(view, "List", name=items, value=f"${items}", title=question.title)
    ranker = SubElement(view, "Ranker", common | {"toName": items})
    if question.allow_ties:
        for place in range(1, len(question.candidates) + 1):
            SubElement(ranker, "Bucket", name=f"place_{place}", title=str(place))


def _rewrite(view: Element, question: EditQuestion, shape: Shape, common: dict[str, str]) -> bool:
    if shape.type_of(question.field) != "text":
        return False
    field = shape.field(question.field)
    SubElement(view, "TextArea", common | {"toName": field, "value": f"${field}", "maxSubmissions": "1"})
    return True
