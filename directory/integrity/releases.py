"""The files of releases lie where they are served from, each as it was when it was put there."""

from collections.abc import Iterator

from django.core.files.storage import storages

from directory.integrity.finding import Finding
from directory.models import ChangeSet, Release, ReleaseFile
from directory.releases.keeping import ALIAS, stored_sha256


def kept_files() -> Iterator[Finding]:
    """Every file of every release is in the storage with its SHA-256."""
    files = ReleaseFile.objects.select_related("release").order_by("release_id", "position")
    for file in files.iterator():
        found = stored_sha256(storages[ALIAS], file.stored_as)
        if not found:
            yield Finding("releases", file.stored_as, "is not in the storage of releases")
        elif found != file.sha256:
            yield Finding("releases", file.stored_as, "is not the file that was released")


def releases() -> Iterator[Finding]:
    """Every release is of a revision that there is, follows the one before it, and lists files."""
    before = None
    for release in Release.objects.order_by("revision").iterator():
        if not ChangeSet.objects.filter(revision=release.revision).exists():
            what = f"it is of revision {release.revision}, and there is no such change set"
            yield Finding("releases", release.version, what)
        if release.before_id != before:
            yield Finding("releases", release.version, "it names another release before it")
        positions = list(release.files.order_by("position").values_list("position", flat=True))
        if not positions or positions != list(range(1, len(positions) + 1)):
            yield Finding("releases", release.version, "some of its files are not listed")
        before = release.pk
