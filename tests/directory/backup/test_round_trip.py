"""A backup restored into an empty system is the system that was backed up."""

import stat

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command

from directory.accounts.outbox import OutgoingMail
from directory.backup import writing
from directory.backup.manifest import BackupRefusedError
from directory.backup.restoring import restore_backup
from directory.backup.writing import write_backup
from directory.datapackage.exporting import export_package
from directory.history import change_set, current_revision
from directory.integrity.checks import find_disagreements
from directory.models import AccessToken, City, Place
from directory.models.choices import Origin
from directory.registration.tokens import TokenRefused, issue_token, token_of
from directory.search import index
from tests.directory.backup.system import empty_the_system, everything
from tests.directory.datapackage.tiny import files
from tests.directory.registration.people import make_staff
from tests.factories import make_membership


def test_a_restored_system_says_byte_for_byte_what_it_said(system):
    before, revision = everything(with_gazetteer=True), current_revision()
    export_package(system / "before")
    write_backup(system / "all.tar.gz", with_gazetteer=True)
    empty_the_system()
    restore_backup(system / "all.tar.gz")
    export_package(system / "after")
    assert files(system / "after") == files(system / "before")
    assert everything(with_gazetteer=True) == before
    assert current_revision() == revision == 3
    assert list(find_disagreements()) == []


def test_without_the_gazetteer_all_but_the_places_come_back(backup, capsys):
    before = everything()
    empty_the_system()
    call_command("restore", str(backup))
    assert not Place.objects.exists()
    said = capsys.readouterr().out
    assert "manage.py load_gazetteer" in said
    assert "Gazetteer of a test" in said
    after = everything()
    # Names that only the gazetteer knows are found again once it is loaded.
    assert before.pop("directory.CityTerm") >= after.pop("directory.CityTerm")
    assert after == before


def test_a_person_signs_in_with_the_same_password_but_not_by_an_old_session(backup):
    empty_the_system()
    Session.objects.all().delete()
    restore_backup(backup)
    assert get_user_model().objects.get().check_password("a long pass phrase")
    assert not Session.objects.exists()


def test_no_access_token_comes_back_lest_it_is_one_that_was_revoked_since(system):
    city = City.objects.order_by("slug").first()
    person = make_staff(city)
    _token, secret = issue_token(actor=person, office=city, name="Register", days=30)
    write_backup(system / "all.tar.gz", with_gazetteer=False)
    AccessToken.objects.all().delete()
    empty_the_system()
    restore_backup(system / "all.tar.gz")
    assert person.claims.get().granted_at
    with pytest.raises(TokenRefused):
        token_of(secret)


def test_the_next_record_takes_a_new_number_and_the_next_change_set_the_next_revision(backup):
    taken = {row[0] for row in everything()["directory.Membership"]}
    empty_the_system()
    restore_backup(backup)
    assert make_membership().pk not in taken
    assert current_revision() == 4


def test_a_number_that_was_given_and_taken_back_is_not_given_again(system):
    removed = make_membership()
    spoken = removed.statements.get()
    for gone in (spoken, removed):
        type(gone)._base_manager.filter(pk=gone.pk)._raw_delete(using="default")
    write_backup(system / "citynet.tar.gz")
    empty_the_system()
    restore_backup(system / "citynet.tar.gz")
    added = make_membership()
    assert added.pk == removed.pk + 1
    assert added.statements.get().pk == spoken.pk + 1


def test_a_second_backup_of_the_restored_system_has_the_same_tables(backup):
    first = restore_backup_after_emptying(backup)
    again = write_backup(backup.with_name("again.tar.gz"))
    assert [table.rows for table in again.tables] == [table.rows for table in first.tables]
    assert again.revision == first.revision


def restore_backup_after_emptying(path):
    empty_the_system()
    return restore_backup(path)


def test_a_dry_run_writes_nothing(backup, capsys):
    empty_the_system()
    empty = everything()
    call_command("restore", str(backup), "--dry-run")
    assert "would restore revision 3" in capsys.readouterr().out
    assert everything() == empty


def test_whoever_restores_is_told_of_mail_that_has_not_left(system, capsys):
    OutgoingMail.objects.create(to="ola@example.org", subject="Welcome", body="Welcome.")
    write_backup(system / "citynet.tar.gz")
    empty_the_system()
    call_command("restore", str(system / "citynet.tar.gz"))
    assert "Mail that had not left when the backup was made: 1" in capsys.readouterr().out


def test_whoever_restores_second_factors_is_told_which_key_opens_them(system, capsys):
    call_command("backup", str(system / "without.tar.gz"))
    person = get_user_model().objects.get()
    Authenticator.objects.create(user=person, type="totp", data={"secret": "encrypted"})
    call_command("backup", str(system / "with.tar.gz"))
    for name, is_told in (("without", False), ("with", True)):
        empty_the_system()
        call_command("restore", str(system / f"{name}.tar.gz"))
        assert ("SECRET_KEY" in capsys.readouterr().out) is is_told


def test_a_backup_is_for_its_owner_alone(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_backup_never_takes_the_place_of_another_file(backup):
    first = backup.read_bytes()
    with pytest.raises(CommandError, match="exists already; name a new file"):
        call_command("backup", str(backup))
    assert backup.read_bytes() == first


def test_a_backup_that_fails_leaves_nothing_behind(system, monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_add", full)
    before = set(system.iterdir())
    with pytest.raises(CommandError, match=r"cannot be written: .*No space left"):
        call_command("backup", str(system / "citynet.tar.gz"))
    assert set(system.iterdir()) == before


def test_a_folder_that_does_not_exist_is_named(system):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("backup", str(system / "nowhere" / "citynet.tar.gz"))


def test_a_restore_that_fails_at_its_end_has_written_nothing(backup, monkeypatch):
    empty_the_system()
    empty = everything()

    def fail():
        raise RuntimeError("no index today")

    monkeypatch.setattr(index, "rebuild", fail)
    with pytest.raises(RuntimeError):
        restore_backup(backup)
    assert everything() == empty


def test_a_system_with_one_row_is_not_empty(backup):
    empty_the_system()
    get_user_model().objects.create_user("someone@example.org")
    before = everything()
    with pytest.raises(BackupRefusedError, match=r"not empty: it has rows in accounts.User \(1\)"):
        restore_backup(backup)
    assert everything() == before


def test_a_system_whose_revision_has_moved_is_not_empty(backup):
    empty_the_system()
    with change_set(origin=Origin.COMMAND, reason="Nothing", moves_revision=True):
        pass
    with pytest.raises(BackupRefusedError, match="revision 1"):
        restore_backup(backup)
