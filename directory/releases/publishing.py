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
from directory.releases.manifest import SUMS
from directory.releases.only_run import only_run
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

    No file of a release is ever touched, whoever else makes one meanwhile. Raises ReleaseRefused
    where another run does, where its revision was released, where the storage has other files of
    this version, or where what lies there is not what was put there.
    """
    version, revision = frozen.edition.version, frozen.edition.revision
    with only_run():
        _refuse_if_released(revision)
        _keep_all(frozen)
        try:
            reason = f"Release {version}"
            with change_set(origin=Origin.COMMAND, reason=reason, moves_revision=True):
                return _list(frozen)
        except IntegrityError as error:
            raise ReleaseRefused(f"Revision {revision} was released: it stands.") from error


def _refuse_if_released(revision: int) -> None:
    if taken := Release.objects.filter(revision=revision).first():
        raise ReleaseRefused(f"Revision {revision} is release {taken.version} already: it stands.")


def _keep_all(frozen: Frozen) -> None:
    """Put all files into the storage, in place of what a stopped run left, and prove them.

    The sums are put there last. Where there are others than these it was no stopped run: all
    files of another release of this version are there, such as one that a database restored
    from a backup no longer knows.
    """
    storage, version = storages[ALIAS], frozen.edition.version
    if stored_sha256(storage, f"{version}/{SUMS}") not in ("", frozen.file(SUMS).sha256):
        raise ReleaseRefused(
            f"{version}/{SUMS} is in the storage already, of other files: they may have been "
            "released, as before the database was restored from a backup, and are left as they "
            f"are. If nobody was given them, move the folder {version} away, then make it again; "
            "else restore a backup that knows them, or wait for tomorrow's version."
        )
    for file in frozen.files:
        name = f"{version}/{file.name}"
        if stored_sha256(storage, name) == file.sha256:
            continue
        if storage.exists(name):
            # Asked once more of the connection that holds the making: one that was lost does not.
            _refuse_if_released(frozen.edition.revision)
            storage.delete(name)
        _keep(storage, name, frozen.path(file.name))
    for file in frozen.files:
        if stored_sha256(storage, f"{version}/{file.name}") != file.sha256:
            raise ReleaseRefused(
                f"{version}/{file.name} is not in the storage as it was put there: see to the "
                "storage, then make it again."
            )


def _keep(storage: Storage, name: str, path: Path) -> None:
    """Put a file into the storage under exactly this name."""
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
