"""The nine public tables of the directory, as the data package writes them.

This is the registry behind the change log, the data package and the data dictionary. A test
fails when a public model has a field that is in no column here.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import F, Prefetch, Q

from directory.models.choices import (
    Fee,
    Joining,
    Kind,
    MembersAre,
    MembershipStanding,
    NetworkStanding,
    NetworkStatus,
    RecordType,
    Role,
    Says,
    Scope,
    Voice,
)
from directory.models.city import City
from directory.models.column_kinds import (
    LARGEST_INTEGER,
    SLUG,
    address,
    choice,
    day,
    flag,
    links,
    numbered,
    partial_date,
    plain,
    reference,
    slug,
    texts,
    year,
)
from directory.models.columns import Column, Keys, Table
from directory.models.focus_area import FocusArea
from directory.models.funder import Funder
from directory.models.label import Label
from directory.models.membership import Membership
from directory.models.network import Network, NetworkFocusArea
from directory.models.redirect import Redirect
from directory.models.region import Country, Region
from directory.models.statement import Statement

LABEL_OWNERS = {"cities": "city", "focus-areas": "focus_area", "networks": "network"}
"""Where a label's record lives: first part of ``record`` → field of the label."""

LABEL_TABLES = {"cities": "cities", "focus-areas": "focus_areas", "networks": "networks"}
"""First part of a label's ``record`` → table that must hold the second."""


def region_path(region: Region) -> tuple[str, ...]:
    """Return the regions from the continent down to this one; the world's path is empty.

    Paths sort as UN M49 lists its regions: each continent, then its parts. Needs
    ``select_related("parent")``.
    """
    if region.parent is None:
        return ()
    if region.parent.parent_id is None:
        return (region.name,)
    return (region.parent.name, region.name)


def _by_slug(ids: Collection[str]) -> Q:
    return Q(slug__in=ids)


def _by_number(ids: Collection[str]) -> Q:
    return Q(pk__in=[int(public_id[1:]) for public_id in ids])


def _by_type_and_slug(ids: Collection[str]) -> Q:
    condition = Q(pk__in=[])
    for public_id in ids:
        record_type, _, old = public_id.partition("/")
        condition |= Q(record_type=record_type, old_slug=old)
    return condition


def _by_owner_and_language(ids: Collection[str]) -> Q:
    condition = Q(pk__in=[])
    for public_id in ids:
        kind, owner, language = public_id.split("/")
        condition |= Q(**{f"{LABEL_OWNERS[kind]}__slug": owner, "language": language})
    return condition


def _linked_slugs(name: str) -> Callable[[Any], list[str]]:
    return lambda network: sorted(linked.slug for linked in getattr(network, name).all())


def _regions_of_network(network: Any) -> list[str]:
    return [region.name for region in sorted(network.regions.all(), key=region_path)]


def _focus_areas_of_network(network: Any) -> list[str]:
    return [link.focus_area.slug for link in network.focus_area_links.all()]


def _subregion(country: Any, value: str, keys: Keys) -> None:
    country.region_id = keys["regions"][value]


def _label_record(label: Any) -> str:
    for kind, owner in LABEL_OWNERS.items():
        if getattr(label, f"{owner}_id") is not None:
            return f"{kind}/{getattr(label, owner).slug}"
    raise ValueError(f"label {label.pk} belongs to no record")


def _label_owner(label: Any, value: str, keys: Keys) -> None:
    kind, public_id = value.split("/")
    for other, owner in LABEL_OWNERS.items():
        pk = keys[LABEL_TABLES[kind]][public_id] if other == kind else None
        setattr(label, f"{owner}_id", pk)


