"""Who listens to whom: the one place where news from a lower slice meets the slices above it."""

from goldsmith.server.features import accounts, projects

ROUTERS = (accounts.router, projects.router)


def wire() -> None:
    """Subscribe every handler of in-transaction news. Repeatable."""
