"""What the address of a comparison names: records, unknown and former ids, one to be added."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.insights.comparing import LEAST_COMPARED, MOST_COMPARED, Overlap
from directory.models import City, Network
from directory.models.choices import RecordType
from directory.models.fields import SLUG
from directory.models.public import PublicQuerySet
from directory.search.meant import Meant
from directory.search.names import named
from directory.web.addresses import Address
from directory.web.former_addresses import present_slugs
from directory.web.forms.records import LONGEST, records_meant
from directory.web.listing import Mistake

# What is named beyond this is not even looked up.
MOST_READ = 8
# Of a wrong id, and of a name that several bear.
SHOWN_OF_TEXT = 100


@dataclass(frozen=True)
class Comparable:
    """A kind of record that can be compared, and how an address names one.

    ``page``, ``whole_list`` and ``file`` are the names of the addresses of a comparison, of one of
    its lists, and of the same for programs.
    """

    parameter: str
    table: str
    record_type: RecordType
    page: str
    whole_list: str
    file: str
    rows: Callable[[], PublicQuerySet]


NETWORKS = Comparable(
    "network",
    "networks",
    RecordType.NETWORK,
    "compare-networks",
    "compare-networks-list",
    "compare-networks-file",
    lambda: Network.objects.public().with_facts(),
)
CITIES = Comparable(
    "city",
    "cities",
    RecordType.CITY,
    "compare-cities",
    "compare-cities-list",
    "compare-cities-file",
    lambda: City.objects.public().with_country(),
)
# Names the records that have what a list of a comparison holds.
HOLDERS = "of"


class Named:
    """The records that a request names to be compared; ``status`` is 400 where some cannot be.

    ``found`` stand in the order of the address. ``elsewhere`` is where to go instead, if anywhere:
    by former ids, by ids in capitals, and once a record that was typed is found. ``holders`` are
    the ids of those whose list is asked for, on the page of one (``is_list``).
    """

    def __init__(self, request: HttpRequest, kind: Comparable, *, is_list: bool = False) -> None:
        self.kind = kind
        self._path = request.path
        known = [kind.parameter, HOLDERS] if is_list else [kind.parameter]
        asked = Address.of(request.path, request.GET, known)
        self.asked = asked.values(kind.parameter)[:MOST_READ]
        self.add = request.GET.get("add", "").strip()[:LONGEST]
        slugs = [slug.lower() for slug in self.asked]
        rows = kind.rows().filter(slug__in=[slug for slug in slugs if _is_slug(slug)])
        by_slug = {record.slug: record for record in (rows if slugs else [])}
        missing = [slug for slug in slugs if slug not in by_slug]
        moved = present_slugs(kind.record_type, filter(_is_slug, missing)) if missing else {}
        self._slugs = [moved.get(slug, slug) for slug in slugs]
        self.holders = [moved.get(slug, slug) for slug in map(str.lower, asked.values(HOLDERS))]
        self.unknown = [slug for slug in missing if slug not in moved]
        self.found = [by_slug[slug] for slug in dict.fromkeys(slugs) if slug in by_slug]

    @cached_property
    def elsewhere(self) -> HttpResponse | None:
        """The answer that leads to the right address; None where this is it."""
        if self.meant.sure:
            return redirect(self.address_of([*self._slugs, self.meant.sure.slug]))
        if self._slugs != self.asked and not self.unknown:
            return HttpResponsePermanentRedirect(self.address_of(self._slugs))
        return None

    @cached_property
    def meant(self) -> Meant:
        """What the text typed to add one may mean."""
        return records_meant(self.kind.table, self.add) if self.add else Meant()

    @property
    def offered(self) -> list[tuple[Any, str]]:
        """What the text typed may mean, each with the address that adds it."""
        return [(record, self.with_one(record.slug)) for record in self.meant.records]

    def address_of(self, slugs: list[str]) -> str:
        """Return the address that compares the records of these ids."""
        return str(self._naming(slugs, self._path, self.holders))

    def list_of(self, overlap: Overlap) -> str:
        """Return the address of the whole list of an overlap."""
        holders = [holder.slug for holder in overlap.holders]
        return str(self._naming(self._slugs, reverse(self.kind.whole_list), holders))

    @property
    def comparison(self) -> str:
        """The address of the whole comparison."""
        return str(self._naming(self._slugs, reverse(self.kind.page)))

    @property
    def file(self) -> str:
        """The address of all lists of the comparison in one file."""
        return str(self._naming(self._slugs, reverse(self.kind.file)))

    def _naming(self, slugs: Iterable[str], path: str, holders: Iterable[str] = ()) -> Address:
        pairs = [(self.kind.parameter, slug) for slug in slugs]
        return Address(path, tuple(dict.fromkeys([*pairs, *((HOLDERS, one) for one in holders)])))

    def with_one(self, slug: str) -> str:
        """Return the address that compares one more."""
        return self.address_of([*self._slugs, slug])

    def without(self, slug: str) -> str:
        """Return the address that leaves one out."""
        return self.address_of([other for other in self._slugs if other != slug])

    @property
    def canonical(self) -> str:
        """The address of the comparison; whichever is named first, it is the same."""
        return self.address_of(sorted(self._slugs))

    @property
    def address(self) -> str:
        """The address that leads back here."""
        return self.address_of(self._slugs)

    @property
    def chosen(self) -> list[tuple[Any, str]]:
        """The records found, each with the address that leaves it out."""
        return [(record, self.without(record.slug)) for record in self.found]

    @property
    def is_enough(self) -> bool:
        """Whether there is something to compare."""
        return len(self.found) >= LEAST_COMPARED and not self.mistakes

    @property
    def is_one(self) -> bool:
        """Whether one record is chosen, which still needs another."""
        return len(self.found) == 1 and not self.mistakes

    @property
    def takes_more(self) -> bool:
        """Whether one more may be added."""
        return len(self.asked) < MOST_COMPARED

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return 400 if self.mistakes else 200

    @cached_property
    def mistakes(self) -> list[Mistake]:
        """Ids that nothing has, each with what may be meant; more records than can be compared."""
        found = [
            Mistake(
                self.kind.parameter,
                slug[:SHOWN_OF_TEXT],
                self._said_of(slug[:SHOWN_OF_TEXT]),
                self.without(slug),
                self._meant_by(slug),
            )
            for slug in self.unknown[:MOST_COMPARED]
        ]
        if len(self.asked) > MOST_COMPARED:
            message = _("No more than %(most)d can be compared: leave some out.")
            found.append(
                Mistake(
                    self.kind.parameter,
                    "",
                    message % {"most": MOST_COMPARED},
                    self.address_of(self._slugs[:MOST_COMPARED]),
                    [],
                )
            )
        return found

    def _said_of(self, slug: str) -> str:
        sentence = (
            _("No city here has the id “%(id)s”.")
            if self.kind is CITIES
            else _("No network here has the id “%(id)s”.")
        )
        return sentence % {"id": slug}

    def _meant_by(self, slug: str) -> list[tuple[str, str]]:
        """Return what a wrong id may mean: label, and the address that names it instead."""
        words = slug[:LONGEST].replace("-", " ")
        return [
            (
                called(record),
                self.address_of([record.slug if s == slug else s for s in self._slugs]),
            )
            for record in records_meant(self.kind.table, words).records[:MOST_COMPARED]
        ]


def called(record: City | Network) -> str:
    """Return the name of a record, of a city with its country."""
    return f"{named(record)}, {named(record.country)}" if isinstance(record, City) else record.name


def _is_slug(text: str) -> bool:
    return bool(re.fullmatch(SLUG, text, re.ASCII))
