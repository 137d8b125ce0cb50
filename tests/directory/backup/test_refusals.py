"""Whatever was not written so is refused: what, where, what to do; and nothing is written."""

import gzip
import json
import re
import zlib

import pytest
from django.core.management import CommandError, call_command

from directory.backup.manifest import digest
from tests.directory.backup.system import alter, empty_the_system, everything

MEMBERSHIPS = "tables/directory.Membership.jsonl"


def refusal(path) -> str:
    """What `restore` says; the system must be as empty afterwards as before."""
    empty_the_system()
    empty = everything()
    for options in ([], ["--dry-run"]):
        with pytest.raises(CommandError) as refused:
            call_command("restore", str(path), *options)
        assert everything() == empty
    assert str(refused.value).endswith("Nothing was written.")
    return str(refused.value)


def with_manifest(change):
    """A change of a backup's manifest that its end marker believes."""

    def apply(members):
        manifest = json.loads(members["manifest.json"])
        change(manifest)
        members["manifest.json"] = json.dumps(manifest).encode()
        members["END"] = digest(members["manifest.json"]).encode()

    return apply


def replaced(name, old, new):
    def apply(members):
        assert old in members[name]
        members[name] = members[name].replace(old, new, 1)

    return apply


def without(name):
    return lambda members: members.pop(name)


def add_migration(manifest):
    manifest["migrations"]["directory"].append("0999_tomorrow")


def forget_migration(manifest):
    manifest["migrations"]["accounts"].pop()


def rename_column(manifest):
    manifest["tables"][0]["columns"].append("shoe_size")


def lose_last_row(members):
    members[MEMBERSHIPS] = b"".join(members[MEMBERSHIPS].splitlines(keepends=True)[:-1])


CASES = {
    "a row that says something else": (
        replaced(MEMBERSHIPS, b'"id":1,', b'"id":9,'),
        r"tables/directory.Membership.jsonl: its SHA-256 .* take another backup",
    ),
    "a row that is no JSON": (
        replaced(MEMBERSHIPS, b"{", b"("),
        r"tables/directory.Membership.jsonl, line 1: it was altered",
    ),
    "a value that does not fit": (
        replaced(MEMBERSHIPS, b'"joined_first_day":"', b'"joined_first_day":"x'),
        r"tables/directory.Membership.jsonl, line 1: it was altered",
    ),
    "a row without an end": (
        lambda members: members.update({MEMBERSHIPS: b" " * 10_000_001}),
        r"tables/directory.Membership.jsonl, line 1: it was altered",
    ),
    "a row that goes too deep": (
        lambda members: members.update({MEMBERSHIPS: b"[" * 500_000 + b"\n"}),
        r"tables/directory.Membership.jsonl, line 1: it was altered",
    ),
    "a row that is missing": (lose_last_row, r"Membership.jsonl: it has \d+ rows and should have"),
    "a table that is missing": (without(MEMBERSHIPS), "Membership.jsonl: “tables/.*” stands in"),
    "no end marker": (without("END"), "END: nothing stands in its place"),
    "an altered manifest": (
        replaced("manifest.json", b'"revision": 3', b'"revision": 4'),
        "manifest.json: it was altered",
    ),
    "another program's archive": (
        replaced("manifest.json", b"citynet-backup", b"elsewhere-backup"),
        "this is no backup of CityNet",
    ),
    "a format of tomorrow": (
        with_manifest(lambda manifest: manifest.update(version=2)),
        "has format 2, this system reads 1; restore it with the build",
    ),
    "parts that no backup has": (
        with_manifest(lambda manifest: manifest.update(colour="red")),
        "its parts are not those of format 1",
    ),
    "a migration that this system lacks": (
        with_manifest(add_migration),
        "has not gone through directory.0999_tomorrow. Run `manage.py migrate`",
    ),
    "a migration that came later": (
        with_manifest(forget_migration),
        r"the backup is older than accounts\.\d+_\w+",
    ),
    "another column": (
        with_manifest(rename_column),
        r"differ in the tables [\w.]+; restore with the build",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_altered_backup_is_refused(backup, case):
    change, expected = CASES[case]
    path = alter(backup, change)
    said = refusal(path)
    assert re.search(expected, said), said
    assert str(path) in said


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_backup_that_is_cut_off_is_refused(backup, share):
    whole = backup.read_bytes()
    backup.write_bytes(whole[: int(len(whole) * share)])
    assert "take another backup" in refusal(backup)


def test_a_backup_without_its_very_last_byte_is_refused(backup):
    backup.write_bytes(backup.read_bytes()[:-1])
    assert "cut off" in refusal(backup)


def test_a_flipped_bit_is_noticed_wherever_it_is(backup):
    whole = backup.read_bytes()
    noticed = 0
    # The first ten bytes are gzip's header, of which some mean nothing.
    for place in range(10, len(whole), max(1, len(whole) // 20)):
        altered = whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :]
        if says_the_same(altered, whole):
            continue
        backup.write_bytes(altered)
        assert str(backup) in refusal(backup)
        noticed += 1
    assert noticed > 10


def says_the_same(altered: bytes, whole: bytes) -> bool:
    """Whether the flipped bit is one of the few without meaning, such as those that fill a byte."""
    try:
        return gzip.decompress(altered) == gzip.decompress(whole)
    except (OSError, EOFError, zlib.error):
        return False


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (rb'"city_id":\d+', b'"city_id":99999', "refers to one that is not in it"),
        (rb'"standing":"\w+', b'"standing":"unheard', "not one that this system could"),
        (rb'"id":\d+', b'"id":99999999999999999999', "not one that this system could"),
    ],
)
def test_a_row_that_only_its_checksum_believes_is_refused(backup, old, new, expected):
    def change(members):
        lines = members[MEMBERSHIPS].splitlines(keepends=True)
        lines[0], count = re.subn(old, new, lines[0])
        assert count == 1
        members[MEMBERSHIPS] = b"".join(lines)
        manifest = json.loads(members["manifest.json"])
        for table in manifest["tables"]:
            if table["name"] == "directory.Membership":
                table["sha256"] = digest(members[MEMBERSHIPS])
        members["manifest.json"] = json.dumps(manifest).encode()
        members["END"] = digest(members["manifest.json"]).encode()

    path = alter(backup, change)
    empty_the_system()
    empty = everything()
    with pytest.raises(CommandError, match=expected):
        call_command("restore", str(path))
    assert everything() == empty


@pytest.mark.parametrize(
    "text", [b"", b"not a backup", gzip.compress(b"neither", mtime=0)], ids=repr
)
def test_a_file_of_another_kind_is_refused(backup, text):
    backup.write_bytes(text)
    assert str(backup) in refusal(backup)


def test_a_missing_file_is_named(backup):
    backup.unlink()
    assert "citynet.tar.gz cannot be read" in refusal(backup)
