"""Versions of a membership: so that nobody overwrites what they have not seen."""

import hashlib
from collections.abc import Collection

from django.utils.translation import gettext as _

from directory.models import Membership
from directory.models.public import PublicRecord
from directory.registration.problems import NotPossible

Versions = Collection[str] | None
"""The versions that somebody has seen and wants to write over; None: whichever there is."""


def version_of(membership: Membership) -> str:
    """Return what changes whenever the membership, a statement of it or a name on it does."""
    statements = sorted(membership.statements.all(), key=lambda statement: statement.pk)
    said = [membership.city.name, membership.network.name]
    for row in (membership, *statements):
        said += _values(row)
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:32]


def check_version(membership: Membership, versions: Versions) -> None:
    """Raise ``NotPossible`` where the membership is none of the versions; it must be locked."""
    if versions is not None and version_of(membership) not in versions:
        raise NotPossible(
            _("This membership has changed meanwhile. Read it again, then decide anew."),
            code="changed",
            existing=membership,
        )


def _values(row: PublicRecord) -> list[str]:
    return [str(field.value_to_string(row)) for field in row._meta.concrete_fields]
