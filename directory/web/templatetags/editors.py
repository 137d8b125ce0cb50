"""What pages of editors show that public pages must not know."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext as _

from directory.accounts.models import User
from directory.models import ChangeSet

register = template.Library()


@register.simple_tag
def person_of(people: Mapping[str, User], change_set: ChangeSet) -> User | None:
    """Return the person behind a change set, if the account is still there."""
    return people.get(change_set.actor)


@register.filter
def called(person: User) -> str:
    """Return how editors know a person: by name, or else by address."""
    if person.erased_at:
        return _("a deleted account")
    return person.name or person.email
