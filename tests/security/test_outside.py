"""What an address in a record may make this server fetch: from listed hosts in the public internet, and no others."""

import time
from collections.abc import Iterator
from ipaddress import ip_address

import pytest

from goldsmith.server.features.records.pictures import picture_in
from goldsmith.server.foundation.errors import Elsewhere, Forbidden
from goldsmith.server.foundation.networks import may_be_reached, parse_networks
from goldsmith.server.foundation.outside import Reach, fetch
from tests.security.far_server import FarServer, png

HERE = parse_networks("127.0.0.1/32")
INSIDE = (
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254",
    "192.0.0.192", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1",
    "fd00:ec2::254", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a9fe:a9fe::", "2001:0:4136:e378:8000:63bf:80ff:fffe",
)  # fmt: skip


@pytest.fixture(scope="module")
def far() -> Iterator[FarServer]:
    with FarServer().running() as server:
        yield server


def reach(far: FarServer, *hosts: str, **more: object) -> Reach:
    """This machine opened, as an operator would open a network; every name leads to it."""
    given = {"networks": HERE, "resolve": lambda host, port: ["127.0.0.1"]} | more
    return Reach(tuple(f"{host}:{far.port}" for host in hosts or ("127.0.0.1",)), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_are_not_reached(address: str):
    assert not may_be_reached(ip_address(address))


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_public_addresses_are_reached(address: str):
    assert may_be_reached(ip_address(address))


@pytest.mark.parametrize(
    "host", ["2130706433", "0177.0.0.1", "0x7f.1", "127.1", "localhost", "127.0.0.1", "0", "LOCALHOST."]
)
def test_names_of_this_machine_in_other_words_lead_nowhere(far: FarServer, host: str):
    before = len(far.asked)
    with pytest.raises((Forbidden, Elsewhere)):
        fetch(far.url("/picture.png", host), Reach((f"{host.lower().rstrip('.')}:{far.port}",)))
    assert len(far.asked) == before


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://images.example.com/a.png", "gopher://images.example.com/_x", "javascript:alert(1)",
        "data:image/png;base64,AAAA", "//images.example.com/a.png", "/a.png", "", "http://", "http:///a.png",
        "http://images.example.com@10.0.0.1/", "http://user:pw@images.example.com/", "http://[::1]/a.png",
        "http://images.example.com.evil.test/", "http://evil.test/images.example.com", "http://evil.test#images.example.com",
        "http://evil.test\\@images.example.com/", "http://images.example.com:22/", "http://images.example.com:99999/",
        "http://[images.example.com/", "http://\u2028/", "http://images。example。com:81/", "https://example.com/",
    ],
)  # fmt: skip
def test_only_listed_hosts_and_addresses_of_the_web_are_asked(url: str):
    def never(host: str, port: int) -> list[str]:
        raise AssertionError(f"{host} was looked up")

    with pytest.raises(Forbidden):
        fetch(url, Reach(("images.example.com", "*.below.example.com"), resolve=never))


def test_one_address_inside_among_public_ones_is_enough_to_refuse(far: FarServer):
    both = reach(far, "images.test", networks=(), resolve=lambda host, port: ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(Forbidden, match="private network"):
        fetch(far.url("/picture.png", "images.test"), both)


def test_the_connection_goes_to_the_address_that_was_looked_at(far: FarServer):
    looks: list[str] = []

    def once(host: str, port: int) -> list[str]:
        looks.append(host)
        return ["127.0.0.1"] if len(looks) == 1 else ["10.0.0.1"]

    assert fetch(far.url("/picture.png", "images.test"), reach(far, "*.test", resolve=once)) == png()
    assert looks == ["images.test"]
    path, headers = far.asked[-1]
    assert (path, headers["Host"]) == ("/picture.png", f"images.test:{far.port}")
    assert not {"Cookie", "Referer", "Authorization"} & set(headers)


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.2:{port}/picture.png", "http://evil.test:{port}/picture.png", "file:///etc/passwd", "http://[::1]/",
     "http://169.254.169.254/latest/meta-data/", "//evil.test/x"],
)  # fmt: skip
def test_redirects_are_looked_at_like_first_addresses(far: FarServer, target: str):
    on = far.url(f"/leads-on?{target.format(port=far.port)}")
    resolve = lambda host, port: [host if host[0].isdigit() else "127.0.0.1"]  # noqa: E731
    with pytest.raises(Forbidden):
        fetch(on, reach(far, "127.0.0.1", "127.0.0.2", resolve=resolve))


def test_a_redirect_within_what_is_listed_is_followed_without_its_cookies_and_not_for_ever(far: FarServer):
    assert fetch(far.url(f"/leads-on?{far.url('/picture.png')}"), reach(far)) == png()
    assert "Cookie" not in far.asked[-1][1]
    with pytest.raises(Elsewhere, match="more than 3 times"):
        fetch(far.url("/leads-on?/leads-on?/leads-on?/leads-on?/leads-on?/x"), reach(far))


@pytest.mark.parametrize(
    ("path", "said"),
    [("/never-ends", "larger than"), ("/packed.png", "compressed"), ("/missing", "answered 404"),
     ("/drips", "longer than")],
)  # fmt: skip
def test_what_is_too_much_too_slow_or_not_there_is_told(far: FarServer, path: str, said: str):
    begun = time.monotonic()
    with pytest.raises(Elsewhere, match=said):
        fetch(far.url(path), reach(far, seconds=0.3, most_bytes=1 << 20))
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(3, 5), ("image/png", 3, 5)),
        (b"GIF89a\x03\x00\x05\x00", ("image/gif", 3, 5)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x02\x00\x00\x04\x00\x00", ("image/webp", 3, 5)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8L\x05\x00\x00\x00\x2f\x02\x00\x01\x00", ("image/webp", 3, 5)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 \x0a\x00\x00\x00\x00\x00\x00\x9d\x01\x2a\x03\x00\x05\x00", ("image/webp", 3, 5)),
        (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x05\x00\x03\x01", ("image/jpeg", 3, 5)),
    ],
)
def test_an_image_is_known_by_its_bytes(data: bytes, size: tuple[str, int, int]):
    found = picture_in(data)
    assert found is not None
    assert (found.media_type, found.width, found.height) == size


@pytest.mark.parametrize(
    "data", [b"", b"<svg/>", b"<html>", b"%PDF-1.7", b"BM", b"\x89PNG", b"\xff\xd8\xff",
             b"\xff\xd8\xff\xe0\x00\x00" * 9,
             b"RIFF\x00\x00\x00\x00WEBPxxxx", b"\x00\x00\x00\x20ftypavif"],
)  # fmt: skip
def test_anything_else_is_no_image(data: bytes):
    assert picture_in(data) is None
