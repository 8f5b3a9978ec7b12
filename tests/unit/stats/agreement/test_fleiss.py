"""Fleiss' κ and percent agreement against published tables."""

import numpy as np
import pytest

from goldsmith.stats import Ratings, fleiss_kappa, percent_agreement

# Fleiss (1971), table 1: how many of six psychiatrists gave each of five diagnoses to each of 30 patients.
DIAGNOSES = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""
# The ten subjects and fourteen raters of the encyclopaedias' worked example.
FOURTEEN = """
0,0,0,0,14 0,2,6,4,2 0,0,3,5,6 0,3,9,2,0 2,2,8,1,1 7,7,0,0,0 3,2,6,3,0 2,5,3,2,2 6,5,2,1,0 0,2,2,3,7
"""


def from_counts(counts: list[list[int]]) -> Ratings:
    """One item a row, labels by column."""
    rows = [
        (item, annotator, label)
        for item, row in enumerate(counts)
        for annotator, label in enumerate(np.repeat(np.arange(len(row)), row).tolist())
    ]
    return Ratings.from_arrays(*zip(*rows, strict=True))


def test_thirty_patients_six_psychiatrists():
    counts = [[int(digit) for digit in row] for row in DIAGNOSES.split()]
    found = fleiss_kappa(from_counts(counts))
    assert found.value == pytest.approx(0.430, abs=5e-4)
    assert (found.n_items, found.n_annotators, found.n_ratings) == (30, 6, 180)
    assert percent_agreement(from_counts(counts)).value == pytest.approx(0.556, abs=5e-4)


def test_ten_subjects_fourteen_raters():
    counts = [[int(number) for number in row.split(",")] for row in FOURTEEN.split()]
    assert fleiss_kappa(from_counts(counts)).value == pytest.approx(0.210, abs=5e-4)
    assert percent_agreement(from_counts(counts)).value == pytest.approx(0.378, abs=5e-4)
