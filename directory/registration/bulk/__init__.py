"""Bulk uploads: a table of memberships, previewed row by row, published at once or not at all.

What pages and the API call (all arguments by keyword; each raises ``NotAllowed`` unless ``actor``
speaks for the office and, where there is an upload, made it)::

    preview_file(*, actor, office, file, file_name, **about) -> Upload
    preview_text(*, actor, office, text, **about) -> Upload      # a pasted table
    preview(*, actor, office, rows, **about) -> Upload           # rows: list of dicts, for the API
        about: is_complete=False, source="", source_year=None, origin=Origin.WEB (API for preview)
        Raises ``Refused`` (an ``Invalid``) where the whole cannot be read. ``rows`` are dicts by
        column name, in the same spellings as the header of a file ("city", "country", "network",
        "role", "founder", "joined", "left", "ended", "source", "source_year", "id"), whose values
        are text, numbers, booleans or None. Row numbers begin at 2, as in a file with a header.

    choose(*, actor, upload, choices) -> Upload
        choices: {row number: Choice(record="", typed="", skip=False, end=None)}

    confirm(*, actor, upload, without_unusable=False, ends_missing=False, left="", reason="")
        -> Upload
        Writes all of it in one change set, or nothing; twice is once. ``upload.confirmed_revision``
        is the change set. Raises ``NotPossible`` with code ``"moved"`` where the public data moved
        on and the verdicts with them (the preview has been made anew: look again), ``"unusable"``
        while rows are left that cannot be used, ``"discarded"`` for one that was discarded.

    discard(*, actor, upload) -> Upload
    upload_of(*, actor, office, key) -> Upload | None            # None also for another's
    uploads_of(*, actor, office) -> QuerySet[Upload]
    counts(upload) -> dict[str, int]                             # rows by verdict
    errors_file(upload) -> File                                  # name, content_type, content

``upload.rows`` (``UploadRow``) hold per row: number, verdict, record (public id of the city or
network), score, candidates, errors by column, difference by column, membership (its pk).
"""

from directory.registration.bulk.choosing import Choice, choose, discard
from directory.registration.bulk.confirming import UNUSABLE, confirm
from directory.registration.bulk.errors_file import File, errors_file, sample_file
from directory.registration.bulk.previewing import (
    counts,
    preview,
    preview_file,
    preview_text,
    upload_of,
    uploads_of,
)
from directory.registration.bulk.refusals import MOST_BYTES, Refused

__all__ = [
    "MOST_BYTES",
    "UNUSABLE",
    "Choice",
    "File",
    "Refused",
    "choose",
    "confirm",
    "counts",
    "discard",
    "errors_file",
    "preview",
    "preview_file",
    "preview_text",
    "sample_file",
    "upload_of",
    "uploads_of",
]
