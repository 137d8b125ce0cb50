"""Makes records for tests, each with one call and only what the test cares about.

Every function opens a change set unless one is open, so that the log, the revision and the
search index are as after any other write. References may be given as records or as public ids;
what is missing is made.
"""

import csv
import datetime
import hashlib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.text import slugify

from directory.history import Changes, change_set, current_changes
from directory.models import (
    City,
    Country,
    FocusArea,
    Funder,
    Label,
    Membership,
    Network,
    NetworkFocusArea,
    Redirect,
    Region,
    Release,
    ReleaseFile,
    Statement,
)
from directory.models.choices import (
    MembershipStanding,
    NetworkStanding,
    NetworkStatus,
    Origin,
    ReleasePart,
    Says,
    Voice,
)
from directory.models.region import WORLD
from directory.models.standing import derive_from_statements

_numbers = itertools.count(1)


@contextmanager
def writing() -> Iterator[Changes]:
    """Give the open change set, or open one for as long as the block lasts."""
    changes = current_changes()
    if changes is not None:
        yield changes
        return
    with change_set(origin=Origin.COMMAND, reason="Data of a test") as changes:
        yield changes


def make_region(name: str = WORLD, parent: Region | None = None) -> Region:
    """Return the region of that name, made where it is missing."""
    found = Region.objects.filter(name=name).first()
    if found:
        return found
    if parent is None and name != WORLD:
        parent = make_region()
    with writing():
        return Region.objects.create(name=name, slug=slugify(name), parent=parent)


@cache
def _country_facts() -> dict[str, dict[str, str]]:
    path = settings.BASE_DIR / "fixtures" / "countries.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def make_country(code: str = "NO") -> Country:
    """Return a real country with its real regions, made where it is missing."""
    found = Country.objects.filter(code=code).first()
    if found:
        return found
    facts = _country_facts()[code]
    with writing():
        region = make_region(facts["region"])
        if facts["subregion"] != facts["region"]:
            region = make_region(facts["subregion"], region)
        return Country.objects.create(
            code=code,
            iso3=facts["iso3"],
            m49=facts["m49"],
            name=facts["name"],
            region=region,
            note=facts["note"],
        )


def make_focus_area(
    slug: str = "", *, parent: FocusArea | str | None = None, **fields: Any
) -> FocusArea:
    """Make a focus area, last in the order unless ``position`` is given."""
    slug = slug or f"focus-area-{next(_numbers)}"
    position = fields.pop("position", FocusArea.objects.count() + 1)
    with writing():
        return FocusArea.objects.create(
            slug=slug,
            name=fields.pop("name", slug.replace("-", " ").capitalize()),
            parent=_focus_area(parent) if parent else None,
            position=position,
            **fields,
        )


def make_funder(slug: str = "", **fields: Any) -> Funder:
    """Make a funder."""
    slug = slug or f"funder-{next(_numbers)}"
    with writing():
        name = fields.pop("name", slug.replace("-", " ").title())
        return Funder.objects.create(slug=slug, name=name, **fields)


def make_city(slug: str = "", *, country: Country | str = "NO", **fields: Any) -> City:
    """Make a city, in Norway unless said otherwise."""
    slug = slug or f"city-{next(_numbers)}-no"
    defaults = {
        "name": slug.rpartition("-")[0].replace("-", " ").title() or slug,
        "latitude": 60.39,
        "longitude": 5.32,
        "population": 100_000,
    }
    with writing():
        country = make_country(country) if isinstance(country, str) else country
        return City.objects.create(slug=slug, country=country, **defaults | fields)


def make_network(
    slug: str = "",
    *,
    focus_areas: Iterable[FocusArea | str] = ("climate",),
    regions: Iterable[Region | str] = (WORLD,),
    countries: Iterable[Country | str] = (),
    funders: Iterable[Funder | str] = (),
    **fields: Any,
) -> Network:
    """Make a network: active, global and at work on climate unless said otherwise."""
    slug = slug or f"network-{next(_numbers)}"
    if isinstance(fields.get("headquarters_country"), str):
        fields["headquarters_country"] = make_country(fields["headquarters_country"])
    defaults = {
        "name": slug.replace("-", " ").title(),
        "status": NetworkStatus.ACTIVE,
        "kind": "association",
        "scope": "global",
        "members_are": "cities",
        "joining": "application",
        "fee": "unknown",
        "summary": "Cities that work together.",
        "standing": NetworkStanding.SOURCED,
        "sources": ["https://example.org/about"],
    }
    with writing():
        network = Network.objects.create(slug=slug, **defaults | fields)
        network.regions.set([_given(region, make_region) for region in regions])
        network.countries.set([_given(country, make_country) for country in countries])
        network.funders.set([_given(funder, _funder) for funder in funders])
        for rank, area in enumerate(focus_areas, start=1):
            NetworkFocusArea.objects.create(
                network=network, focus_area=_given(area, _focus_area), rank=rank
            )
        return network