NETWORKS = Table(
    name="networks",
    description="City networks: organisations, coalitions, programmes, charters and forums "
    "whose members are cities.",
    model=Network,
    key=("slug",),
    order=("slug",),
    find=_by_slug,
    related=("headquarters_country", "parent", "merged_into"),
    prefetched=(
        Prefetch("regions", Region.objects.select_related("parent")),
        "countries",
        "funders",
        Prefetch(
            "focus_area_links",
            NetworkFocusArea.objects.select_related("focus_area").order_by("rank"),
        ),
    ),
    columns=(
        slug("slug", "Permanent id of the network."),
        plain("name", "Name of the network.", required=True, max_length=200),
        plain("acronym", "Its short name, where it has one.", max_length=40),
        texts("aliases", "Other names: in other languages, former, with or without a sponsor."),
        address("website", "Its website."),
        year("founded", "Year in which it was founded."),
        year("ended", "Year in which it ended or was merged."),
        choice("status", "Whether it is at work.", NetworkStatus),
        reference(
            "merged_into", "The network that it became part of; only when merged.", "networks"
        ),
        choice("kind", "What sort of body it is.", Kind),
        choice("scope", "How far it reaches.", Scope),
        links(
            "regions",
            "Regions of UN M49 that it works in, by name; members may lie outside.",
            "regions",
            _regions_of_network,
            required=True,
        ),
        links(
            "countries",
            "Countries that it is limited to (ISO 3166-1 alpha-2 codes); empty: no such limit.",
            "countries",
            lambda network: sorted(country.code for country in network.countries.all()),
        ),
        plain("headquarters_city", "City of its office, by name.", max_length=100),
        reference("headquarters_country", "Country of its office.", "countries"),
        links(
            "focus_areas",
            "The issues it works on, the most important first.",
            "focus_areas",
            _focus_areas_of_network,
            is_ranked=True,
            required=True,
        ),
        choice("members_are", "Who may be a member.", MembersAre),
        choice("joining", "How a city becomes a member.", Joining),
        choice("fee", "Whether membership costs a fee.", Fee),
        plain("eligibility", "Which cities may join, in words.", max_length=300),
        address("members_url", "Where it publishes its members."),
        plain(
            "stated_members",
            "Number of members that a source states; never a count of the memberships here.",
            type="integer",
            minimum=0,
            maximum=LARGEST_INTEGER,
        ),
        year("stated_members_as_of", "Year that the stated number speaks of."),
        address("stated_members_source", "Where the number is stated."),
        links("funders", "Who pays for it.", "funders", _linked_slugs("funders")),
        reference("parent", "The network that it is a section or a programme of.", "networks"),
        plain("summary", "What it does, in our own words.", required=True, max_length=500),
        choice(
            "standing",
            "How we know of it; sourced: it was seen on a page that is cited.",
            NetworkStanding,
        ),
        texts(
            "sources",
            "Addresses of the pages that speak of it; a semicolon inside one is written %3B.",
            item_format="uri",
            item_max_length=500,
        ),
    ),
)

FOCUS_AREAS = Table(
    name="focus_areas",
    description="The issues that networks work on: a tree two levels deep.",
    model=FocusArea,
    key=("slug",),
    order=("position", "slug"),
    find=_by_slug,
    related=("parent",),
    columns=(
        slug("slug", "Permanent id of the focus area."),
        plain(
            "position",
            "Place in the order in which focus areas are shown, from 1.",
            type="integer",
            required=True,
            unique=True,
            minimum=1,
            maximum=10_000,
        ),
        plain("name", "Name of the focus area.", required=True, max_length=80),
        reference("parent", "The wider focus area; empty for those at the top.", "focus_areas"),
        texts("synonyms", "Other words for it; they feed the search."),
    ),
)

CITIES = Table(
    name="cities",
    description="Municipalities named in memberships, merged municipalities, districts and "
    "boroughs included.",
    model=City,
    key=("id",),
    order=("slug",),
    find=_by_slug,
    columns=(
        slug("id", "Permanent id of the city."),
        plain("name", "Name of the city.", required=True, max_length=200),
        reference("country", "Country or territory.", "countries", required=True),
        plain("admin1", "GeoNames code of the division.", attribute="admin1_code", max_length=20),
        plain("admin1_name", "First-level division that it lies in, by name.", max_length=100),
        plain(
            "latitude",
            "Degrees north (WGS 84); approximate where there is no geonameid.",
            type="number",
            required=True,
            minimum=-90,
            maximum=90,
        ),
        plain(
            "longitude",
            "Degrees east (WGS 84); approximate where there is no geonameid.",
            type="number",
            required=True,
            minimum=-180,
            maximum=180,
        ),
        plain(
            "population",
            "Number of inhabitants; approximate where there is no geonameid.",
            type="integer",
            minimum=0,
            maximum=LARGEST_INTEGER,
        ),
        plain(
            "timezone",
            "Time zone by its IANA name.",
            pattern="[A-Za-z_]+(/[A-Za-z0-9_+-]+)*",
            max_length=40,
        ),
        plain(
            "geonameid",
            "Id in GeoNames; empty where the gazetteer lacks the municipality as such.",
            attribute="place_id",
            type="integer",
            unique=True,
            minimum=1,
            maximum=LARGEST_INTEGER,
        ),
        plain("wikidata", "Id in Wikidata.", unique=True, pattern="Q[1-9][0-9]{0,10}"),
        address("website", "The city's own website."),
    ),
)

MEMBERSHIPS = Table(
    name="memberships",
    description="One city in one network over one period.",
    model=Membership,
    key=("id",),
    order=("id",),
    find=_by_number,
    related=("network", "city"),
    columns=(
        numbered("id", "Permanent id of the membership.", letter="m"),
        reference("network", "The network.", "networks", required=True),
        reference("city", "The city.", "cities", required=True),
        choice("role", "What the city is in the network.", Role),
        flag("founder", "Whether the city helped to found the network."),
        partial_date("joined", "Year, month or day of joining; for a title, of the title."),
        partial_date("left", "Last year, month or day of membership; inclusive."),
        flag("ended", "Whether the city has left on a day that is not known."),
        choice(
            "standing",
            "How well it is known; follows from its statements: disputed while the latest words "
            "of city and network differ, else confirmed if either has spoken, else sourced if it "
            "was seen on a page that is cited, else unverified.",
            MembershipStanding,
        ),
    ),
)

