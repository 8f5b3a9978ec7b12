"""The client that commands use."""

from goldsmith.client import Client, Retries

PATIENCE = Retries(attempts=4)
"""Less than a program's: somebody waits at the terminal."""


def connect(url: str | None, api_key: str | None) -> Client:
    """A client of the server that the options or the environment name."""
    return Client(url, api_key, retries=PATIENCE)
