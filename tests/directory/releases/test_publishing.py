"""A release is listed when all of it is kept, or not at all; and then it stays as it is."""

import datetime
import signal

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages

from directory.datapackage.loading import load_package
from directory.history import change_set, current_revision
from directory.integrity.releases import kept_files
from directory.models import ChangeSet, City, Release, ReleaseFile
from directory.models.change import AppendOnlyError
from directory.models.choices import Origin
from directory.releases import publishing
from directory.releases.edition import NothingChanged
from directory.releases.freezing import freeze
from directory.releases.keeping import stored_sha256
from directory.releases.publishing import make_release, publish
from directory.releases.refusal import ReleaseRefused
from tests.another_connection import in_another_thread
from tests.directory.backup.system import address, run
from tests.directory.datapackage.tiny import tiny, write

DAY = datetime.date(2026, 11, 28)

IN_A_FOLDER = """
import datetime, os, signal, sys
from django.conf import settings
settings.STORAGES["releases"] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": sys.argv[1]}
}
from directory.releases import publishing
DAY = datetime.date(2026, 11, 28)
"""
KILLED = {
    "while files are put into the storage": """
keep = publishing._keep
def keep_some(storage, name, path):
    keep(storage, name, path)
    if name.endswith("/networks.csv"):
        os.kill(os.getpid(), signal.SIGKILL)
publishing._keep = keep_some
publishing.make_release(day=DAY)
""",
    "just before the commit": """
enlist = publishing._list
def kill_when_listed(frozen):
    enlist(frozen)
    os.kill(os.getpid(), signal.SIGKILL)
publishing._list = kill_when_listed
publishing.make_release(day=DAY)
""",
}
AND_AGAIN = """
from directory.models import Release
from directory.integrity.releases import kept_files
assert not Release.objects.exists()
release = publishing.make_release(day=DAY)
print(release.version, release.files.count(), list(kept_files()))
"""


@pytest.fixture
def data(db, tmp_path):
    """A small system, whose data are of revision 1."""
    load_package(write(tmp_path / "package", tiny()))


@pytest.fixture(autouse=True)
def storage(tmp_path, settings):
    """A folder of the test's own."""
    storages._storages.clear()
    settings.STORAGES = settings.STORAGES | {
        "releases": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "kept"},
        }
    }
    yield storages["releases"]
    storages._storages.clear()


def change_a_city():
    with change_set(origin=Origin.WEB, reason="A birth"):
        city = City.objects.get(slug="bergen-no")
        city.population += 1
        city.save()


def test_a_release_names_the_data_before_its_own_change_set(data):
    release = make_release(day=DAY)
    assert (release.version, release.revision, release.before) == ("2026-11-28.r1", 1, None)
    assert current_revision() == 2
    assert ChangeSet.objects.get(revision=2).reason == "Release 2026-11-28.r1"


def test_its_files_lie_in_the_storage_as_they_are_listed(data, storage):
    release = make_release(day=DAY)
    files = list(release.files.all())
    assert {file.name for file in files} == set(storage.listdir(release.version)[1])
    assert files[-1].name == "SHA256SUMS"
    for file in files:
        assert storage.size(file.stored_as) == file.size
        assert stored_sha256(storage, file.stored_as) == file.sha256


def test_where_nothing_has_changed_the_release_stands(data):
    release = make_release(day=DAY)
    with pytest.raises(NothingChanged, match=release.version):
        make_release(day=DAY + datetime.timedelta(days=30))
    assert list(Release.objects.all()) == [release]
    assert current_revision() == 2


def test_frozen_again_it_is_the_same_though_another_day_has_come(data, tmp_path):
    release = make_release(day=DAY)
    (tmp_path / "again").mkdir()
    again = freeze(tmp_path / "again", day=DAY + datetime.timedelta(days=30), again=True)
    kept = {file.name: file.sha256 for file in release.files.all()}
    assert {file.name: file.sha256 for file in again.files} == kept


def test_the_next_release_says_what_has_changed(data):
    first = make_release(day=DAY)
    change_a_city()
    second = make_release(day=DAY)
    assert (second.version, second.before) == ("2026-11-28.r3", first)
    assert second.changes["cities"] == {"added": 0, "changed": 1, "removed": 0}
    assert not any(second.changes["networks"].values())


def test_a_revision_is_released_once(data, tmp_path):
    (tmp_path / "slow").mkdir()
    slow = freeze(tmp_path / "slow", day=DAY)
    release = make_release(day=DAY + datetime.timedelta(days=1))
    with pytest.raises(ReleaseRefused, match=release.version):
        publish(slow)


def test_what_a_stopped_run_left_is_replaced(data, storage):
    storage.save("2026-11-28.r1/networks.csv", ContentFile(b"slug,na"))
    release = make_release(day=DAY)
    file = release.files.get(name="networks.csv")
    assert stored_sha256(storage, file.stored_as) == file.sha256


def freeze_as(build, folder, settings):
    """Freezes the present data by another build, whose bytes are not the same."""
    settings.BUILD = build
    folder.mkdir()
    return freeze(folder, day=DAY)


