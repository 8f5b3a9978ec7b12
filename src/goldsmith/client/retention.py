"""How long a project keeps what it no longer needs, and what the next sweep would remove."""

from datetime import datetime

from goldsmith.client.steps import Mode, Resource, Shape, Steps, deed


class RetentionRules(Shape):
    """A project's own days; None leaves it to the installation."""

    uploads_days: int | None = None
    rejects_days: int | None = None
    deleted_days: int | None = None
    people_days: int | None = None


class RetentionLimits(Shape):
    """What counts where a project chose nothing (None: for good), and how few and many days it may choose."""

    days: RetentionRules
    at_least: int
    at_most: int


class Due(Shape):
    """What the next sweep would remove of one kind, the first by name."""

    kind: str
    count: int
    examples: list[str] = []
    oldest: datetime


class Retention(Shape):
    """The rules of a project, what is in force by them, and what is due."""

    rules: RetentionRules
    in_force: RetentionRules
    installation: RetentionLimits
    due: list[Due] = []


class RetentionSettings(Resource[Mode]):
    """A project's retention. What is left out of new rules is left to the installation again."""

    @deed
    def read(self) -> Steps[Retention]:
        """The rules in force, and what the next sweep would remove."""
        return (yield from self._ask("GET", self._at, Retention))

    @deed
    def preview(
        self, *, uploads_days: int | None = None, rejects_days: int | None = None, deleted_days: int | None = None,
        people_days: int | None = None,
    ) -> Steps[Retention]:  # fmt: skip
        """What the next sweep would remove by these rules; nothing is changed."""
        body = _rules(uploads_days, rejects_days, deleted_days, people_days)
        return (yield from self._ask("POST", f"{self._at}/preview", Retention, json=body, is_repeatable=True))

    @deed
    def change(
        self, *, uploads_days: int | None = None, rejects_days: int | None = None, deleted_days: int | None = None,
        people_days: int | None = None,
    ) -> Steps[Retention]:  # fmt: skip
        """Keep by these rules from now on; owners only. What a sweep removes cannot come back."""
        body = _rules(uploads_days, rejects_days, deleted_days, people_days)
        return (yield from self._ask("PUT", self._at, Retention, json=body))


def _rules(uploads: int | None, rejects: int | None, deleted: int | None, people: int | None) -> dict[str, int | None]:
    return {"uploads_days": uploads, "rejects_days": rejects, "deleted_days": deleted, "people_days": people}
