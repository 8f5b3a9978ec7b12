"""Which records are drawn for review: the rate that applies, and the number that each record has."""

import pytest

from goldsmith.server.features.assignment.domain import priority_of, rank_of
from goldsmith.server.features.review.draw import number_of
from goldsmith.server.features.review.plan import PersonRate, ReviewRates, RouteRate

RATES = ReviewRates(
    first_answers=10, first_share=0.5, people=[PersonRate(person_id=1, share=0.02), PersonRate(person_id=2, share=0.3)],
    routes=[RouteRate(key="urgent", value="true", share=0.9)],
)  # fmt: skip


@pytest.mark.parametrize(
    ("people", "answered", "metadata", "expected"),
    [
        ([3], {3: 11}, {}, 0.1),
        ([3], {3: 10}, {}, 0.5),
        ([1], {1: 1}, {}, 0.02),
        ([1, 2, 3], {3: 500}, {}, 0.3),
        ([1], {1: 500}, {"urgent": True}, 0.9),
    ],
)
def test_the_highest_rate_that_applies_is_the_chance(people, answered, metadata, expected):
    assert RATES.chance(0.1, people, metadata=metadata, answered=answered) == expected


def test_a_record_keeps_its_number_and_numbers_are_even():
    numbers = [number_of("seed", record_id) for record_id in range(20_000)]
    assert numbers[7] == number_of("seed", 7) != number_of("other", 7)
    assert sum(one < 0.05 for one in numbers) / len(numbers) == pytest.approx(0.05, abs=0.006)


@pytest.mark.parametrize("priority", [-1000, -1, 0, 1, 1000])
def test_a_rank_tells_its_priority_a_step_ahead_or_behind(priority):
    assert {priority_of(rank_of(priority) + step) for step in (-1, 0, 5)} == {priority}
    assert abs(rank_of(priority)) < 2**31