def make_membership(
    network: Network | str | None = None,
    city: City | str | None = None,
    *,
    standing: str = MembershipStanding.SOURCED,
    source_year: int | None = 2024,
    source: str = "https://example.org/members",
    **fields: Any,
) -> Membership:
    """Make a membership and the statements from which the wanted standing follows."""
    with writing():
        membership = Membership(
            network=_given(network or f"network-{next(_numbers)}", _network),
            city=_given(city or f"city-{next(_numbers)}-no", _city),
            standing=MembershipStanding.UNVERIFIED,
            **fields,
        )
        membership.save()
        said = {"source": source, "source_year": source_year}
        voice = Voice.NETWORK if standing in _SPOKEN else Voice.SOURCE
        is_checked = standing != MembershipStanding.UNVERIFIED
        make_statement(membership, voice=voice, checked=is_checked, **said)
        if standing == MembershipStanding.DISPUTED:
            make_statement(membership, voice=Voice.CITY, says=Says.NOT_A_MEMBER, **said)
        return membership


_SPOKEN = (MembershipStanding.CONFIRMED, MembershipStanding.DISPUTED)


def make_statement(
    membership: Membership, *, voice: str = Voice.SOURCE, says: str = Says.MEMBER, **fields: Any
) -> Statement:
    """Make a statement, by default one that repeats the membership, and derive its standing."""
    said = {}
    if says == Says.MEMBER:
        said = {name: getattr(membership, name) for name in ("joined", "left", "ended")}
    defaults = said | {
        "source": "https://example.org/members",
        "source_year": 2024,
        "made": datetime.date(2026, 11, 1),
    }
    with writing():
        statement = Statement.objects.create(
            membership=membership, voice=voice, says=says, **defaults | fields
        )
        derive_from_statements(membership)
        membership.save()
        return statement


def make_label(
    owner: Network | City | FocusArea, language: str, name: str, *, synonyms: Sequence[str] = ()
) -> Label:
    """Make a record's name in a language, and other words for it."""
    field = {Network: "network", City: "city", FocusArea: "focus_area"}[type(owner)]
    with writing():
        return Label.objects.create(
            language=language, name=name, synonyms=list(synonyms), **{field: owner}
        )


def make_redirect(record_type: str, old: str, new: str) -> Redirect:
    """Make a redirect from a former id to the present one."""
    with writing():
        return Redirect.objects.create(record_type=record_type, old_slug=old, new_slug=new)


def _given(record: Any, find_or_make: Any) -> Any:
    return find_or_make(record) if isinstance(record, str) else record


def _network(slug: str) -> Network:
    return Network.objects.filter(slug=slug).first() or make_network(slug)


def _city(slug: str) -> City:
    return City.objects.filter(slug=slug).first() or make_city(slug)


def _funder(slug: str) -> Funder:
    return Funder.objects.filter(slug=slug).first() or make_funder(slug)


def _focus_area(slug: FocusArea | str) -> FocusArea:
    if isinstance(slug, FocusArea):
        return slug
    return FocusArea.objects.filter(slug=slug).first() or make_focus_area(slug)


def make_release(version: str = "2026-11-01.r2", **fields: Any) -> Release:
    """List a release with three files that lie in no storage."""
    day, _, revision = version.partition(".r")
    defaults = {
        "revision": int(revision),
        "made_on": datetime.date.fromisoformat(day),
        "build": "0.1.0",
        "rows": {"networks": 497},
    }
    release = Release.objects.create(version=version, **defaults | fields)
    for position, (name, part, media_type, rows) in enumerate(
        (
            ("networks.csv", ReleasePart.TABLE, "text/csv; charset=utf-8", 497),
            ("citation.bib", ReleasePart.CITATION, "application/x-bibtex", None),
            ("manifest.json", ReleasePart.PROOF, "application/json", None),
        ),
        start=1,
    ):
        ReleaseFile.objects.create(
            release=release,
            position=position,
            name=name,
            part=part,
            description=f"What {name} holds.",
            media_type=media_type,
            size=1000 * position,
            sha256=hashlib.sha256(name.encode()).hexdigest(),
            rows=rows,
        )
    return release
