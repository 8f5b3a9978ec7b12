"""Fetch from the web what a user named, without being led to where only this server can reach.

Whoever writes a record writes its addresses, so an address is hostile until proven otherwise. Of each one, also of each
redirect: the scheme is http or https, no user name stands in it, the host is on the list, every address that its name
resolves to lies in the public internet (or in a network that the operator opened), and the connection is made to the
very address that was looked at, so that a name which changes its mind in between gains nothing. Nothing of the caller
goes along: no cookie, no referrer, no proxy setting.
"""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

import httpx

from goldsmith.server.foundation.errors import Elsewhere, Forbidden
from goldsmith.server.foundation.networks import Address, Network, may_be_reached

Resolve = Callable[[str, int], list[str]]

MOST_REDIRECTS = 3
_PORTS = {"http": 80, "https": 443}
_PATIENCE = httpx.Timeout(5, connect=3)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def system_resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system tells them."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far fetching may go.

    hosts : names such as `images.example.com`, or `*.example.com` for every name below it; `:8080` names another port.
    networks : networks beside the public internet.
    """

    hosts: tuple[str, ...]
    networks: tuple[Network, ...] = ()
    accept: str = "*/*"
    most_bytes: int = 10 << 20
    seconds: float = 10.0
    resolve: Resolve = system_resolve


def fetch(url: str, reach: Reach) -> bytes:
    """What stands at an address. It blocks: run it in a thread."""
    until = time.monotonic() + reach.seconds
    headers = {"User-Agent": "Goldsmith", "Accept": reach.accept, "Accept-Encoding": "identity"}
    with httpx.Client(trust_env=False, timeout=_PATIENCE, headers=headers) as web:
        for _ in range(MOST_REDIRECTS + 1):
            with _asked(web, url, reach) as answer:
                if answer.status_code not in _REDIRECTS:
                    return _body(answer, reach, until)
                url = urljoin(url, answer.headers.get("location", ""))
            web.cookies.clear()
    raise Elsewhere(f"The address leads on to others more than {MOST_REDIRECTS} times.")


@contextmanager
def _asked(web: httpx.Client, url: str, reach: Reach) -> Iterator[httpx.Response]:
    """The answer of the very address that was looked at; the name goes along for TLS and for the other server."""
    parts, host, port = _seen_through(url, reach)
    address = _address_of(host, port, reach)
    named = f"{host}:{port}" if port != _PORTS[parts.scheme] else host
    pinned = httpx.URL(url).copy_with(host=str(address), port=port, fragment=None)
    try:
        with web.stream("GET", pinned, headers={"Host": named}, extensions={"sni_hostname": host}) as answer:
            yield answer
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Elsewhere(f"{host} did not answer as expected ({type(error).__name__}).") from None


def _seen_through(url: str, reach: Reach) -> tuple[SplitResult, str, int]:
    """An address in its parts, host and port; refused unless it is one of the web and its host is listed."""
    try:
        parts = urlsplit(url)
        host, port = _plain_host(parts.hostname or ""), parts.port
    except ValueError:
        raise Forbidden("This is not an address of the web.") from None
    if parts.scheme not in _PORTS or not host:
        raise Forbidden("Only http and https addresses are fetched.")
    if parts.username is not None or parts.password is not None:
        raise Forbidden("Addresses with a user name or a password in them are not fetched.")
    port = port or _PORTS[parts.scheme]
    is_listed = any(_names(entry, host, port, _PORTS[parts.scheme]) for entry in reach.hosts)
    if not is_listed:
        raise Forbidden(f"{host} is not among the hosts from which this project shows images.")
    return parts, host, port


def _plain_host(host: str) -> str:
    """A name as the other server and DNS know it; `ValueError` (UnicodeError) for what is none."""
    return host.rstrip(".").lower().encode("idna").decode()


def _names(entry: str, host: str, port: int, usual: int) -> bool:
    named, _, told = entry.partition(":")
    if port != (int(told) if told else usual):
        return False
    return host.endswith(named[1:]) if named.startswith("*.") else host == named


def _address_of(host: str, port: int, reach: Reach) -> Address:
    """The first address of a name, all of whose addresses may be reached: one inside is enough to refuse it."""
    try:
        found = [ip_address(one.partition("%")[0]) for one in reach.resolve(host, port)]
    except (OSError, ValueError):
        raise Elsewhere(f"There is no server called {host}.") from None
    if not found:
        raise Elsewhere(f"There is no server called {host}.")
    if not all(may_be_reached(one, reach.networks) for one in found):
        raise Forbidden(f"{host} leads to an address inside a private network. Nothing is fetched from there.")
    return found[0]


def _body(answer: httpx.Response, reach: Reach, until: float) -> bytes:
    if answer.status_code != httpx.codes.OK:
        raise Elsewhere(f"The other server answered {answer.status_code}.")
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise Elsewhere("The other server sent it compressed, which was not asked for.")
    held = bytearray()
    for piece in answer.iter_raw():
        held += piece
        if len(held) > reach.most_bytes:
            raise Elsewhere(f"It is larger than the {reach.most_bytes >> 20} MiB that are fetched.")
        if time.monotonic() > until:
            raise Elsewhere(f"It took longer than {reach.seconds:.0f} s to arrive.")
    return bytes(held)
