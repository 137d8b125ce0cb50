"""What editors and offices decided agrees with what was published."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from directory.integrity.finding import Finding
from directory.models import ChangeSet, Entry, ReviewItem, Submission, Upload
from directory.models.review import ReviewState
from directory.models.upload import UploadState, Verdict

PUBLISHED = (ReviewState.APPROVED, ReviewState.CHANGED)


def decisions() -> Iterator[Finding]:
    """Nothing came of a suggestion that is not approved; a published list is in the log, once."""
    yield from _suggestions()
    yield from _lists()


def _suggestions() -> Iterator[Finding]:
    logged = Entry.objects.filter(submission=OuterRef("submission_id"))
    undecided = ReviewItem.objects.filter(Exists(logged)).exclude(state__in=PUBLISHED)
    for item in undecided.order_by("pk").iterator():
        what = f"it was published, and the queue says it is {item.state}"
        yield Finding("submissions", str(item.submission_id), what)
    alone = Submission.objects.filter(review=None).order_by("pk")
    for pk in alone.values_list("pk", flat=True).iterator():
        yield Finding("submissions", str(pk), "it stands in no queue, so nobody will decide it")


def _lists() -> Iterator[Finding]:
    confirmed = Upload.objects.filter(state=UploadState.CONFIRMED)
    made = ChangeSet.objects.filter(revision=OuterRef("confirmed_revision"))
    lost = confirmed.filter(~Exists(made), confirmed_revision__isnull=False)
    for key, revision in lost.order_by("pk").values_list("key", "confirmed_revision").iterator():
        yield Finding("uploads", str(key), f"it became change set {revision}, which is not there")
    unwritten = confirmed.filter(rows__verdict=Verdict.NEW, rows__membership=None).distinct()
    for key in unwritten.order_by("pk").values_list("key", flat=True).iterator():
        yield Finding("uploads", str(key), "it was published, and a new row became no membership")
    early = Upload.objects.exclude(state=UploadState.CONFIRMED).exclude(confirmed_revision=None)
    for key in early.order_by("pk").values_list("key", flat=True).iterator():
        yield Finding("uploads", str(key), "it has a change set, and says that it is not published")
