"""Publishing an upload: all of it in one change set, or nothing."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.history import Changes, current_revision
from directory.models import City, Membership, Upload, UploadRow
from directory.models.upload import UploadState, Verdict
from directory.registration import memberships
from directory.registration import together as memberships_of_many
from directory.registration.bulk.cells import EVIDENCE
from directory.registration.bulk.choosing import locked, require_open, require_own
from directory.registration.bulk.previewing import counts, refresh, replace_rows
from directory.registration.memberships import EDITABLE
from directory.registration.offices import column_of
from directory.registration.problems import Invalid, NotPossible, one_line
from directory.registration.recording import recorded
from directory.registration.sides import lock_cities
from directory.registration.statements import Evidence
from directory.registration.together import Addition

UNUSABLE = (Verdict.ERROR, Verdict.AMBIGUOUS, Verdict.UNKNOWN)


def confirm(
    *,
    actor: Any,
    upload: Upload,
    without_unusable: bool = False,
    ends_missing: bool = False,
    left: str = "",
    reason: str = "",
) -> Upload:
    """Write what the preview shows, in the office's voice; twice is once.

    ``without_unusable``: leave out the rows that cannot be used. ``ends_missing``: end the
    memberships that a complete list does not hold, on the day ``left`` or on one not known.
    """
    require_own(actor, upload)
    upload.refresh_from_db()
    if upload.state == UploadState.CONFIRMED:
        return upload
    require_open(upload)
    if ends_missing and not one_line(reason):
        raise Invalid({"reason": [_("Say why they ended; it is published with the change.")]})
    _look_again(upload)
    written = one_line(reason) or "Uploaded list"
    try:
        with recorded(
            actor=actor, office=upload.office, reason=written, origin=upload.origin
        ) as changes:
            upload = locked(upload)
            if upload.state == UploadState.CONFIRMED:
                return upload
            require_open(upload)
            _check_usable(upload, without_unusable=without_unusable)
            lock_cities(_cities_of(upload))
            # Where others always write, what they write elsewhere must not hold this up for ever.
            if current_revision() != upload.revision and refresh(upload):
                raise _Different
            _Writer(actor, upload, written).write(ends_missing=ends_missing, left=left)
            _close(upload, changes)
    except _Different:
        # Judged anew once more: what was judged within that transaction has gone with it.
        _look_again(upload)
        raise moved() from None
    return upload


class _Different(Exception):
    """Raised to leave the transaction where the preview no longer shows what would be written."""


def _cities_of(upload: Upload) -> QuerySet[City]:
    """Return the cities of whose memberships the rows speak.

    Held before the revision is looked at: a change that is under way is then over, and seen.
    """
    if upload.city_id is not None:
        return City.objects.filter(pk=upload.city_id)
    rows = upload.rows.exclude(verdict__in=UNUSABLE)
    return City.objects.filter(slug__in=rows.values("record"))


def _look_again(upload: Upload) -> None:
    """Judge the rows anew where the public data moved on; raises where that made a difference."""
    if current_revision() == upload.revision:
        return
    with transaction.atomic():
        is_different = refresh(locked(upload))
    if is_different:
        raise moved()


def moved() -> NotPossible:
    """Return the refusal of a preview that no longer shows what would be published."""
    return NotPossible(
        _(
            "The directory changed since this preview was made. Nothing was published. Look "
            "through it again: it now shows what would become of the rows."
        ),
        code="moved",
    )


def _check_usable(upload: Upload, *, without_unusable: bool) -> None:
    found = counts(upload)
    unusable = sum(found[verdict] for verdict in UNUSABLE)
    if unusable and not without_unusable:
        raise NotPossible(
            ngettext(
                "%(rows)d row cannot be used yet. Decide about it, or confirm without it.",
                "%(rows)d rows cannot be used yet. Decide about them, or confirm without them.",
                unusable,
            )
            % {"rows": unusable},
            code="unusable",
        )


def _close(upload: Upload, changes: Changes) -> None:
    upload.state, upload.decided_at = UploadState.CONFIRMED, timezone.now()
    upload.save(update_fields=["state", "decided_at"])

    def note(revision: int) -> None:
        upload.confirmed_revision = revision
        upload.save(update_fields=["confirmed_revision"])

    changes.when_numbered(note)


class _Writer:
    """Writes the rows of one upload by the rules that a page would call."""

    def __init__(self, actor: Any, upload: Upload, reason: str) -> None:
        self.upload = upload
        self.own = column_of(upload.office)
        self.other = "network" if self.own == "city" else "city"
        self.who = {
            "actor": actor,
            "office": upload.office,
            "origin": upload.origin,
            "reason": reason,
        }

    def write(self, *, ends_missing: bool, left: str) -> None:
        """Write all rows; a rule that refuses one of them refuses the whole."""
        rows: dict[str, list[UploadRow]] = defaultdict(list)
        for row in self.upload.rows.exclude(verdict__in=UNUSABLE).order_by("number"):
            rows[row.verdict].append(row)
        gone = [row for row in rows[Verdict.GONE] if ends_missing and row.chosen != UploadRow.LEAVE]
        there = Membership.objects.with_names().in_bulk(
            [row.membership for row in (*rows[Verdict.CHANGED], *gone)]
        )
        # What makes room comes first: a membership that ends may be followed by a new one.
        for row in rows[Verdict.CHANGED]:
            self._change(row, _still(there, row))
        for row in gone:
            self._end(_still(there, row), left)
        memberships_of_many.confirm_memberships(
            **self.who,
            confirmed={row.membership: self._evidence(row) for row in rows[Verdict.SAME]},
        )
        self._add(rows[Verdict.NEW])

    def _add(self, rows: list[UploadRow]) -> None:
        model = Membership._meta.get_field(self.other).related_model
        records = model.objects.in_bulk({row.record for row in rows}, field_name="slug")
        added = memberships_of_many.add_memberships(
            **self.who,
            additions=[
                Addition(
                    **{self.own: self.upload.office, self.other: _still(records, row, row.record)},
                    values=_said(row),
                    evidence=self._evidence(row),
                )
                for row in rows
            ],
        )
        for row, membership in zip(rows, added, strict=True):
            row.membership = membership.pk
        replace_rows(self.upload, rows)

    def _change(self, row: UploadRow, membership: Membership) -> None:
        memberships.change_membership(
            **self.who,
            membership=membership,
            evidence=self._evidence(row),
            **{name: after for name, (_before, after) in row.difference.items()},
        )

    def _end(self, membership: Membership, left: str) -> None:
        memberships.end_membership(
            **self.who,
            membership=membership,
            left=left,
            evidence=Evidence(self.upload.source, self.upload.source_year),
        )

    def _evidence(self, row: UploadRow) -> Evidence:
        said = {name: row.values[name] for name in EVIDENCE if row.values.get(name)}
        if "source" in said:
            return Evidence(said["source"], said.get("source_year"))
        return Evidence(self.upload.source, said.get("source_year", self.upload.source_year))


def _still(there: Mapping[Any, Any], row: UploadRow, key: Any = None) -> Any:
    """Return the record of a row; raises where it was taken out since the preview."""
    found = there.get(key or row.membership)
    if found is None:
        raise moved()
    return found


def _said(row: UploadRow) -> dict[str, Any]:
    return {name: value for name, value in row.values.items() if name in EDITABLE}
