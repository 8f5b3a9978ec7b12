"""How far a project is, in numbers."""

from goldsmith.client.steps import Shape


class Counts(Shape):
    """How far a project is."""

    records: int = 0
    new: int = 0
    in_progress: int = 0
    disputed: int = 0
    resolved: int = 0
    annotations: int = 0
    holdout: int = 0
