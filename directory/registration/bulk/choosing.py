"""What the person chooses for single rows, and giving an upload up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Upload, UploadRow
from directory.models.fields import LONGEST_SLUG, SLUG
from directory.models.text import forbidden_characters
from directory.models.upload import UploadState, Verdict
from directory.registration.bulk.previewing import refresh
from directory.registration.permissions import Action, require
from directory.registration.problems import NotAllowed, NotPossible, one_line


@dataclass(frozen=True)
class Choice:
    """For one row: a record by its public id, another name to look for, or to leave the row out.

    ``end`` is for a membership that the file does not hold: False leaves it alone. A choice of
    nothing takes an earlier one back.
    """

    record: str = ""
    typed: str = ""
    skip: bool = False
    end: bool | None = None


def require_own(actor: Any, upload: Upload) -> None:
    """Raise ``NotAllowed`` unless the upload is the person's own and they still speak for it."""
    require(actor, Action.SPEAK_FOR, upload.office)
    if upload.person_id != actor.pk:
        raise NotAllowed(_("This upload came from another account."))


def locked(upload: Upload) -> Upload:
    """Return the upload as it is now; nobody else writes it until the transaction ends."""
    return (
        Upload.objects.select_for_update(of=("self",))
        .select_related("city", "network")
        .get(pk=upload.pk)
    )


def require_open(upload: Upload) -> None:
    """Raise ``NotPossible`` where the upload was confirmed or discarded."""
    if upload.state == UploadState.DISCARDED:
        raise NotPossible(_("This upload was discarded. Send the file again."), code="discarded")
    if upload.state == UploadState.CONFIRMED:
        raise NotPossible(_("This upload is published already."), code="confirmed")


@transaction.atomic
def choose(*, actor: Any, upload: Upload, choices: Mapping[int, Choice]) -> Upload:
    """Keep what was chosen for rows, by their number, and judge all rows anew."""
    require_own(actor, upload)
    upload = locked(upload)
    require_open(upload)
    for row in upload.rows.filter(number__in=list(choices)):
        _keep(row, choices[row.number])
        row.save(update_fields=["chosen", "typed"])
    refresh(upload)
    return upload


@transaction.atomic
def discard(*, actor: Any, upload: Upload) -> Upload:
    """Give an upload up; nothing of it is published. Twice is once."""
    require_own(actor, upload)
    upload = locked(upload)
    if upload.state == UploadState.DISCARDED:
        return upload
    require_open(upload)
    upload.state, upload.decided_at = UploadState.DISCARDED, timezone.now()
    upload.save(update_fields=["state", "decided_at"])
    return upload


def _keep(row: UploadRow, choice: Choice) -> None:
    if row.verdict == Verdict.GONE:
        row.chosen = UploadRow.LEAVE if choice.end is False else ""
        return
    typed = one_line(choice.typed)[:200]
    row.typed = "" if forbidden_characters(typed) else typed
    record = choice.record if re.fullmatch(SLUG, choice.record, re.ASCII) else ""
    row.chosen = UploadRow.SKIP if choice.skip else record[:LONGEST_SLUG]
