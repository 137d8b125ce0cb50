"""Memberships as lists show them, written from plain values: two queries, and no record is made.

A page of a hundred memberships would be a thousand objects of models and serializers. What is
written here is what ``MembershipSerializer`` writes of each (a test compares every field), from the
columns alone that are asked for; networks and countries, which many rows share, are written once
for each revision.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import orjson
from django.conf import settings
from django.db.models import QuerySet

from api.serializers.references import CountryReference, NetworkReference
from directory.insights.statements import is_old_by, last_confirmed_in, newest_year_in
from directory.models import Country, Network, Statement
from directory.models.membership import is_current
from directory.search.per_revision import PerRevision

Json = dict[str, Any]


class Within(NamedTuple):
    """What a row is written with, beside its own columns."""

    day: datetime.date
    words: Mapping[int, "Words"]
    networks: Mapping[int, orjson.Fragment]
    countries: Mapping[str, orjson.Fragment]
    addresses: "Addresses"


class Words(NamedTuple):
    """What the statements say that a membership rests on, and they themselves in JSON's terms."""

    newest_year: int | None
    last_confirmed: datetime.date | None
    written: Sequence[Json]


UNSAID = Words(None, None, ())


class Addresses(NamedTuple):
    """What the addresses of records begin with."""

    memberships: str
    pages: str
    statements: str
    cities: str

    @classmethod
    def of_site(cls) -> "Addresses":
        """Return those of this site."""
        site = settings.SITE_URL
        api = f"{site}/api/v1"
        return cls(
            memberships=f"{api}/memberships/",
            pages=f"{site}/memberships/",
            statements=f"{api}/statements/",
            cities=f"{api}/cities/",
        )


class Field(NamedTuple):
    """The columns of a membership that a field needs, and how it is written from them."""

    columns: tuple[str, ...]
    write: Callable[[Any, Within], Any]


CITY = ("slug", "name", "country_id", "admin1_name", "latitude", "longitude")
STATEMENT = (
    *("membership_id", "id", "voice", "says", "joined", "left", "ended", "source"),
    *("source_year", "checked", "written_as", "made"),
)
LIVES = ("left", "ended", "joined_first_day", "left_last_day")


def _plain(name: str) -> Field:
    return Field((name,), lambda row, _within: getattr(row, name))


def _known(name: str) -> Field:
    return Field((name,), lambda row, _within: getattr(row, name) or None)


def _said(write: Callable[[Words, Within], Any]) -> Field:
    return Field((), lambda row, within: write(within.words.get(row.id, UNSAID), within))


FIELDS = {
    "id": Field((), lambda row, _within: f"m{row.id:05d}"),
    "url": Field((), lambda row, within: f"{within.addresses.memberships}m{row.id:05d}/"),
    "html_url": Field((), lambda row, within: f"{within.addresses.pages}m{row.id:05d}/"),
    "network": Field(("network_id",), lambda row, within: within.networks[row.network_id]),
    "city": Field(tuple(f"city__{name}" for name in CITY), lambda row, within: _city(row, within)),
    "role": _plain("role"),
    "founder": _plain("founder"),
    "joined": _known("joined"),
    "left": _known("left"),
    "ended": _plain("ended"),
    "current": Field(LIVES, lambda row, within: is_current(row, within.day)),
    "as_of_answer": Field((), lambda row, _within: getattr(row, "as_of_answer", None)),
    "standing": _plain("standing"),
    "newest_year": _said(lambda words, _within: words.newest_year),
    "old": _said(lambda words, within: is_old_by(words.newest_year, within.day)),
    "last_confirmed": _said(lambda words, _within: words.last_confirmed),
    "statements": _said(lambda words, _within: words.written),
}
OF_STATEMENTS = {"newest_year", "old", "last_confirmed", "statements"}


class MembershipRows:
    """The fields that are wanted of memberships (None: all), as they stand on a day."""

    def __init__(self, only: frozenset[str] | None, day: datetime.date) -> None:
        self._fields = {
            name: field for name, field in FIELDS.items() if only is None or name in only
        }
        self._day = day

    def of(self, memberships: QuerySet) -> QuerySet:
        """Return the memberships as plain values, with the columns that are needed."""
        columns = dict.fromkeys(
            column for field in self._fields.values() for column in field.columns
        )
        answers = [name for name in ("as_of_answer",) if name in memberships.query.annotations]
        return memberships.values_list("id", *columns, *answers, named=True)

    def written(self, rows: Sequence[Any]) -> list[Json]:
        """Return the rows in JSON's terms."""
        wanted = self._fields.keys()
        addresses = Addresses.of_site()
        within = Within(
            day=self._day,
            words=_words(rows, addresses) if not wanted.isdisjoint(OF_STATEMENTS) else {},
            networks=_networks.get(settings.SITE_URL) if "network" in wanted else {},
            countries=_countries.get(settings.SITE_URL) if "city" in wanted else {},
            addresses=addresses,
        )
        writes = [(name, field.write) for name, field in self._fields.items()]
        return [{name: write(row, within) for name, write in writes} for row in rows]


def _words(rows: Iterable[Any], addresses: Addresses) -> Mapping[int, Words]:
    """Return what memberships rest on, the oldest statement first, by membership."""
    found = Statement.objects.filter(membership__in=[row.id for row in rows]).order_by("id")
    by_membership: dict[int, list[Any]] = defaultdict(list)
    for statement in found.values_list(*STATEMENT, named=True):
        by_membership[statement.membership_id].append(statement)
    return {
        membership: Words(
            newest_year_in(statements),
            last_confirmed_in(statements),
            [_statement(statement, addresses) for statement in statements],
        )
        for membership, statements in by_membership.items()
    }


def _statement(word: Any, addresses: Addresses) -> Json:
    public_id = f"s{word.id:05d}"
    return {
        "id": public_id,
        "url": f"{addresses.statements}{public_id}/",
        "voice": word.voice,
        "says": word.says,
        "joined": word.joined or None,
        "left": word.left or None,
        "ended": word.ended,
        "source": word.source or None,
        "source_year": word.source_year,
        "checked": word.checked,
        "written_as": word.written_as or None,
        "made": word.made,
    }


def _city(row: Any, within: Within) -> Json:
    return {
        "slug": row.city__slug,
        "name": row.city__name,
        "country": within.countries[row.city__country_id],
        "admin1_name": row.city__admin1_name or None,
        "latitude": row.city__latitude,
        "longitude": row.city__longitude,
        "url": f"{within.addresses.cities}{row.city__slug}/",
    }


def _all_networks(_site: str) -> Mapping[int, orjson.Fragment]:
    return {
        network.pk: orjson.Fragment(orjson.dumps(NetworkReference(network).data))
        for network in Network.objects.only("slug", "name", "acronym")
    }


def _all_countries(_site: str) -> Mapping[str, orjson.Fragment]:
    return {
        country.pk: orjson.Fragment(orjson.dumps(CountryReference(country).data))
        for country in Country.objects.only("code", "name")
    }


# What many rows share, written once while the data stand.
_networks = PerRevision(_all_networks, of=("networks",))
_countries = PerRevision(_all_countries, of=("countries",))
