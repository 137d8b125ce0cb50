"""A release is whole, says so, and is the same bytes whenever the same data are frozen."""

import hashlib
import json
import subprocess
import zipfile

import pytest

from directory.datapackage.loading import load_package
from directory.models.tables import TABLES
from directory.releases.freezing import freeze
from directory.releases.manifest import MANIFEST, SUMS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_data")]


@pytest.fixture
def copied(frozen, tmp_path):
    """A copy of the files, to be damaged."""
    for file in frozen.files:
        (tmp_path / file.name).write_bytes(frozen.path(file.name).read_bytes())
    return tmp_path


def check_sums(folder):
    return subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", SUMS],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_same_data_and_day_give_the_same_bytes(frozen, tmp_path):
    again = freeze(tmp_path, day=frozen.edition.day)
    assert again.files == frozen.files
    for file in frozen.files:
        assert again.path(file.name).read_bytes() == frozen.path(file.name).read_bytes(), file.name


def test_its_version_names_the_day_and_the_revision_of_the_data(frozen):
    assert frozen.edition.version == "2026-11-28.r2"


def test_the_manifest_lists_every_file_before_it_as_it_is(frozen):
    said = json.loads(frozen.path(MANIFEST).read_text(encoding="utf-8"))
    assert {file["name"] for file in said["files"]} == {
        path.name for path in frozen.folder.iterdir()
    } - {MANIFEST, SUMS}
    for file in said["files"]:
        content = frozen.path(file["name"]).read_bytes()
        assert file["bytes"] == len(content)
        assert file["sha256"] == hashlib.sha256(content).hexdigest()


def test_the_manifest_counts_the_rows_of_every_table(frozen):
    said = json.loads(frozen.path(MANIFEST).read_text(encoding="utf-8"))
    assert said["rows"]["networks"] == 497
    assert said["rows"]["memberships"] == 8613
    assert said["rows"].keys() == TABLES.keys()


def test_the_manifest_ends_with_a_mark_and_names_what_made_the_files(frozen):
    text = frozen.path(MANIFEST).read_text(encoding="utf-8")
    assert list(json.loads(text))[-1] == "end"
    assert text.rstrip("}\n ").endswith('"citynet-release 2026-11-28.r2"')
    assert {"python", "sqlite", "zlib", "pyarrow"} <= json.loads(text)["made_with"].keys()


def test_the_sums_hold_for_every_file_the_manifest_included(frozen):
    checked = check_sums(frozen.folder)
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    lines = frozen.path(SUMS).read_text(encoding="utf-8").splitlines()
    named = {line.split("  ")[1] for line in lines if not line.startswith("#")}
    assert named == {path.name for path in frozen.folder.iterdir()} - {SUMS}
    assert lines[-1] == f"# end of 2026-11-28.r2: {len(named)} files"


@pytest.mark.parametrize("name", ["memberships.jsonl", "citynet.sqlite", "manifest.json"])
def test_a_file_that_is_cut_off_is_noticed(copied, name):
    content = (copied / name).read_bytes()
    (copied / name).write_bytes(content[: len(content) * 9 // 10])
    checked = check_sums(copied)
    assert checked.returncode == 1
    assert f"{name}: FAILED" in checked.stdout


def test_the_package_in_the_zip_loads_and_changes_nothing(frozen, tmp_path):
    with zipfile.ZipFile(frozen.path("citynet.zip")) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    report = load_package(tmp_path)
    assert sum(table.changes for table in report.tables.values()) == 0
    assert report.tables["cities"].unchanged == 3539


def test_the_read_me_names_every_other_file_but_the_proof(frozen):
    text = frozen.path("README.md").read_text(encoding="utf-8")
    for file in frozen.files:
        if file.name not in ("README.md", MANIFEST, SUMS):
            assert f"| {file.name} |" in text
    assert "has no DOI" in text
