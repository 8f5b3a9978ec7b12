"""Which candidates are real: people miss what is there, invent what is not, and confuse labels, each in their own way.

The model. A document holds a Poisson number λ of real spans. Annotator w marks each with probability r_w, and calls
it l with probability θ_wkl where it is of class k; what nobody marks is never seen. Besides, w invents spans at the
rate φ_w a document, with labels ψ_l, and each other reader repeats an invention with the small probability e. A
candidate with readers R, marked by S with the labels l_w, has therefore the weights

    real, class k:   λ π_k Π_(w∈S) r_w θ_wkl_w Π_(w∈R∖S) (1 − r_w)
    invented:        (Σ_(w∈S) φ_w) e^(|S|−1) (1 − e)^(|R∖S|) Π_(w∈S) ψ_l_w

Without inventions as a process of their own, a class of "candidates that only this person marked" explains the marks
better than any truth does. And because the unseen are counted (λ Π (1 − r_w) a document), recall is that of all real
spans, as in capture and recapture, not of those that were found.

Source: Dawid and Skene (1979), JRSS C 28, 20–28, for θ; Otis, Burnham, White and Anderson (1978), Wildlife Monographs
62, model M_t, for r and λ.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from goldsmith.stats.spans.candidates import Candidates
from goldsmith.stats.spans.spans import Spans
from goldsmith.stats.truth.mixture import SMALLEST

CROWD = 2.0  # judgements that the crowd's habits weigh against a person's own
REPEATS = (1.0, 19.0)  # Beta prior of e: few inventions are repeated
MOST_STEPS, TOLERANCE = 300, 1e-6  # nats per candidate


@dataclass(frozen=True, eq=False)
class Detection:
    """What is believed of the candidates and of the people.

    real : probability of each class, (classes, candidates); 1 − its sum is the probability of an invention.
    recall : (annotators,). confusion : (classes, annotators, classes). invented : φ, (annotators,).
    per_document : λ. unseen : expected real spans that nobody marked, (documents,).
    """

    real: np.ndarray
    recall: np.ndarray
    confusion: np.ndarray
    invented: np.ndarray
    repeated: float
    share: np.ndarray
    invented_share: np.ndarray
    per_document: float
    unseen: np.ndarray
    log_likelihood: float


def detect(
    spans: Spans,
    found: Candidates,
    *,
    start: Detection | None = None,
    tolerance: float = TOLERANCE,
    most_steps: int = MOST_STEPS,
) -> Detection:
    """Expectation–maximisation, from the share of readers who marked each candidate, or from people as in `start`."""
    evidence = _Evidence.of(spans, found)
    state = start or evidence.learned(evidence.first_guess(), np.zeros(len(spans.documents)))
    for _ in range(most_steps):
        before = state.log_likelihood
        expected = evidence.expected(state)
        state = replace(
            evidence.learned(expected.real, expected.unseen), log_likelihood=expected.log_likelihood, real=expected.real
        )
        if abs(state.log_likelihood - before) <= tolerance * max(len(found), 1):
            break
    return evidence.expected(state)


@dataclass(frozen=True, eq=False)
class _Evidence:
    """Candidates × readers, and looks, as flat columns."""

    spans: Spans
    found: Candidates
    marked: np.ndarray
    label: np.ndarray
    n_marked: np.ndarray
    n_read: np.ndarray

    @classmethod
    def of(cls, spans: Spans, found: Candidates) -> "_Evidence":
        marked = np.flatnonzero(found.verdict)
        return cls(
            spans,
            found,
            marked,
            found.verdict[marked] - 1,
            found.n_marked(),
            np.bincount(found.item, minlength=len(found)),
        )

    @property
    def n_annotators(self) -> int:
        return len(self.spans.annotators)

    def first_guess(self) -> np.ndarray:
        """The share of readers who marked it with each label: (classes, candidates)."""
        shape = max(len(self.spans.classes), 1), len(self.found)
        cell = self.label * len(self.found) + self.found.item[self.marked]
        tally = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
        return tally / np.maximum(self.n_read, 1)

    def learned(self, real: np.ndarray, unseen: np.ndarray) -> Detection:
        """What the people would be like if these were the odds of the candidates."""
        found, n = self.found, self.n_annotators
        there = real.sum(0)
        per_document = (there.sum() + unseen.sum()) / len(self.spans.documents)
        recall = self._recall(there, unseen)
        by, item = found.judge[self.marked], found.item[self.marked]
        false = 1 - there
        looks = np.bincount(self.spans.seen[:, 1], minlength=n)
        own = np.bincount(by, false[item] / self.n_marked[item], n)
        crowd = own.sum() / max(looks.sum(), 1)
        pooled = real.sum(1) + 1
        told = np.bincount(self.label, false[item], len(real)) + 1
        again = false @ (self.n_marked - 1) + REPEATS[0]
        chances = false @ (self.n_read - 1) + sum(REPEATS)
        return Detection(
            real=real,
            recall=recall,
            confusion=self._confusion(real),
            invented=(own + CROWD * crowd) / (looks + CROWD),
            repeated=float(again / chances),
            share=pooled / pooled.sum(),
            invented_share=told / told.sum(),
            per_document=float(per_document),
            unseen=unseen,
            log_likelihood=-np.inf,
        )

    def _recall(self, there: np.ndarray, unseen: np.ndarray) -> np.ndarray:
        """Marked over real, both with the crowd's shares added; never quite 0 or 1."""
        found, n = self.found, self.n_annotators
        hits = np.bincount(found.judge[self.marked], there[found.item[self.marked]], n)
        real = np.bincount(found.judge, there[found.item], n).astype(float)
        real += np.bincount(self.spans.seen[:, 1], unseen[self.spans.seen[:, 0]], n)
        crowd = (hits.sum() + 1) / (real.sum() + 2)
        return (hits + CROWD * crowd) / (real + CROWD)

    def _confusion(self, real: np.ndarray) -> np.ndarray:
        """Labels given to each class: (classes, annotators, labels)."""
        size, n = len(real), self.n_annotators
        cell = self.found.judge[self.marked] * size + self.label
        item = self.found.item[self.marked]
        counts = np.array([np.bincount(cell, row[item], n * size) for row in real], float).reshape(size, n, size)
        crowd = counts.sum(1) + np.eye(size) + 0.5
        counts += CROWD * (crowd / crowd.sum(1, keepdims=True))[:, None]
        return counts / counts.sum(2, keepdims=True)

    def expected(self, state: Detection) -> Detection:
        """The odds of the candidates, the unseen, and the log-likelihood, if the people are like this."""
        joint = np.vstack([self._log_real(state), self._log_invented(state)])
        top = joint.max(0)
        weight = np.exp(joint - top)
        total = weight.sum(0)
        missed = np.zeros(len(self.spans.documents))
        np.add.at(missed, self.spans.seen[:, 0], np.log1p(-state.recall[self.spans.seen[:, 1]]))
        unseen = state.per_document * np.exp(missed) * (self.spans.readers() > 1)
        log_likelihood = float((top + np.log(total)).sum())
        changes: dict[str, Any] = {"real": weight[:-1] / total, "unseen": unseen, "log_likelihood": log_likelihood}
        return replace(state, **changes)

    def _log_real(self, state: Detection) -> np.ndarray:
        """(classes, candidates)."""
        found = self.found
        log_miss = np.log1p(-state.recall)
        odds = np.log(state.recall) - log_miss
        item, by = found.item[self.marked], found.judge[self.marked]
        missed = np.bincount(found.item, log_miss[found.judge], len(found))
        rows = [
            np.bincount(item, odds[by] + np.log(np.maximum(table[by, self.label], SMALLEST)), len(found))
            for table in state.confusion
        ]
        first = np.log(max(state.per_document, SMALLEST)) + np.log(state.share)[:, None]
        return first + missed + np.array(rows).reshape(len(state.share), len(self.found))

    def _log_invented(self, state: Detection) -> np.ndarray:
        """(candidates,)."""
        item, by = self.found.item[self.marked], self.found.judge[self.marked]
        begun = np.bincount(item, state.invented[by], len(self.found))
        labels = np.bincount(item, np.log(state.invented_share[self.label]), len(self.found))
        repeats = (self.n_marked - 1) * np.log(state.repeated)
        silent = (self.n_read - self.n_marked) * np.log1p(-state.repeated)
        return np.log(np.maximum(begun, SMALLEST)) + repeats + silent + labels
