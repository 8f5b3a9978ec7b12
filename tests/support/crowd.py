"""Ratings by made-up people, as many as are wanted."""

import random

from goldsmith.client.replay import Rating, Ratings


def crowd_ratings(*, items: int, workers: int, per_item: int, seed: int = 7) -> Ratings:
    """`per_item` of `workers` people about each item, who mostly agree."""
    dice = random.Random(seed)
    by_worker: dict[str, dict[str, Rating]] = {}
    for item in range(items):
        truth = dice.choice("012")
        for number in dice.sample(range(workers), per_item):
            label = truth if dice.random() < 0.8 else dice.choice("012")
            rating = Rating(f"i{item:05}", f"worker{number}", label, seconds=round(dice.random() * 9, 2))
            by_worker.setdefault(rating.worker, {})[rating.item] = rating
    return Ratings(by_worker, n_repeated=0)
