"""What would become of each row: compared with what is there, by the rules that writes obey."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from directory.models import Membership, Upload, UploadRow
from directory.models.choices import MembershipStanding
from directory.models.upload import Verdict
from directory.registration.bulk.cells import Errors, values_of
from directory.registration.joining import check_not_over
from directory.registration.memberships import EDITABLE
from directory.registration.offices import column_of
from directory.registration.periods import check_period, clashing
from directory.registration.problems import Invalid, NotPossible
from directory.registration.sides import fill

UNDECIDED = (Verdict.AMBIGUOUS, Verdict.UNKNOWN, Verdict.SKIPPED)


class Judge:
    """Judges the rows of one upload, in their order: a later row may repeat an earlier one."""

    def __init__(self, upload: Upload) -> None:
        self.upload, self.office = upload, upload.office
        self.own = column_of(self.office)
        self.other = "network" if self.own == "city" else "city"
        self._there: dict[str, list[Membership]] = defaultdict(list)
        self._by_id: dict[int, Membership] = {}
        listed = Membership.objects.filter(**{self.own: self.office}).select_related(self.other)
        for membership in listed.order_by("pk"):
            setattr(membership, self.own, self.office)
            self._there[getattr(membership, self.other).slug].append(membership)
            self._by_id[membership.pk] = membership
        self._records: dict[str, Any] = {}
        self._spoken_of: dict[int, UploadRow] = {}
        self._new: dict[str, list[tuple[Membership, UploadRow]]] = defaultdict(list)

    def judge(self, rows: list[UploadRow]) -> None:
        """Set verdict, values, membership, difference and errors of rows that were matched."""
        model = Membership._meta.get_field(self.other).related_model
        self._records = model.objects.in_bulk(
            {row.record for row in rows if row.record}, field_name="slug"
        )
        for row in rows:
            if row.verdict not in UNDECIDED:
                self._judge(row)

    def gone(self, rows: Iterable[UploadRow]) -> list[Membership]:
        """Return the open memberships of which no row speaks, or may speak, in order of name."""
        maybe = {record for row in rows for record, _score in row.candidates}
        maybe |= {row.record for row in rows if row.verdict == Verdict.ERROR}
        found = [
            membership
            for slug, memberships in self._there.items()
            for membership in memberships
            if membership.is_open and membership.pk not in self._spoken_of and slug not in maybe
        ]
        return sorted(found, key=lambda membership: (getattr(membership, self.other).name_key,))

    def _judge(self, row: UploadRow) -> None:
        places = self.upload.columns
        cells = {meaning: row.cells[place] for meaning, place in places.items()}
        errors: Errors = dict(row.errors)
        row.membership, row.difference = None, {}
        row.values = values_of(cells, errors)
        existing = None if errors else self._named(cells.get("id", ""), row, errors)
        if not errors:
            try:
                self._compare(row, existing)
            except Invalid as refusal:
                errors.update(refusal.errors)
            except NotPossible as refusal:
                errors[self.other] = [str(refusal)]
        row.errors = errors
        if errors:
            row.verdict = Verdict.ERROR

    def _named(self, cell: str, row: UploadRow, errors: Errors) -> Membership | None:
        """Return the membership that the row names by its permanent id, if it does."""
        cell = cell.strip().lower()
        if not (cell.startswith("m") and cell[1:].isdecimal() and len(cell) < 16):
            return None
        found = self._by_id.get(int(cell[1:]))
        if found is None:
            errors["id"] = [_("This is no membership of yours. Leave the cell empty.")]
        elif getattr(found, self.other).slug != row.record:
            errors["id"] = [_("This membership is another's. Leave the cell empty.")]
        return found

    def _compare(self, row: UploadRow, named: Membership | None) -> None:
        record = self._records[row.record]
        said = {name: value for name, value in row.values.items() if name in EDITABLE}
        there = self._there[row.record]
        wanted = self._membership(record, said)
        existing = named or _meant(wanted, there)
        if existing is None:
            if self._repeats(row, wanted):
                return
            check_not_over(wanted.city, wanted.network, said)
            check_period(wanted, others=there)
            self._new[row.record].append((wanted, row))
            row.verdict = Verdict.NEW
            return
        if self._speaks_again(row, existing):
            return
        row.membership = existing.pk
        before = {name: getattr(existing, name) for name in said}
        if said.get("left") and existing.ended:
            before["ended"], said["ended"] = True, False
        row.difference = {n: [before[n], said[n]] for n in said if said[n] != before[n]}
        row.verdict = Verdict.CHANGED if row.difference else Verdict.SAME
        if row.difference:
            row.values |= {name: after for name, (_before, after) in row.difference.items()}
            changed = self._membership(record, {n: getattr(existing, n) for n in EDITABLE} | said)
            changed.pk = existing.pk
            check_period(changed, others=there)

    def _membership(self, record: Any, said: dict[str, Any]) -> Membership:
        membership = Membership(
            standing=MembershipStanding.UNVERIFIED, **{self.own: self.office, self.other: record}
        )
        fill(membership, said)
        return membership

    def _repeats(self, row: UploadRow, wanted: Membership) -> bool:
        """Whether an earlier row says the same; raises where it says otherwise of the same time."""
        earlier = self._new[row.record]
        other = clashing(wanted, others=[membership for membership, _row in earlier])
        return any(
            membership is other and self._is_same(row, said_in) for membership, said_in in earlier
        )

    def _speaks_again(self, row: UploadRow, existing: Membership) -> bool:
        earlier = self._spoken_of.setdefault(existing.pk, row)
        return earlier is not row and self._is_same(row, earlier)

    def _is_same(self, row: UploadRow, earlier: UploadRow) -> bool:
        said = {name: value for name, value in row.values.items() if name in EDITABLE}
        if any(earlier.values.get(name) != value for name, value in said.items()):
            raise NotPossible(
                _("Row %(number)d says otherwise of the same membership. Keep one of the two.")
                % {"number": earlier.number},
                code="repeated",
            )
        row.verdict, row.difference = Verdict.REPEATED, {"row": [earlier.number, row.number]}
        return True


def _meant(wanted: Membership, there: list[Membership]) -> Membership | None:
    """Return which of the memberships that are there a row speaks of, or None: of a new one."""
    if not there:
        return None
    for existing in there:
        if existing.is_open and not _is_earlier(wanted, existing):
            return existing
    for existing in there:
        if (existing.left, existing.ended) == (wanted.left, wanted.ended):
            return existing
        if wanted.joined and existing.joined[:4] == wanted.joined[:4]:
            return existing
    return clashing(wanted, others=there)


def _is_earlier(wanted: Membership, open_one: Membership) -> bool:
    """Whether a row speaks of a time before the membership that is open now."""
    joined = open_one.joined
    return bool(wanted.left and joined and wanted.left[:4] < joined[:4])
