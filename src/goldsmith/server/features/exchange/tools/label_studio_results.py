"""The results of Label Studio one by one: what a region, a choice, a rating or an order says."""

from typing import Any

from goldsmith.server.features.exchange.hypertext import Rendered
from goldsmith.server.features.exchange.neutral import Loss, Said
from goldsmith.server.features.exchange.tools.label_studio_config import NEITHER, STRENGTH
from goldsmith.server.features.exchange.tools.reading import as_text
from goldsmith.server.features.exchange.units import located

SPANS = {"labels", "hypertextlabels", "paragraphlabels"}


def place_of_region(value: dict[str, Any], content: Any) -> dict[str, int] | Loss:
    """Where a region lies, in code points; or why it lies nowhere."""
    told = value.get("text") if isinstance(value.get("text"), str) else None
    if isinstance(content, list):
        turn, last = _number(value.get("start")), _number(value.get("end"))
        if turn is None or not 0 <= turn < len(content):
            return Loss("passage_outside_of_its_text", str(told)[:100])
        if last not in (None, turn):
            return Loss("passage_over_several_turns", str(told)[:100])
        start, end = _number(value.get("startOffset")), _number(value.get("endOffset"))
        found, more = located(content[turn].get("content") or "", start, end, told), {"turn": turn}
    else:
        found, more = _place_in_text(value, str(content), told), {}
    if found is None:
        return Loss("passage_outside_of_its_text", str(told or value)[:100])
    return {"start": found[0], "end": found[1], **more}


def _place_in_text(value: dict[str, Any], text: str, told: str | None) -> tuple[int, int] | None:
    """A region that begins at an XPath lies in what the browser showed of the text."""
    glob = value.get("globalOffsets")
    offsets = glob if isinstance(glob, dict) else value
    start, end = _number(offsets.get("start")), _number(offsets.get("end"))
    if not str(value.get("start")).startswith("/"):
        return located(text, start, end, told)
    rendered = Rendered(text)
    shown = located(rendered.text, start, end, told)
    return rendered.written(*shown) if shown else None


def plain_value(kind: str, value: dict[str, Any]) -> Said | None:
    """The value of a result that is no region; None where there is no counterpart."""
    match kind:
        case "choices":
            chosen = value.get("choices")
            listed = [chosen] if isinstance(chosen, str) else chosen
            return Said("choice", [one for one in map(as_text, listed) if one]) if listed else None
        case "taxonomy":
            paths = [" / ".join(map(str, path)) for path in value.get("taxonomy") or [] if isinstance(path, list)]
            return Said("choice", paths) if paths else None
        case "rating" | "number":
            number = _number(value.get(kind))
            told = as_text(value.get(kind))
            return Said("rating", number) if number is not None else Said("text", told) if told else None
        case "pairwise":
            side = {"left": "a", "right": "b"}.get(str(value.get("selected")))
            return Said("preference", {"choice": side}) if side else None
        case "ranker":
            return _ranked(value.get("ranker"))
    return None


def _ranked(value: Any) -> Said | None:
    if isinstance(value, dict):
        groups = [list(map(str, group)) for group in value.values() if isinstance(group, list) and group]
    elif isinstance(value, list):
        groups = [[str(one)] for one in value]
    else:
        return None
    names = [one for group in groups for one in group]
    return Said("ranking", groups, tuple(names)) if len(set(names)) == len(names) > 1 else None


def join_pairs(said: dict[str, Said], pairs: set[str]) -> None:
    """Put the strength, or the tie, of a preference into it."""
    for name in pairs:
        strength, neither = said.pop(name + STRENGTH, None), said.pop(name + NEITHER, None)
        if neither is not None and neither.value[:1] and neither.value[0] in ("tie", "both_bad"):
            said[name] = Said("preference", {"choice": neither.value[0]})
        elif strength is not None and name in said:
            said[name].value["strength"] = strength.value


def about_passages(results: list[Any], names: set[str]) -> tuple[list[Any], dict[str, str], list[Loss]]:
    """Part results: those about the whole task; texts about single passages, by the passage's id; what else was said
    about one. Such a result goes by the id of its region, and by the name of its question where that is known.
    """
    regions = {one.get("id") for one in results if _is_region(one)} - {None}
    spans = {one.get("id") for one in results if _is_region(one) and one["type"] in SPANS}
    whole, notes, losses = [], {}, []
    for one in results:
        is_plain = isinstance(one, dict) and isinstance(one.get("value"), dict) and not _is_region(one)
        if not is_plain or (one.get("from_name") not in names and one.get("id") not in regions):
            whole.append(one)
        elif one.get("type") == "textarea" and one.get("id") in spans and isinstance(one["value"].get("text"), list):
            notes[str(one["id"])] = "\n".join(map(str, one["value"]["text"]))
        else:
            losses.append(Loss("answer_about_a_single_passage", f"{one.get('type')} {one.get('from_name')}"))
    return whole, notes, losses


def _is_region(one: Any) -> bool:
    return isinstance(one, dict) and str(one.get("type")).endswith("labels")


def foreign(kind: str, one: dict[str, Any]) -> Loss:
    """What a result without a counterpart is called among the losses."""
    if kind == "relation":
        return Loss("relations_between_passages", f"{one.get('from_id')} to {one.get('to_id')}")
    return Loss("result_of_a_kind_without_a_counterpart", kind)


def _number(value: Any) -> int | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return int(number) if number.is_integer() else None
