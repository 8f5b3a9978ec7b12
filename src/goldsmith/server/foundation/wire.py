"""Types that many wire shapes share."""

from typing import Annotated

from annotated_types import Ge, Le

LARGEST_ID = 2**63 - 1

AnyId = Annotated[int, Ge(1), Le(LARGEST_ID)]
"""An id as a path, query or body value: any number a database could have issued."""
