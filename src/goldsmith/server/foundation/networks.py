"""Which addresses a server may reach for somebody else: the public internet, and what the operator opened."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
_NEVER_PUBLIC = (ip_network("192.0.0.0/24"),)
"""Set aside for protocols; some clouds answer there with their secrets."""


def parse_networks(told: str) -> tuple[Network, ...]:
    """Networks written with commas between them; `ValueError` for what is none."""
    return tuple(ip_network(one.strip()) for one in told.split(",") if one.strip())


def may_be_reached(address: Address, networks: tuple[Network, ...] = ()) -> bool:
    """Whether an address is public, or in one of these networks; one that carries another is judged by that."""
    carried = _carried_in(address)
    if carried is not None:
        return may_be_reached(carried, networks)
    if any(address in network for network in networks):
        return True
    if any(address in network for network in _NEVER_PUBLIC):
        return False
    is_local = isinstance(address, IPv6Address) and address.is_site_local
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified or is_local)


def _carried_in(address: Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for: mapped, 6to4, Teredo or NAT64."""
    if isinstance(address, IPv4Address):
        return None
    if any(address in network for network in _NAT64):
        return IPv4Address(address.packed[-4:])
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