STATEMENTS = Table(
    name="statements",
    description="What memberships rest on: who says what, where, and of which year.",
    model=Statement,
    key=("id",),
    order=("id",),
    find=_by_number,
    related=("membership",),
    columns=(
        numbered("id", "Permanent id of the statement.", letter="s"),
        reference("membership", "The membership it speaks of.", "memberships", required=True),
        choice("voice", "Who speaks.", Voice),
        choice("says", "What it says of the city in the network.", Says),
        partial_date("joined", "Joined, as this voice says."),
        partial_date("left", "Left, as this voice says; inclusive."),
        flag("ended", "Whether this voice says that the city has left, without a date."),
        address("source", "Where it can be read; needed where a source speaks.", max_length=500),
        year("source_year", "Year that the source speaks of; empty: undated source."),
        flag("checked", "Whether it was seen on the page that is cited."),
        plain("written_as", "The city's name in the source, where it differs.", max_length=200),
        day(
            "made",
            "Day on which it was recorded; the starting data, compiled in November 2026, have "
            "the first of that month.",
        ),
    ),
)

FUNDERS = Table(
    name="funders",
    description="Organisations that pay for networks.",
    model=Funder,
    key=("id",),
    order=("slug",),
    find=_by_slug,
    columns=(
        slug("id", "Permanent id of the funder."),
        plain("name", "Name of the funder.", required=True, max_length=200),
    ),
)

COUNTRIES = Table(
    name="countries",
    description="Countries and territories of ISO 3166-1 (and XK), grouped as UN M49 does.",
    model=Country,
    key=("code",),
    order=("code",),
    find=lambda ids: Q(code__in=ids),
    related=("region__parent",),
    columns=(
        plain("code", "ISO 3166-1 alpha-2 code.", required=True, unique=True, pattern="[A-Z]{2}"),
        plain("iso3", "ISO 3166-1 alpha-3 code.", required=True, unique=True, pattern="[A-Z]{3}"),
        plain("m49", "UN M49 code.", pattern="[0-9]{3}"),
        plain("name", "Name of the country or territory.", required=True, max_length=80),
        Column(
            name="region",
            description="First-level region of UN M49.",
            read=lambda country: country.continent.name,
            fields=("region",),
            required=True,
            max_length=80,
        ),
        Column(
            name="subregion",
            description="Second-level region of UN M49; the region again where it has no parts.",
            read=lambda country: country.region.name,
            write=_subregion,
            fields=("region",),
            required=True,
            max_length=80,
        ),
        plain("note", "What a reader must know about this entry; show it.", max_length=200),
    ),
)

REDIRECTS = Table(
    name="redirects",
    description="Former ids of renamed or merged records, and the ids that stand for them now.",
    model=Redirect,
    key=("record_type", "old"),
    order=("record_type", "old_slug"),
    find=_by_type_and_slug,
    columns=(
        choice("record_type", "What kind of record it is.", RecordType),
        plain(
            "old",
            "Former id.",
            attribute="old_slug",
            required=True,
            pattern=SLUG,
            max_length=80,
        ),
        plain(
            "new",
            "Present id.",
            attribute="new_slug",
            required=True,
            pattern=SLUG,
            max_length=80,
        ),
    ),
)

LABELS = Table(
    name="labels",
    description="Names of networks, cities and focus areas by language.",
    model=Label,
    key=("record", "language"),
    order=(
        F("city__slug").asc(nulls_last=True),
        F("focus_area__slug").asc(nulls_last=True),
        F("network__slug").asc(nulls_last=True),
        "language",
    ),
    find=_by_owner_and_language,
    related=("city", "focus_area", "network"),
    columns=(
        Column(
            name="record",
            description="The record: cities/…, focus-areas/… or networks/… and its id.",
            read=_label_record,
            write=_label_owner,
            fields=("city", "focus_area", "network"),
            required=True,
            pattern=f"({'|'.join(LABEL_OWNERS)})/{SLUG}",
            max_length=100,
        ),
        plain(
            "language",
            "Language of the name: a BCP 47 tag such as fr, zh-Hant or pt-BR.",
            required=True,
            pattern="[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?",
            max_length=12,
        ),
        plain("name", "The name in that language.", required=True, max_length=200),
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        COUNTRIES,
        FOCUS_AREAS,
        FUNDERS,
        NETWORKS,
        CITIES,
        MEMBERSHIPS,
        STATEMENTS,
        LABELS,
        REDIRECTS,
    )
}
"""Every public table by name, each after those that it refers to."""
