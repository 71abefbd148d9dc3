"""The addresses of the product, walked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Address:
    """One address: its full name and its view."""

    name: str
    view: Any
    arguments: tuple[str, ...]


def addresses(resolver: URLResolver | None = None, space: str = "") -> Iterator[Address]:
    """Every address below the resolver."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, inner)
        elif isinstance(pattern, URLPattern):
            arguments = tuple(pattern.pattern.converters)
            yield Address(f"{space}{pattern.name}", pattern.callback, arguments)


def plain_addresses() -> list[str]:
    """The addresses that take no argument, ready to be asked."""
    found = []
    for address in addresses():
        try:
            found.append(reverse(address.name))
        except NoReverseMatch:
            continue
    return sorted(set(found))
