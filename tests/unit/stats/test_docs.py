"""The pages on statistics run, and say what comes out."""

import re
from pathlib import Path

import numpy as np
import pytest

import goldsmith.stats
from goldsmith.stats import Ratings, acceptance_plan, fleiss_kappa, krippendorff_alpha

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "agreement.md"


def test_the_code_on_the_page_runs_and_counts_as_it_says():
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(), flags=re.DOTALL)
    names: dict[str, object] = {}
    exec(code, names)
    assert re.findall(r"(\d+), (\d+), (\d+)$", code, flags=re.MULTILINE) == [("4", "3", "10")]
    alpha = names["alpha"]
    assert (alpha.n_items, alpha.n_annotators, alpha.n_ratings) == (4, 3, 10)  # pyright: ignore[reportAttributeAccessIssue]


def test_fleiss_kappa_differs_from_alpha_as_the_page_says():
    ratings = Ratings.from_matrix(np.random.default_rng(0).integers(0, 3, (4, 25)))
    kappa, alpha = fleiss_kappa(ratings).value, krippendorff_alpha(ratings).value
    assert np.isclose(alpha - kappa, (1 - kappa) / 100)


@pytest.mark.parametrize(
    "page",
    [
        "drift.md",
        "fairness.md",
        "label_errors.md",
        "people.md",
        "planning.md",
        "preferences.md",
        "samples.md",
        "spans.md",
        "truth.md",
    ],
)
def test_the_code_on_every_page_runs(page):
    (code,) = re.findall(r"```python\n(.*?)```", (PAGE.parent / page).read_text(), flags=re.DOTALL)
    exec(code, {})


def test_the_numbers_on_the_pages_are_those_that_come_out():
    plan = acceptance_plan(good=0.01, bad=0.05)
    assert (plan.n, plan.most_faults) == (181, 4)


def test_the_code_on_the_page_about_truth_finds_what_most_say():
    (code,) = re.findall(r"```python\n(.*?)```", (PAGE.parent / "truth.md").read_text(), flags=re.DOTALL)
    names: dict[str, object] = {}
    exec(code, names)
    assert names["truth"].labels.tolist() == ["spam", "ham", "spam"]  # pyright: ignore[reportAttributeAccessIssue]


def test_every_statistic_has_an_example_that_runs():
    """The page of all examples runs from top to bottom, and no public function is missing from the pages."""
    pages = [text for path in PAGE.parent.glob("*.md") if "goldsmith.stats" in (text := path.read_text())]
    examples = "\n".join(block for text in pages for block in re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL))
    missing = [name for name in goldsmith.stats.__all__ if name[0].islower() and f"{name}(" not in examples]
    assert not missing
    blocks = re.findall(r"```python\n(.*?)```", (PAGE.parent / "statistics.md").read_text(), flags=re.DOTALL)
    exec("\n".join(blocks), {})
