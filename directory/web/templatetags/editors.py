"""What pages of editors show that public pages must not know."""

from collections.abc import Mapping

from django import template

from directory.accounts.models import User
from directory.models import ChangeSet

register = template.Library()


@register.simple_tag
def person_of(people: Mapping[str, User], change_set: ChangeSet) -> User | None:
    """Return the person behind a change set, if the account is still there."""
    return people.get(change_set.actor)
