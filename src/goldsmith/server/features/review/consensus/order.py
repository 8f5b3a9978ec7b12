"""Votes on an order: each pair of candidates is decided by itself, and the order is what the pairs come to."""

from collections import Counter
from collections.abc import Sequence

from goldsmith.server.features.projects import Consensus, RankingQuestion, statements_of
from goldsmith.server.features.review.consensus.outcome import Outcome, outcome, satisfies

Groups = list[list[str]]
Statement = tuple[str, str, str]


def vote_on_order(question: RankingQuestion, values: Sequence[Groups | None], rule: Consensus) -> Outcome:
    """The order in which each pair stands as most people put it; agreed when every pair is, by the rule.

    Where the pairs contradict each other (a before b, b before c, c before a) nobody agrees, and the value is the
    order of the mean places.
    """
    given = [value for value in values if value]
    n = len(values)
    if len(given) * 2 <= n:
        return outcome(question.name, None, {"": n - len(given)}, n, agreed=not given, share=(n - len(given)) / n)
    tally = Counter(statement for value in given for statement in statements_of(value))
    leading, votes, is_tied = _leaders(tally)
    order = _order_of(question, leading)
    fits = statements_of(order) == leading
    agreed = fits and not is_tied and all(satisfies(count, n, rule) for count in votes)
    told = {" ".join(statement): count for statement, count in sorted(tally.items())}
    return outcome(
        question.name, order if fits else _by_mean_place(question, given), told, n, agreed=agreed, share=min(votes) / n
    )


def _leaders(tally: Counter[Statement]) -> tuple[frozenset[Statement], list[int], bool]:
    """What most people say about each pair, how many they are, and whether some pair is tied."""
    by_pair: dict[tuple[str, str], list[tuple[int, Statement]]] = {}
    for statement, count in tally.items():
        by_pair.setdefault((statement[0], statement[2]), []).append((count, statement))
    ranked = [sorted(said, key=lambda one: (-one[0], one[1])) for said in by_pair.values()]
    is_tied = any(len(said) > 1 and said[0][0] == said[1][0] for said in ranked)
    return frozenset(said[0][1] for said in ranked), [said[0][0] for said in ranked], is_tied


def _order_of(question: RankingQuestion, leading: frozenset[Statement]) -> Groups:
    """Candidates by how many others stand before them."""
    before = dict.fromkeys(question.candidates, 0)
    for a, relation, b in leading:
        if relation != "=":
            before[b if relation == ">" else a] += 1
    return _grouped(question, before)


def _by_mean_place(question: RankingQuestion, given: Sequence[Groups]) -> Groups:
    places = dict.fromkeys(question.candidates, 0)
    for groups in given:
        for at, group in enumerate(groups):
            for candidate in group:
                places[candidate] += at
    return _grouped(question, places)


def _grouped(question: RankingQuestion, score: dict[str, int]) -> Groups:
    groups: dict[int, list[str]] = {}
    for candidate in question.candidates:
        groups.setdefault(score[candidate], []).append(candidate)
    return [groups[one] for one in sorted(groups)]
