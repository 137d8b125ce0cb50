"""The things that have an address of their own, and how that differs from those of their pages.

``/id/city/bergen-no`` is the city, ``/cities/bergen-no/`` a page about it; data sets of others name
the former, which leads to whichever document their reader understands.
"""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db.models import Model
from django.urls import reverse

from directory.models import City, Country, FocusArea, Funder, Membership, Network
from directory.models.choices import RecordType


@dataclass(frozen=True)
class Kind:
    """A kind of thing.

    ``name`` stands in its address and is what its page and its record in the API are called among
    the site's addresses; ``path`` begins the addresses of its pages; ``record_type`` finds its
    former ids, where it may have some; ``table`` is its name in the change log.
    """

    name: str
    model: type[Model]
    path: str
    pattern: str
    table: str
    record_type: RecordType | None = None


SLUG = r"[-a-zA-Z0-9_]+"
KINDS = {
    kind.name: kind
    for kind in (
        Kind("network", Network, "networks", SLUG, "networks", RecordType.NETWORK),
        Kind("city", City, "cities", SLUG, "cities", RecordType.CITY),
        Kind("focus-area", FocusArea, "focus-areas", SLUG, "focus_areas", RecordType.FOCUS_AREA),
        Kind("funder", Funder, "funders", SLUG, "funders", RecordType.FUNDER),
        Kind("country", Country, "countries", "[A-Za-z]{2}", "countries"),
        Kind("membership", Membership, "memberships", r"m\d{5,9}", "memberships"),
    )
}
_BY_MODEL = {kind.model: kind for kind in KINDS.values()}


def kind_of(record: Model) -> Kind:
    """Return which kind of thing a record is."""
    return _BY_MODEL[type(record)]


def identifier_of(record: Model) -> str:
    """Return the permanent id of a record as it stands in addresses."""
    if isinstance(record, Membership):
        return record.public_id
    return record.pk.lower() if isinstance(record, Country) else record.slug


def thing(record: Model) -> str:
    """Return the address of what a record is about."""
    return (
        f"{settings.SITE_URL}{_path_before_identifier(kind_of(record).name)}{identifier_of(record)}"
    )


def page(record: Model) -> str:
    """Return the address of the page about it."""
    return f"{settings.SITE_URL}{record.get_absolute_url()}"


def document(record: Model, suffix: str) -> str:
    """Return the path of the file about it: ``json``, ``jsonld`` or ``ttl``."""
    return document_path(kind_of(record).name, identifier_of(record), suffix)


def document_path(name: str, identifier: str, suffix: str) -> str:
    """Return the path of a file about a thing of which only kind and id are known."""
    return reverse(f"{name}-file", args=[identifier, suffix])


@cache
def _path_before_identifier(name: str) -> str:
    # Documents name hundreds of things: one address is resolved for all.
    return reverse("thing", args=[name, "-"]).removesuffix("-")


def as_written_here(name: str, identifier: str) -> str:
    """Return an id in the one way of writing it: small letters, five digits or more."""
    if name == "membership":
        return f"m{int(identifier[1:]):05d}"
    return identifier.lower()


def exists(name: str, identifier: str) -> bool:
    """Tell whether the directory has a thing, by its kind and present id."""
    lookup = {
        "country": lambda: {"pk": identifier.upper()},
        "membership": lambda: {"pk": int(identifier[1:])},
    }.get(name, lambda: {"slug": identifier})
    return KINDS[name].model.objects.public().filter(**lookup()).exists()
