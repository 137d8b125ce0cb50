"""Forgetting what was only needed to decide, a year after the decision. For ``manage.py tick``."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from directory.models import Claim, ReviewItem, Submission, Upload
from directory.models.claim import ClaimState
from directory.models.upload import UploadState

KEPT_FOR = datetime.timedelta(days=365)
PREVIEWS_KEPT_FOR = datetime.timedelta(days=92)


@transaction.atomic
def forget_evidence(*, now: datetime.datetime | None = None) -> int:
    """Empty evidence, comments, notes and questions of what was decided a year ago.

    A claim that came before no editor counts as decided when it was granted, and as made where it
    never was and is over. What was decided, by whom and for which reason stays. Returns how many
    rows were emptied, so a second run the same day returns 0.
    """
    now = now or timezone.now()
    before = now - KEPT_FOR
    items = ReviewItem.objects.filter(decided_at__lt=before)
    claims = Claim.objects.filter(
        Q(review__in=items.values("pk"))
        | Q(review=None, granted_at__lt=before)
        | Q(review=None, granted_at=None, made_at__lt=before)
    ).exclude(state__in=(ClaimState.REQUESTED, ClaimState.VERIFIED))
    submissions = Submission.objects.filter(review__in=items.values("pk"))
    return (
        submissions.exclude(comment="").update(comment="")
        + claims.exclude(evidence="", note="").update(evidence="", note="")
        + items.exclude(Q(note="") & Q(question="") & Q(answer="")).update(
            note="", question="", answer=""
        )
    )


@transaction.atomic
def forget_uploads(*, now: datetime.datetime | None = None) -> int:
    """Delete uploads that were decided a year ago, and previews that nobody came back to.

    What was published stays, in the directory and in its log. Returns how many were deleted.
    """
    now = now or timezone.now()
    old = Upload.objects.filter(
        Q(decided_at__lt=now - KEPT_FOR)
        | Q(state=UploadState.PREVIEWED, made_at__lt=now - PREVIEWS_KEPT_FOR)
    )
    keys = list(old.values_list("pk", flat=True))
    Upload.objects.filter(pk__in=keys).delete()
    return len(keys)
