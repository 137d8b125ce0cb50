"""The files of releases lie where they are served from, each as it was when it was put there."""

from collections.abc import Iterator

from django.core.files.storage import storages

from directory.integrity.finding import Finding
from directory.models import ReleaseFile
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
