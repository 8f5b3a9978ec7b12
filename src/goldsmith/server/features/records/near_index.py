"""Find every text of a collection that may be a near-duplicate of a given one. Exact: none is missed.

A text x with |x| shingles that is as similar as 4/5 to y shares at least 4/5 of its shingles with y, and y of its own.
So the first |x| // 5 + 1 shingles of x, in any fixed order, have at least one in common with the first |y| // 5 + 1
of y. With rare shingles first, few other texts do (prefix filter: Chaudhuri, Ganti, Kaushik 2006; Bayardo, Ma,
Srikant 2007). Two more tests drop what cannot be. Both texts share 4/9 of |x| + |y| shingles: as many must be left in
each from the first that they share (positional filter: Xiao, Wang, Lin, Yu 2008). And |x Δ y| may be at most
(|x| + |y|) / 9, which a sketch of 512 bits bounds from below: a bit is the parity of the shingles that fall on it, so
two sketches differ in no more bits than the sets do in shingles (bitmap filter: Sandes, Teodoro, Melo 2020).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldsmith.server.features.records.hashed import Chosen, Hashed, Hasher, Numbers, Places
from goldsmith.server.features.records.likeness import LIKE, OF

_SKETCH_BITS = 512
_PRESENCE_BITS = 22
_PAIRS_AT_ONCE = 1 << 19

Small = NDArray[np.int32]
Meetings = tuple[Places, Places, Places]
"""A text that was asked about, how many shingles it has left, and where in the index it meets another."""
Pairs = tuple[Places, Places]
"""Places in what was asked about, ascending, and beside each the number of a text of the collection."""


class Collecting:
    """Takes in the texts of a collection; they are numbered 0, 1, ... as they come."""

    def __init__(self, hasher: Hasher) -> None:
        self._hasher = hasher
        self._owners, self._left = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
        self._shingles = [np.zeros(0, np.uint64)]
        self._sizes, self._sketches = [np.zeros(0, np.int64)], [np.zeros((_SKETCH_BITS // 64, 0), np.uint64)]
        self._n_texts = 0

    def add(self, texts: Sequence[str]) -> None:
        """Take in texts: normalised, none empty, at most `AT_ONCE`."""
        hashed = self._hasher.hash(texts)
        left = hashed.left
        chosen = _in_prefix(hashed, left)
        self._owners.append((hashed.text[chosen] + self._n_texts).astype(np.int32))
        self._left.append(left[chosen].astype(np.int32))
        self._shingles.append(hashed.shingles[chosen])
        self._sizes.append(hashed.sizes)
        self._sketches.append(_sketches(hashed))
        self._n_texts += len(texts)

    def index(self) -> "NearIndex":
        """The collection, ready to be asked."""
        shingles = np.concatenate(self._shingles)
        order = np.argsort(shingles, kind="stable")
        return NearIndex(
            shingles=shingles[order],
            owners=np.concatenate(self._owners)[order],
            left=np.concatenate(self._left)[order],
            sizes=np.concatenate(self._sizes),
            sketches=np.concatenate(self._sketches, axis=1),
        )


class NearIndex:
    """The first shingles of each text, in order, with whose they are and how many it has left; its size and sketch."""

    def __init__(self, *, shingles: Numbers, owners: Small, left: Small, sizes: Places, sketches: Numbers) -> None:
        self._shingles, self._owners, self._left = shingles, owners, left
        self._sizes, self._sketches = sizes, sketches
        self._presence = np.zeros(1 << _PRESENCE_BITS, np.bool_)
        self._presence[_presence(shingles)] = True

    def __len__(self) -> int:
        return len(self._sizes)

    def ask(self, hashed: Hashed) -> "Question":
        """Begin to look for near-duplicates of texts."""
        left = hashed.left
        chosen = _in_prefix(hashed, left)
        chosen = chosen[self._presence[_presence(hashed.shingles[chosen])]]
        first = np.searchsorted(self._shingles, hashed.shingles[chosen])
        counts = np.searchsorted(self._shingles, hashed.shingles[chosen], side="right") - first
        met = counts > 0
        chosen = chosen[met]
        return Question(self, hashed, hashed.text[chosen], left[chosen], first[met], counts[met])

    def nearly(self, hashed: Hashed, sketches: Numbers, met: Meetings) -> Pairs:
        """Who may be near-duplicates of each other among those that meet in a shingle."""
        text, left, places = met
        numbers = self._owners[places].astype(np.int64)
        both = hashed.sizes[text] + self._sizes[numbers]
        rows = np.flatnonzero((LIKE + OF) * np.minimum(left, self._left[places]) >= LIKE * both)
        text, numbers, most = text[rows], numbers[rows], ((OF - LIKE) * both[rows]) // (OF + LIKE)
        differing = np.zeros(len(rows), np.int64)
        for mine, theirs in zip(sketches, self._sketches, strict=True):
            differing += np.bitwise_count(mine[text] ^ theirs[numbers])
            fits = differing <= most
            text, numbers, most, differing = text[fits], numbers[fits], most[fits], differing[fits]
        return text, numbers


@dataclass(frozen=True, slots=True)
class Question:
    """Texts that share first shingles with the collection; not yet with whom.

    text, left : whose the shingle is, and how many it has left. first, counts : where the index has it, how often.
    """

    index: NearIndex
    hashed: Hashed
    text: Places
    left: Places
    first: Places
    counts: Places

    @property
    def costs(self) -> Places:
        """How many pairs each text would have to be compared in."""
        return np.bincount(self.text, self.counts, minlength=len(self.hashed.sizes)).astype(np.int64)

    def answer(self, wanted: Chosen) -> Pairs:
        """The texts among those `wanted`, beside what they may be near-duplicates of, each pair once and in order."""
        chosen = np.flatnonzero(wanted[self.text])
        if not len(chosen):
            return chosen, chosen
        asked = np.unique(self.text[chosen])
        sketches = np.zeros((_SKETCH_BITS // 64, len(self.hashed.sizes)), np.uint64)
        sketches[:, asked] = _sketches(_only(self.hashed, asked))
        found = [self._compared(rows, sketches) for rows in _portions(chosen, self.counts[chosen])]
        pairs = np.unique(np.concatenate(found))
        return pairs >> 32, pairs & 0xFFFFFFFF

    def _compared(self, rows: Places, sketches: Numbers) -> Places:
        counts = self.counts[rows]
        step = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        met = (
            np.repeat(self.text[rows], counts),
            np.repeat(self.left[rows], counts),
            np.repeat(self.first[rows], counts),
        )
        text, numbers = self.index.nearly(self.hashed, sketches, (met[0], met[1], met[2] + step))
        return (text << 32) | numbers


def _in_prefix(hashed: Hashed, left: Places) -> Places:
    """The places of each text's first shingles."""
    needed = -(-LIKE * hashed.sizes // OF)
    return np.flatnonzero(left >= needed[hashed.text])


def _portions(rows: Places, counts: Places) -> list[Places]:
    """The rows in portions of about as many pairs as are looked at together."""
    ends = np.cumsum(counts)
    cuts = np.searchsorted(ends, np.arange(_PAIRS_AT_ONCE, ends[-1], _PAIRS_AT_ONCE)) + 1
    return np.split(rows, np.unique(cuts))


def _only(hashed: Hashed, texts: Places) -> Hashed:
    """Some of the texts, numbered anew."""
    place = np.full(len(hashed.sizes), -1)
    place[texts] = np.arange(len(texts))
    chosen = place[hashed.text] >= 0
    return Hashed(hashed.shingles[chosen], place[hashed.text[chosen]], hashed.sizes[texts])


def _sketches(hashed: Hashed) -> Numbers:
    """(words, n_texts): the sketches of texts, word by word."""
    bit = (hashed.shingles & np.uint64(_SKETCH_BITS - 1)).astype(np.int64)
    n_texts = len(hashed.sizes)
    parity = np.bincount(hashed.text * _SKETCH_BITS + bit, minlength=n_texts * _SKETCH_BITS) & 1
    bits = np.packbits(parity.astype(np.bool_).reshape(n_texts, _SKETCH_BITS), axis=1)
    return np.ascontiguousarray(bits.view(np.uint64).T)


def _presence(shingles: Numbers) -> Places:
    return (shingles & np.uint64((1 << _PRESENCE_BITS) - 1)).astype(np.int64)
