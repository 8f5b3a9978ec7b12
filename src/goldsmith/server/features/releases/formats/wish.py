"""What the person who downloads may choose; whatever is left out follows from the schema."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """Choices for one download.

    messages : the chat field that becomes `messages` (SFT).
    prompt : the field that becomes `prompt`; "none" leaves the prompt out (preference).
    completion : the question or field that becomes `completion` (SFT); the field that holds the steps (stepwise).
    question : the preference question that chooses (preference); the span question that marks (stepwise).
    pairs : "all" makes a row of every two candidates of a ranking; otherwise its best and its worst (preference).
    between : the two candidates of a ranking that are compared; set for each pair in turn.
    good : conditions under which a completion is good (KTO).
    bad : labels of a span question that mark a wrong step (stepwise).
    keep : conditions on the answers, such as `quality>=4`; rows that fail one are skipped.
    formula_safe : mark CSV cells that a spreadsheet would run as a formula.
    """

    messages: str | None = None
    prompt: str | None = None
    completion: str | None = None
    question: str | None = None
    pairs: str | None = None
    between: tuple[str, str] | None = None
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    formula_safe: bool = False
