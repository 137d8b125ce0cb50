"""What a row in a table of memberships shows, on the page of a network or of a city.

Rows are plain values, so that equal rows look alike: a page of a hundred writes what has changed
since and puts in the others as they were (``membership_row`` in the templates).
"""

import datetime
from typing import NamedTuple

from directory.insights.members import Member
from directory.insights.statements import (
    is_old_by,
    last_confirmed_in,
    newest_year_in,
    unconfirmed_by,
)
from directory.models import City, Membership
from directory.models.choices import MembershipStanding, NetworkStatus, Role
from directory.models.membership import public_id
from directory.search.names import called_in


class NetworkPartner(NamedTuple):
    """The network of a membership, on the page of its city."""

    slug: str
    name: str
    status: str

    def get_status_display(self) -> str:
        """Return whether it is active, in the language of the page."""
        return str(NetworkStatus(self.status).label)


class CityPartner(NamedTuple):
    """The city of a membership, on the page of its network."""

    slug: str
    name: str
    has_ended: bool
    ended: int | None


class MembershipRow(NamedTuple):
    """A row; ``old`` and ``unconfirmed`` tell of a current membership how old its last word is."""

    key: int
    network: NetworkPartner | None
    city: CityPartner | None
    role: str
    founder: bool
    joined: str
    left: str
    ended: bool
    standing: str
    as_of_answer: str | None
    year: int | None
    unconfirmed: datetime.date | None
    old: bool

    @property
    def public_id(self) -> str:
        """The permanent id of the membership."""
        return public_id(self.key)

    def get_role_display(self) -> str:
        """Return the role in the language of the page."""
        return str(Role(self.role).label)

    def get_standing_display(self) -> str:
        """Return the standing in the language of the page."""
        return str(MembershipStanding(self.standing).label)


def row_beside_city(
    membership: Membership, day: datetime.date, *, is_current: bool
) -> MembershipRow:
    """Return the row of one of a city's memberships, from its network and its ``words``."""
    network, words = membership.network, membership.words
    return _row(
        membership,
        day,
        is_current=is_current,
        network=NetworkPartner(network.slug, network.name, network.status),
        year=newest_year_in(words),
        confirmed=last_confirmed_in(words),
    )


def row_beside_network(
    member: Member, day: datetime.date, *, is_current: bool, language: str
) -> MembershipRow:
    """Return the row of one of a network's members, with the name of the city in a language."""
    city = member.city
    name = called_in(language, City, city.pk, city.name)
    return _row(
        member,
        day,
        is_current=is_current,
        city=CityPartner(city.slug, name, city.has_ended, city.ended),
        year=member.newest_year,
        confirmed=member.last_confirmed,
    )


def _row(
    membership: Membership | Member,
    day: datetime.date,
    *,
    is_current: bool,
    year: int | None,
    confirmed: datetime.date | None,
    network: NetworkPartner | None = None,
    city: CityPartner | None = None,
) -> MembershipRow:
    return MembershipRow(
        key=membership.pk,
        network=network,
        city=city,
        role=membership.role,
        founder=membership.founder,
        joined=membership.joined,
        left=membership.left,
        ended=membership.ended,
        standing=membership.standing,
        as_of_answer=getattr(membership, "as_of_answer", None),
        year=year,
        unconfirmed=unconfirmed_by(confirmed, day) if is_current else None,
        old=is_current and is_old_by(year, day),
    )