def bytes_kept(storage, version):
    names = storage.listdir(version)[1]
    return {name: stored_sha256(storage, f"{version}/{name}") for name in names}


def put_all(storage, frozen):
    for file in frozen.files:
        content = ContentFile(frozen.path(file.name).read_bytes())
        storage.save(f"{frozen.edition.version}/{file.name}", content)


def test_of_two_runs_at_once_one_is_refused_and_the_release_stays_whole(
    shared_database, storage, tmp_path, settings, monkeypatch
):
    load_package(write(tmp_path / "package", tiny()))
    late = freeze_as("an older build", tmp_path / "late", settings)
    early = freeze_as("a newer build", tmp_path / "early", settings)
    refused = []

    def publish_late():
        with pytest.raises(ReleaseRefused) as refusal:
            publish(late)
        refused.append(str(refusal.value))

    keep = publishing._keep

    def keep_while_another_run_begins(*args):
        if not refused:
            in_another_thread(publish_late, shared_database)
        keep(*args)

    monkeypatch.setattr(publishing, "_keep", keep_while_another_run_begins)
    release = publish(early)
    kept = bytes_kept(storage, release.version)
    in_another_thread(publish_late, shared_database)
    assert ["another run" in refused[0], release.version in refused[1]] == [True, True]
    assert list(kept_files()) == []
    assert bytes_kept(storage, release.version) == kept
    assert list(Release.objects.all()) == [release]


def test_a_run_that_lost_its_hold_touches_no_file_of_what_was_released_meanwhile(
    data, storage, tmp_path, settings, monkeypatch
):
    lost = freeze_as("an older build", tmp_path / "lost", settings)
    other = freeze_as("a newer build", tmp_path / "other", settings)
    released = []
    keep = publishing._keep

    def keep_though_another_run_goes_through(*args):
        if not released:
            released.append(None)
            put_all(storage, other)
            with change_set(origin=Origin.COMMAND, reason="Release", moves_revision=True):
                released[0] = publishing._list(other)
        else:
            keep(*args)

    monkeypatch.setattr(publishing, "_keep", keep_though_another_run_goes_through)
    with pytest.raises(ReleaseRefused, match="it stands"):
        publish(lost)
    assert list(kept_files()) == []


def test_what_lies_there_whole_from_a_run_stopped_at_the_end_is_left_alone(
    data, storage, tmp_path, monkeypatch
):
    (tmp_path / "frozen").mkdir()
    frozen = freeze(tmp_path / "frozen", day=DAY)
    put_all(storage, frozen)
    monkeypatch.setattr(publishing, "_keep", None)
    monkeypatch.setattr(FileSystemStorage, "delete", None)
    publish(frozen)
    assert list(kept_files()) == []


def test_files_of_a_release_that_the_database_no_longer_knows_are_left_alone(
    data, storage, tmp_path, settings
):
    unknown = freeze_as("the build of the release", tmp_path / "unknown", settings)
    put_all(storage, unknown)
    kept = bytes_kept(storage, unknown.edition.version)
    settings.BUILD = "another"
    with pytest.raises(ReleaseRefused, match=r"2026-11-28\.r1/SHA256SUMS .* move the folder"):
        make_release(day=DAY)
    assert bytes_kept(storage, unknown.edition.version) == kept
    assert not Release.objects.exists()


def test_a_storage_that_loses_bytes_leaves_no_release(data, monkeypatch):
    def lose(storage, name, path):
        storage.save(name, ContentFile(path.read_bytes()[:-1]))

    monkeypatch.setattr(publishing, "_keep", lose)
    with pytest.raises(ReleaseRefused, match=r"not in the storage as it was put there"):
        make_release(day=DAY)
    assert not Release.objects.exists()
    assert current_revision() == 1


def test_a_storage_that_gives_other_names_leaves_no_release(data, monkeypatch):
    # As where another run puts the same file there in the same moment.
    monkeypatch.setattr(FileSystemStorage, "delete", lambda self, name: None)
    storages["releases"].save("2026-11-28.r1/countries.csv", ContentFile(b""))
    with pytest.raises(ReleaseRefused, match=r"2026-11-28\.r1/countries\.csv"):
        make_release(day=DAY)
    assert not Release.objects.exists()


def test_a_release_is_never_changed_or_deleted(data):
    release = make_release(day=DAY)
    for change in (
        release.save,
        release.delete,
        Release.objects.all().delete,
        ReleaseFile.objects.all().delete,
        lambda: ReleaseFile.objects.update(sha256="0" * 64),
    ):
        with pytest.raises(AppendOnlyError):
            change()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("when", KILLED)
def test_a_kill_leaves_nothing_listed_and_it_can_be_made_again(tmp_path, when):
    load_package(write(tmp_path / "package", tiny()))
    system = address(tmp_path)
    folder = tmp_path / "kept"
    killed = run(system, IN_A_FOLDER + KILLED[when], folder)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert len(list((folder / "2026-11-28.r1").iterdir())) > 2
    again = run(system, IN_A_FOLDER + AND_AGAIN, folder)
    assert again.stdout.strip() == "2026-11-28.r1 49 []", again.stderr
