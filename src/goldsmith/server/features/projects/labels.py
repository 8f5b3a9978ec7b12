"""Labels that people and programs can tell apart: on one line, in one spelling, none that looks like another.

Answers hold labels letter by letter, and so do files, filters and the programs that read them. A label with a tab in
it breaks a table; `Refund` beside `refund ` splits one opinion in two, and nobody sees why they disagree. So a label
that comes into a schema is refused where it could do that. What a schema holds since before this rule stays.
"""

import unicodedata
from collections.abc import Collection, Iterator, Sequence

from goldsmith.server.features.projects.evolution import labels_of
from goldsmith.server.features.projects.questions import QuestionBase, looks_of, tidied
from goldsmith.server.foundation.errors import Invalid, Pointer


def check_labels(questions: Sequence[QuestionBase], kept: Collection[str] = ()) -> None:
    """Raise `Invalid` naming every label that could be mistaken, unless it was `kept` from the schema before."""
    faults = [
        Pointer(f"/questions/{at}/options/{place}/value", told)
        for at, question in enumerate(questions)
        for place, told in _faults(labels_of(question), kept)
    ]
    if faults:
        raise Invalid(f"Correct the labels named here. {faults[0].detail}.", errors=tuple(faults))


def _faults(labels: Sequence[str], kept: Collection[str]) -> Iterator[tuple[int, str]]:
    first = {looks_of(label): label for label in labels if label in kept}
    for place, label in enumerate(labels):
        like = first.setdefault(looks_of(label), label)
        if label in kept:
            continue
        if label != tidied(label) or not looks_of(label):
            yield place, _how_to_write(label)
        elif like != label:
            yield place, f"the labels {like!r} and {label!r} look alike; keep one, or tell them apart by their words"


def _how_to_write(label: str) -> str:
    tidy = tidied(label)
    if not looks_of(label):
        return f"the label {label!r} shows nothing; write a word"
    if tidy == unicodedata.normalize("NFC", label):
        return f"the label {tidy!r} is not composed (NFC), so the same word typed elsewhere would differ; write it so"
    return f"the label {label!r} holds tabs, line breaks or spaces that nobody sees; write {tidy!r}"
