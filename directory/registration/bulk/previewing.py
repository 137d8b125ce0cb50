"""Making the preview of an upload, and making it anew when choices or the public data changed."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from directory.history import current_revision
from directory.models import City, Upload, UploadRow
from directory.models.choices import Origin
from directory.models.tables import TABLES
from directory.models.text import forbidden_characters
from directory.models.upload import Verdict
from directory.registration.bulk.cells import EVIDENCE
from directory.registration.bulk.columns import recognise
from directory.registration.bulk.judging import Judge
from directory.registration.bulk.matching import match
from directory.registration.bulk.reading import read_file, read_rows, read_text
from directory.registration.bulk.refusals import MOST_BYTES, TableRead
from directory.registration.offices import Office, column_of
from directory.registration.permissions import Action, require
from directory.registration.values import checked

ROWS_PER_QUERY = 500
JUDGED = (
    *("verdict", "record", "score", "candidates", "membership", "values", "difference", "errors"),
)


def preview_file(
    *, actor: Any, office: Office, file: BinaryIO | bytes, file_name: str = "", **about: Any
) -> Upload:
    """Read a CSV file or a workbook and store what would become of its rows."""
    require(actor, Action.SPEAK_FOR, office)
    content = file if isinstance(file, bytes) else file.read(MOST_BYTES + 1)
    name = "".join(c for c in file_name if not forbidden_characters(c))[-200:]
    return _preview(actor, office, read_file(content), file_name=name, **about)


def preview_text(*, actor: Any, office: Office, text: str, **about: Any) -> Upload:
    """Read a pasted table and store what would become of its rows."""
    require(actor, Action.SPEAK_FOR, office)
    table = read_text(text, column="text")
    return _preview(actor, office, table, column="text", **about)


def preview(
    *, actor: Any, office: Office, rows: Sequence[Mapping[str, Any]], **about: Any
) -> Upload:
    """Store what would become of the rows that a program sends."""
    require(actor, Action.SPEAK_FOR, office)
    about.setdefault("origin", Origin.API)
    return _preview(actor, office, read_rows(rows), column="rows", **about)


def refresh(upload: Upload) -> bool:
    """Judge all rows anew; return whether the preview now shows anything else.

    Called inside a transaction, with the upload locked.
    """
    rows = list(upload.rows.exclude(verdict=Verdict.GONE).order_by("number"))
    before = {row.pk: _stored(row) for row in rows}
    gone = dict(upload.rows.filter(verdict=Verdict.GONE).values_list("membership", "chosen"))
    judged = _judged(upload, rows, gone)
    changed = [row for row in rows if _stored(row) != before[row.pk]]
    replace_rows(upload, changed)
    upload.rows.filter(verdict=Verdict.GONE).delete()
    missing = judged[len(rows) :]
    UploadRow.objects.bulk_create(missing, batch_size=ROWS_PER_QUERY)
    upload.save(update_fields=["revision"])
    return bool(changed) or {row.membership for row in missing} != gone.keys()


def replace_rows(upload: Upload, rows: list[UploadRow]) -> None:
    """Store rows again; many at once are written anew faster than they are updated."""
    for start in range(0, len(rows), ROWS_PER_QUERY):
        some = rows[start : start + ROWS_PER_QUERY]
        upload.rows.filter(pk__in=[row.pk for row in some]).delete()
    UploadRow.objects.bulk_create(rows, batch_size=ROWS_PER_QUERY)


def _stored(row: UploadRow) -> str:
    return json.dumps([getattr(row, name) for name in JUDGED], sort_keys=True)


def counts(upload: Upload) -> dict[str, int]:
    """Return how many rows have each verdict, in the order of the verdicts; none left out."""
    found = dict(upload.rows.order_by().values_list("verdict").annotate(Count("pk")))
    return {verdict: found.get(verdict, 0) for verdict in Verdict.values}


def upload_of(*, actor: Any, office: Office, key: Any) -> Upload | None:
    """Return the person's own upload for the office, or None: other people's are not there."""
    require(actor, Action.SPEAK_FOR, office)
    return uploads_of(actor=actor, office=office).filter(key=key).first()


def uploads_of(*, actor: Any, office: Office) -> QuerySet[Upload]:
    """Return the person's own uploads for the office, the newest first."""
    return (
        Upload.objects.filter(person=actor, **{column_of(office): office})
        .select_related("city", "network")
        .order_by("-pk")
    )


@transaction.atomic
def _preview(
    actor: Any,
    office: Office,
    table: TableRead,
    *,
    column: str = "file",
    file_name: str = "",
    is_complete: bool = False,
    source: str = "",
    source_year: int | None = None,
    origin: Origin = Origin.WEB,
) -> Upload:
    needed = "network" if isinstance(office, City) else "city"
    columns = recognise(table.header, needed=needed, column=column)
    said = checked(
        TABLES["statements"], {"source": source, "source_year": source_year}, allowed=EVIDENCE
    )
    upload = Upload.objects.create(
        person=actor,
        origin=origin,
        file_name=file_name,
        is_workbook=table.is_workbook,
        delimiter=table.delimiter,
        header=table.header,
        columns=columns.places,
        notes=[*table.notes, *_ignored(columns.ignored)],
        is_complete=is_complete,
        **said,
        **{column_of(office): office},
    )
    rows = [UploadRow(upload=upload, number=number, cells=cells) for number, cells in table.rows]
    judged = _judged(upload, rows, {})
    UploadRow.objects.bulk_create(judged, batch_size=ROWS_PER_QUERY)
    upload.save(update_fields=["revision"])
    return upload


def _judged(
    upload: Upload, rows: list[UploadRow], gone_before: Mapping[int, str]
) -> list[UploadRow]:
    """Judge the rows of the file; returns them and, behind them, new rows for what is gone."""
    upload.revision = current_revision()
    match(upload, rows)
    judge = Judge(upload)
    judge.judge(rows)
    if not upload.is_complete:
        return rows
    last = max(row.number for row in rows)
    gone = [
        UploadRow(
            upload=upload,
            number=number,
            verdict=Verdict.GONE,
            record=getattr(membership, judge.other).slug,
            membership=membership.pk,
            chosen=gone_before.get(membership.pk, ""),
        )
        for number, membership in enumerate(judge.gone(rows), start=last + 1)
    ]
    return [*rows, *gone]


def _ignored(names: list[str]) -> list[str]:
    if not names:
        return []
    shown = ", ".join(f"“{name[:60]}”" for name in names)
    return [_("Not used: %(columns)s. No column of these names is known.") % {"columns": shown}]
