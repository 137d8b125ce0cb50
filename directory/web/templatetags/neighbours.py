"""How neighbours are called on their drawing."""

from django import template

from directory.models import City, Network
from directory.search.names import named

register = template.Library()

LONGEST = 20


@register.filter
def beside_mark(record: City | Network) -> str:
    """Return what stands beside a mark: the acronym of a network, or the name.

    A long one ends after a whole word where it can: whoever speaks to the page says what they see.
    """
    name = getattr(record, "acronym", "") or named(record)
    if len(name) <= LONGEST:
        return name
    cut = name[:LONGEST]
    return f"{cut.rpartition(' ')[0] or cut[:-1]}…"


@register.filter
def acronym_and_name(network: Network) -> str:
    """Return what a network is called in full, beginning with what stands beside its mark."""
    name = named(network)
    return f"{network.acronym}, {name}" if network.acronym else name
