"""The preview of an upload as its page shows it: counts by verdict, and rows with names."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.models import City, Membership, Network, Upload, UploadRow
from directory.models.upload import Verdict
from directory.registration import bulk
from directory.web.addresses import Address
from directory.web.paging import Pages, page_number

ROWS_PER_PAGE = 100
# A single name that is alike is what was meant, more often than not; the person looks at it.
PRESELECTED = 0.8
ABOUT: dict[str, Promise] = {
    Verdict.ERROR: gettext_lazy(
        "These rows cannot be published. Mend them in your file and send it again, or publish "
        "without them."
    ),
    Verdict.AMBIGUOUS: gettext_lazy("The name fits several, or none exactly. Choose for each row."),
    Verdict.UNKNOWN: gettext_lazy(
        "Nothing of this name was found. Write another name, or leave the row out."
    ),
    Verdict.NEW: gettext_lazy("These memberships would be added."),
    Verdict.CHANGED: gettext_lazy("These memberships are there and would be changed."),
    Verdict.SAME: gettext_lazy("These are there already; your office would confirm them."),
    Verdict.GONE: gettext_lazy(
        "The directory lists these as current; your file does not hold them. They stay as they "
        "are unless you end them below."
    ),
    Verdict.REPEATED: gettext_lazy("An earlier row says the same; these are passed over."),
    Verdict.SKIPPED: gettext_lazy("You left these out."),
}


@dataclass(frozen=True)
class Tab:
    """One verdict: how many rows have it, and where they stand."""

    verdict: str
    label: str
    rows: int
    link: str
    is_shown: bool


@dataclass(frozen=True)
class ShownRow:
    """One row with what it was found to speak of."""

    row: UploadRow
    written: str
    beside: str
    record: City | Network | None
    candidates: list[tuple[City | Network, int, bool]]
    differences: list[tuple[str, str, str]]
    sentences: list[tuple[str, str]]


class Preview:
    """What the page of one upload shows of one verdict."""

    def __init__(self, request: HttpRequest, upload: Upload) -> None:
        self.upload = upload
        self.counts = bulk.counts(upload)
        self._address = Address.of(request.path, request.GET, ("show", "page"))
        asked = request.GET.get("show", "")
        filled = [verdict for verdict in Verdict.values if self.counts[verdict]]
        self.verdict = asked if asked in Verdict.values else next(iter(filled), Verdict.NEW)
        self.about = ABOUT[self.verdict]
        self.label = Verdict(self.verdict).label
        self.is_open = upload.state == "previewed"
        self.asks = self.is_open and self.verdict in (
            Verdict.AMBIGUOUS,
            Verdict.UNKNOWN,
            Verdict.SKIPPED,
            Verdict.GONE,
        )
        self.pages = Pages(
            self._address, page_number(request.GET), self.counts[self.verdict], ROWS_PER_PAGE
        )

    @property
    def unusable(self) -> int:
        """How many rows cannot be published."""
        return sum(self.counts[verdict] for verdict in bulk.UNUSABLE)

    @property
    def usable(self) -> int:
        """How many rows would be published."""
        return sum(self.counts[v] for v in (Verdict.NEW, Verdict.CHANGED, Verdict.SAME))

    @property
    def tabs(self) -> list[Tab]:
        """The verdicts that some row has."""
        plain = self._address.without("page", "show")
        return [
            Tab(
                verdict,
                Verdict(verdict).label,
                rows,
                str(plain.having("show", verdict)),
                verdict == self.verdict,
            )
            for verdict, rows in self.counts.items()
            if rows
        ]

    @cached_property
    def rows(self) -> list[ShownRow]:
        """The rows of this page."""
        found = self.upload.rows.filter(verdict=self.verdict).order_by("number")
        rows = list(found[self.pages.start : self.pages.stop])
        records = self._records(rows)
        return [self._shown(row, records) for row in rows]

    def _records(self, rows: list[UploadRow]) -> dict[str, Any]:
        slugs = {row.record for row in rows} | {s for row in rows for s, _score in row.candidates}
        if self.upload.network_id:
            return City.objects.public().with_country().in_bulk(slugs, field_name="slug")
        return Network.objects.public().in_bulk(slugs, field_name="slug")

    def _shown(self, row: UploadRow, records: dict[str, Any]) -> ShownRow:
        candidates = [(slug, score) for slug, score in row.candidates if slug in records]
        is_likely = len(candidates) == 1 and candidates[0][1] >= PRESELECTED
        name = "city" if self.upload.network_id else "network"
        return ShownRow(
            row=row,
            written=self._cell(row, name),
            beside=", ".join(filter(None, (self._cell(row, n) for n in ("division", "country")))),
            record=records.get(row.record),
            candidates=[
                (records[slug], round(score * 100), is_likely) for slug, score in candidates
            ],
            differences=[
                (str(Membership._meta.get_field(column).verbose_name), _said(before), _said(after))
                for column, (before, after) in row.difference.items()
                if row.verdict == Verdict.CHANGED
            ],
            sentences=[
                (self._header(column), sentence)
                for column, sentences in row.errors.items()
                for sentence in sentences
            ],
        )

    def _cell(self, row: UploadRow, meaning: str) -> str:
        place = self.upload.columns.get(meaning)
        return row.cells[place] if place is not None and place < len(row.cells) else ""

    def _header(self, column: str) -> str:
        place = self.upload.columns.get(column)
        return self.upload.header[place] if place is not None else column


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value) or _("not known")
