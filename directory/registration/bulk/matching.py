"""Which record each row speaks of: a network's file names cities, a city's file networks."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from directory.matching import NameQuery
from directory.matching.countries import Countries
from directory.models import City, Upload, UploadRow
from directory.models.upload import Verdict
from directory.registration.bulk.cells import Errors, text_of
from directory.registration.bulk.finding import Match
from directory.registration.bulk.matching_cities import CityFinder
from directory.registration.bulk.matching_networks import NetworkFinder

Cells = Mapping[str, str]


def match(upload: Upload, rows: list[UploadRow]) -> None:
    """Set record, score, candidates and errors of rows; the verdict of those that stay open."""
    office = upload.office
    read = [{name: row.cells[place] for name, place in upload.columns.items()} for row in rows]
    matcher = (
        _OfNetworks(office, read) if isinstance(office, City) else _OfCities(office, read, rows)
    )
    for row, cells in zip(rows, read, strict=True):
        errors: Errors = {}
        _take(row, matcher, cells, errors)
        row.errors = errors


def _take(row: UploadRow, matcher: Any, cells: Cells, errors: Errors) -> None:
    name = matcher.name
    row.record, row.score, row.candidates = "", 0.0, []
    row.verdict = Verdict.NEW
    if row.chosen == UploadRow.SKIP:
        row.verdict, row.values, row.difference, row.membership = Verdict.SKIPPED, {}, {}, None
        return
    matcher.check_office(cells, errors)
    if row.chosen in matcher.finder.slugs:
        row.record, row.score = row.chosen, 1.0
        return
    written = row.typed or text_of(name, cells.get(name, ""), errors)
    if name not in errors and not written:
        errors[name] = [_("The cell is empty.")]
    if errors:
        return
    found: Match = matcher.find(written, "" if row.typed else None, cells, errors)
    if errors:
        return
    row.record, row.score = found.record, found.score
    row.candidates = [list(candidate) for candidate in found.candidates]
    if not found.record:
        row.verdict = Verdict.AMBIGUOUS if found.is_close else Verdict.UNKNOWN
        row.values, row.difference, row.membership = {}, {}, None
        errors[name] = [_why(found, written), *filter(None, [found.remark])]


def _why(found: Match, written: str) -> str:
    if not found.is_close:
        return _("“%(name)s” was not found.") % {"name": written}
    if len(found.candidates) > 1:
        return _("“%(name)s” may be several. Choose the right one.") % {"name": written}
    return _("“%(name)s” is not surely what was found. Choose it, or another.") % {"name": written}


class _OfCities:
    """For the file of a network."""

    name = "city"

    def __init__(self, office: Any, read: list[Cells], rows: list[UploadRow]) -> None:
        self.office = office
        typed = (row.typed for row in rows if row.typed)
        self._networks = NetworkFinder() if any(cells.get("network") for cells in read) else None
        self._countries = Countries()
        self.finder = CityFinder(
            [*(self._query(cells, {}) for cells in read), *(NameQuery(name) for name in typed)]
        )

    def check_office(self, cells: Cells, errors: Errors) -> None:
        """Note a row that is about another network."""
        written = cells.get("network", "").strip()
        if written and self._networks is not None:
            found = self._networks.find(written)
            if self.office.slug not in (found.record, *(slug for slug, _score in found.candidates)):
                errors["network"] = [
                    _("This row is about “%(name)s”, not about %(office)s.")
                    % {"name": written[:80], "office": self.office.name}
                ]

    def find(self, written: str, country: str | None, cells: Cells, errors: Errors) -> Match:
        """Find the city; ``country`` "" looks everywhere, None where the row says."""
        if country is not None:
            return self.finder.find(NameQuery(written))
        query = self._query(cells, errors)
        return Match() if errors else self.finder.find(query)

    def _query(self, cells: Cells, errors: Errors) -> NameQuery:
        """Return what a row asks for."""
        said = text_of("country", cells.get("country", ""), errors)
        code = self._countries.code_of(said) if said else ""
        if code is None:
            errors["country"] = [
                _("“%(name)s” is no country that we know. Write its name or two letters (NO).")
                % {"name": said}
            ]
        name = text_of(self.name, cells.get(self.name, ""), errors)
        return NameQuery(name, code or "", text_of("division", cells.get("division", ""), errors))


class _OfNetworks:
    """For the file of a city."""

    name = "network"

    def __init__(self, office: Any, read: list[Cells]) -> None:
        self.office = office
        self.finder = NetworkFinder()
        self._cities = (
            CityFinder(NameQuery(cells["city"].strip()) for cells in read)
            if any(cells.get("city") for cells in read)
            else None
        )

    def check_office(self, cells: Cells, errors: Errors) -> None:
        """Note a row that is about another city."""
        written = cells.get("city", "").strip()
        if written and self._cities is not None:
            found = self._cities.find(NameQuery(written))
            if self.office.slug not in (found.record, *(slug for slug, _score in found.candidates)):
                errors["city"] = [
                    _("This row is about “%(name)s”, not about %(office)s.")
                    % {"name": written[:80], "office": self.office.name}
                ]

    def find(self, written: str, country: str | None, cells: Cells, errors: Errors) -> Match:
        """Find the network."""
        return self.finder.find(written)
