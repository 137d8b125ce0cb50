"""The public tables of cities: where they are, what they belong to, and how we know."""

from typing import Any

from django.db.models import Q

from directory.models.choices import MembershipStanding, Role, Says, Voice
from directory.models.city import City
from directory.models.column_kinds import (
    LARGEST_INTEGER,
    address,
    by_number,
    by_slug,
    choice,
    day,
    flag,
    numbered,
    partial_date,
    plain,
    reference,
    slug,
    year,
)
from directory.models.columns import Column, Keys, Table
from directory.models.membership import Membership
from directory.models.region import Country
from directory.models.statement import Statement


def _subregion(country: Any, value: str, keys: Keys) -> None:
    country.region_id = keys["regions"][value]


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

CITIES = Table(
    name="cities",
    description="Municipalities named in memberships, merged municipalities, districts and "
    "boroughs included.",
    model=City,
    key=("id",),
    order=("slug",),
    find=by_slug,
    related=("successor",),
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
        year("ended", "Year in which it ended as a municipality, as by a merger."),
        reference("successor", "The city that it became part of when it ended.", "cities"),
    ),
)

MEMBERSHIPS = Table(
    name="memberships",
    description="One city in one network over one period.",
    model=Membership,
    key=("id",),
    order=("id",),
    find=by_number,
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
    find=by_number,
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
