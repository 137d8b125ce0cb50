"""Making a release: its files into the storage, and last the rows by which it is listed."""

import datetime
import tempfile
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db import IntegrityError
from django.utils import timezone

from directory.history import change_set
from directory.models import Release, ReleaseFile
from directory.models.choices import Origin
from directory.releases.freezing import freeze
from directory.releases.frozen import Frozen, FrozenFile
from directory.releases.keeping import ALIAS, stored_sha256
from directory.releases.refusal import ReleaseRefused
from directory.releases.tables import Progress


def make_release(*, day: datetime.date | None = None, progress: Progress | None = None) -> Release:
    """Freeze the present public data, keep the files for good, and list the release.

    All or nothing: whatever stops it before the end leaves no release, and it can be made again.
    ``day`` is today's UTC date if not given. Raises NothingChanged where the newest release says
    the same already, ReleaseRefused, and OSError where folder or storage cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="citynet-release-") as folder:
        frozen = freeze(Path(folder), day=day or timezone.now().date(), progress=progress)
        return publish(frozen)


def publish(frozen: Frozen) -> Release:
    """Put the files of a frozen release into the storage and list it.

    Raises ReleaseRefused where its revision was released meanwhile, or where what lies in the
    storage is not what was put there.
    """
    version, revision = frozen.edition.version, frozen.edition.revision
    if taken := Release.objects.filter(revision=revision).first():
        raise ReleaseRefused(f"Revision {revision} is release {taken.version} already: it stands.")
    storage = storages[ALIAS]
    for file in frozen.files:
        _keep(storage, f"{version}/{file.name}", frozen.path(file.name))
    for file in frozen.files:
        if stored_sha256(storage, f"{version}/{file.name}") != file.sha256:
            raise ReleaseRefused(
                f"{version}/{file.name} is not in the storage as it was put there: see to the "
                "storage, or to whoever else makes this release, then make it again."
            )
    try:
        with change_set(origin=Origin.COMMAND, reason=f"Release {version}", moves_revision=True):
            return _list(frozen)
    except IntegrityError as error:
        raise ReleaseRefused(f"Revision {revision} was released meanwhile: it stands.") from error


def _keep(storage: Storage, name: str, path: Path) -> None:
    """Put a file into the storage under exactly this name, in place of what a stopped run left."""
    if storage.exists(name):
        storage.delete(name)
    with path.open("rb") as file:
        kept_as = storage.save(name, File(file))
    if kept_as != name:
        storage.delete(kept_as)
        raise ReleaseRefused(f"{name} cannot be put into the storage: another run is doing so.")


def _list(frozen: Frozen) -> Release:
    edition = frozen.edition
    release = Release.objects.create(
        version=edition.version,
        revision=edition.revision,
        made_on=edition.day,
        build=edition.build,
        rows=frozen.rows,
        changes=frozen.changes,
        before=edition.before,
    )
    ReleaseFile.objects.bulk_create(
        _row(release, position, file) for position, file in enumerate(frozen.files, start=1)
    )
    return release


def _row(release: Release, position: int, file: FrozenFile) -> ReleaseFile:
    return ReleaseFile(release=release, position=position, **vars(file))
