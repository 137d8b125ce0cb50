"""What a row in a table of memberships shows, on the page of a network or of a city.

Rows are plain values, so that equal rows look alike: a page of a hundred writes what has changed
since and puts in the others as they were (``membership_row`` in the templates).
"""

import datetime
from typing import NamedTuple

from directory.insights.statements import (
    is_old_by,
    last_confirmed_in,
    newest_year_in,
    unconfirmed_by,
)
from directory.models import Membership
from directory.models.choices import MembershipStanding, NetworkStatus, Role
from directory.search.names import named


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

    public_id: str
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

    def get_role_display(self) -> str:
        """Return the role in the language of the page."""
        return str(Role(self.role).label)

    def get_standing_display(self) -> str:
        """Return the standing in the language of the page."""
        return str(MembershipStanding(self.standing).label)


def row_beside_city(
    membership: Membership, day: datetime.date, *, is_current: bool
) -> MembershipRow:
    """Return the row of one of a city's memberships, from its network and its statements."""
    network = membership.network
    partner = NetworkPartner(network.slug, network.name, network.status)
    return _row(membership, day, is_current=is_current, network=partner)


def row_beside_network(
    membership: Membership, day: datetime.date, *, is_current: bool
) -> MembershipRow:
    """Return the row of one of a network's memberships, from its city and its statements."""
    city = membership.city
    partner = CityPartner(city.slug, named(city), city.has_ended, city.ended)
    return _row(membership, day, is_current=is_current, city=partner)


def _row(
    membership: Membership,
    day: datetime.date,
    *,
    is_current: bool,
    network: NetworkPartner | None = None,
    city: CityPartner | None = None,
) -> MembershipRow:
    words = membership.statements.all()
    year = newest_year_in(words)
    return MembershipRow(
        public_id=membership.public_id,
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
        unconfirmed=unconfirmed_by(last_confirmed_in(words), day) if is_current else None,
        old=is_current and is_old_by(year, day),
    )
