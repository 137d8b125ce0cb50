"""The editors as accounts: there is always one of them, since only editors appoint others."""

from directory.accounts.models import User


class LastEditor(Exception):
    """Raised by what would leave the directory without an editor."""


def locked_editors() -> list[User]:
    """Return who is an editor now; none of them ceases to be one until the transaction ends."""
    editors = User.objects.filter(is_editor=True, is_active=True)
    return list(editors.select_for_update().order_by("pk"))


def check_another_remains(person: User) -> None:
    """Raise ``LastEditor`` where the person is the only editor; within a transaction."""
    if [editor.pk for editor in locked_editors()] == [person.pk]:
        raise LastEditor


def is_last_editor(person: User) -> bool:
    """Tell, for a page, whether the person is the only editor."""
    if not person.is_editor:
        return False
    return not User.objects.filter(is_editor=True, is_active=True).exclude(pk=person.pk).exists()
