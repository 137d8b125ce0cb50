"""What `load_package` and `export_package` say and refuse on the command line."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.datapackage.exporting import export_package
from directory.datapackage.loading import load_package
from directory.history import current_revision
from directory.models import (
    ChangeSet,
    Network,
)
from tests.directory.datapackage.people_and_commands import by_people, run
from tests.directory.datapackage.tiny import files, tiny, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tiny package, loaded."""
    load_package(write(tmp_path / "package", tiny()))
    return tmp_path / "package"


@pytest.mark.parametrize("reason", ["", "x" * 501, "one\ntwo"])
def test_the_command_refuses_a_reason_that_the_log_cannot_hold(folder, reason):
    _out, err = run(str(folder), "--reason", reason)
    assert err.startswith("--reason: ")
    assert current_revision() == 1


def test_the_reason_stands_in_the_log(tmp_path):
    run(str(write(tmp_path / "package", tiny())), "--reason", "Members of 2027")
    assert ChangeSet.objects.get().reason == "Members of 2027"


def test_the_command_loads_only_into_an_empty_directory_when_told_so(folder):
    out, _ = run(str(folder), "--if-empty")
    assert "records already" in out


def test_the_command_says_what_it_did(tmp_path):
    out, _ = run(str(write(tmp_path, tiny())), "--reason", "A first look")
    assert "networks            3        0" in out
    assert "24 records changed." in out
    assert ChangeSet.objects.get().reason == "A first look"


def test_the_command_takes_the_descriptor_for_its_folder_and_refuses_what_is_none(folder):
    out, _ = run(str(folder / "datapackage.json"), "--dry-run")
    assert "A dry run: nothing was written" in out
    _, err = run(str(folder / "nowhere"))
    assert "is not a folder" in err


def test_the_export_command_says_what_it_wrote(folder, tmp_path):
    out = io.StringIO()
    call_command("export_package", str(tmp_path / "export"), stdout=out)
    assert "memberships         3" in out.getvalue()
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_package", str(tmp_path / "file"))


def test_the_export_command_names_what_no_cell_can_hold_and_leaves_older_files(folder, tmp_path):
    export_package(tmp_path / "export")
    before = files(tmp_path / "export")
    with by_people():
        network = Network.objects.get(slug="north")
        network.aliases = ["one;two"]
        network.save()
    with pytest.raises(CommandError, match="Nothing was written: an item of aliases"):
        call_command("export_package", str(tmp_path / "export"))
    assert files(tmp_path / "export") == before
