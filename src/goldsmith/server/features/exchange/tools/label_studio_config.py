"""Label Studio's labelling configuration: which fields a task shows, and what is asked about them.

    <View><Text name="t" value="$text"/><Choices name="tone" toName="t"><Choice value="calm"/></Choices></View>

Two control tags that Label Studio does not have are spelled with two that it has, by name: the strength of a
preference is a Rating `<name>_strength`, a tie a Choices `<name>_neither`.
"""

from dataclasses import dataclass, field
from xml.etree import ElementTree

from goldsmith.server.features.exchange.neutral import Asked, Choice, Loss
from goldsmith.server.foundation.errors import Invalid

MOST_CHARACTERS = 1_000_000
STRENGTH, NEITHER = "_strength", "_neither"
OBJECTS = {
    "Text", "HyperText", "Paragraphs", "Chat", "List", "Image", "Audio", "AudioPlus", "Video", "TimeSeries", "Table",
    "Pdf", "Dialog",
}  # fmt: skip
SHOWN_AS_ADDRESS = {"Image", "Audio", "AudioPlus", "Video", "TimeSeries", "Table", "Pdf"}
_SPANS = {"Labels", "HyperTextLabels", "ParagraphLabels"}


@dataclass(slots=True)
class Shown:
    """An object tag: the key of `data` it shows, and how that is read."""

    name: str
    key: str
    tag: str
    role_key: str = "author"
    text_key: str = "text"

    @property
    def type(self) -> str:
        """The field type of ours that holds it."""
        if self.tag == "Paragraphs" and (self.role_key, self.text_key) == ("title", "text"):
            return "context"
        return "chat" if self.tag in ("Paragraphs", "Chat", "Dialog") else "text"


@dataclass(slots=True)
class Config:
    """A configuration, read."""

    shown: dict[str, Shown] = field(default_factory=dict)
    asked: dict[str, Asked] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)
    pairs: set[str] = field(default_factory=set)
    per_passage: set[str] = field(default_factory=set)
    rewrites: dict[str, str] = field(default_factory=dict)
    """The key of `data` that a text area is filled with, by its name."""
    controls: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The tag of each control and the object tags it speaks of."""
    buckets: dict[str, list[str]] = field(default_factory=dict)


def read_config(xml: str) -> Config:
    """The configuration; `Invalid` where it is none, or holds what could reach outside of it."""
    if len(xml) > MOST_CHARACTERS or "<!DOCTYPE" in xml or "<!ENTITY" in xml:
        raise Invalid("The labelling configuration is too long or declares entities, which is not accepted.")
    try:
        root = ElementTree.fromstring(xml)
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise Invalid(f"The labelling configuration is not XML: {error}.") from None
    config = Config()
    tags = list(root.iter())
    for tag in tags:
        if tag.tag in OBJECTS:
            _show(config, tag)
    for tag in tags:
        if tag.get("toName") and tag.get("name"):
            _ask(config, tag)
        elif tag.tag == "Relations":
            config.losses.append(Loss("relations_between_passages", "the configuration asks for relations"))
    _join_pairs(config)
    return config


def _show(config: Config, tag: ElementTree.Element) -> None:
    name, key = tag.get("name", ""), tag.get("value", tag.get("valueList", "")).lstrip("$")
    if not name or not key:
        return
    defaults = {"Chat": ("role", "content"), "Dialog": ("name", "text")}.get(tag.tag, ("author", "text"))
    config.shown[name] = Shown(name, key, tag.tag, tag.get("nameKey", defaults[0]), tag.get("textKey", defaults[1]))
    if tag.tag in SHOWN_AS_ADDRESS:
        config.losses.append(Loss("media_becomes_its_address", f"{tag.tag} {name}"))


def _ask(config: Config, tag: ElementTree.Element) -> None:
    name = tag.get("name", "")
    fields = [config.shown[one].key for one in _about(config, tag)]
    config.controls[name] = (tag.tag, tag.get("toName", ""))
    is_required = tag.get("required", "false").lower() == "true"
    in_media = [config.shown[one].tag in SHOWN_AS_ADDRESS for one in _about(config, tag)]
    asked = None if tag.tag == "Labels" and in_media and all(in_media) else _asked(config, tag, name, fields)
    if asked is None:
        config.losses.append(Loss("question_without_a_counterpart", f"{tag.tag} {name}"))
        return
    if tag.get("perRegion", "false").lower() == "true":
        config.per_passage.add(name)
        if tag.tag != "TextArea":
            config.losses.append(Loss("question_about_a_single_passage", f"{tag.tag} {name}"))
        return
    asked.required = is_required if tag.tag not in _SPANS else None
    if tag.get("visibleWhen"):
        asked.required = False
        config.losses.append(Loss("condition_of_a_question", f"{tag.tag} {name}"))
    asked.title = tag.get("title") or tag.get("header")
    config.asked[name] = asked


def _about(config: Config, tag: ElementTree.Element) -> list[str]:
    return [one for one in tag.get("toName", "").split(",") if one in config.shown]


def _asked(config: Config, tag: ElementTree.Element, name: str, fields: list[str]) -> Asked | None:
    match tag.tag:
        case "Choices":
            kind = "multi_label" if tag.get("choice") == "multiple" else "label"
            return Asked(name, kind, choices=_choices(tag, None))
        case "Taxonomy":
            kind = "label" if tag.get("maxUsages") == "1" else "multi_label"
            return Asked(name, kind, choices=_choices(tag, ""))
        case "Labels" | "HyperTextLabels" | "ParagraphLabels":
            labels = [one.get("value", "") for one in tag.iter("Label")]
            return Asked(name, "span", choices={one: Choice(one) for one in labels if one}, fields=fields)
        case "Rating":
            return Asked(name, "rating", low=1, high=_whole(tag.get("maxRating"), 5))
        case "Number":
            low, high = _whole(tag.get("min"), None), _whole(tag.get("max"), None)
            return Asked(name, "rating" if low is not None and high is not None else "text", low=low, high=high)
        case "TextArea":
            return _text_area(config, tag, name, fields)
        case "Pairwise":
            config.pairs.add(name)
            return Asked(name, "preference", fields=fields)
        case "Ranker":
            if buckets := [one.get("name", "") for one in tag.findall("Bucket")]:
                config.buckets[name] = buckets
            return Asked(name, "ranking", with_ties=bool(buckets))
    return None


def _text_area(config: Config, tag: ElementTree.Element, name: str, fields: list[str]) -> Asked:
    key = tag.get("value", "").lstrip("$")
    if key and key in fields:
        config.rewrites[name] = key
        return Asked(name, "edit", fields=[key])
    return Asked(name, "text")


def _choices(tag: ElementTree.Element, path: str | None) -> dict[str, Choice]:
    """The choices below a tag; those of a taxonomy are named by their whole path."""
    found: dict[str, Choice] = {}
    for child in tag.findall("Choice") if path is not None else tag.iter("Choice"):
        value = (child.get("alias") or child.get("value") or "").strip()
        if not value:
            continue
        full = f"{path} / {value}" if path else value
        found[full] = Choice(full, title=child.get("value"), parent=path or None)
        if path is not None:
            found |= _choices(child, full)
    return found


def _join_pairs(config: Config) -> None:
    for name in config.pairs:
        strength = config.asked.pop(name + STRENGTH, None)
        config.asked.pop(name + NEITHER, None)
        if name in config.asked and strength is not None:
            config.asked[name].strengths = min(strength.high or 0, 4)


def _whole(told: str | None, otherwise: int | None) -> int | None:
    try:
        return int(float(told)) if told is not None else otherwise
    except ValueError:
        return otherwise
