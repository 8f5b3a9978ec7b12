"""Arrays as JSON can hold them."""

import base64
from typing import Any

import numpy as np


def packed(array: np.ndarray) -> str:
    """The array's bytes in base64."""
    return base64.b64encode(array.tobytes()).decode()


def unpacked(text: str, dtype: Any) -> np.ndarray:
    """The array again, flat."""
    return np.frombuffer(base64.b64decode(text), dtype)
