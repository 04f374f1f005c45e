"""The address of the reader, as reported by trusted proxies."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable


class Proxies:
    """The proxies in front of this server.

    Args:
        networks: Their addresses, or networks of them, as `10.0.0.0/8`.
    """

    def __init__(self, networks: Iterable[str] = ()) -> None:
        self._networks = [ipaddress.ip_network(network, strict=False) for network in networks]

    def include(self, address: str) -> bool:
        """Tell whether `address` is a proxy's."""
        found = _address(address)
        return found is not None and any(found in network for network in self._networks)

    def reader(self, remote: str, forwarded: str) -> str:
        """Return the address of the reader.

        Each proxy appends the address of its client to the header, so it is read from the end, and
        only as far as trusted proxies: anybody may have written what is before that.

        Args:
            remote: The address at the other end of the connection.
            forwarded: The header `X-Forwarded-For`.
        """
        for hop in reversed(forwarded.split(",")):
            if not self.include(remote) or (found := _address(hop)) is None:
                break
            remote = str(found)
        return remote


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Read an address, with a port or without: "192.0.2.1:80", "[2001:db8::1]:80"."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found
