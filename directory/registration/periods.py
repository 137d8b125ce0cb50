"""When a membership is: in the calendar, in order, and never twice at the same time."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from directory.models import Membership
from directory.models.period import Bounds, membership_bounds, possible_days
from directory.registration.problems import Invalid, NotPossible


def check_period(membership: Membership, *, others: Iterable[Membership] | None = None) -> None:
    """Check the dates of a membership that is to be saved.

    ``others`` are the memberships of the two, where they have been read already.
    Raises ``Invalid`` for dates that cannot be, and ``NotPossible`` with the ``existing`` one
    where the city surely was in the network at that time by another membership.
    """
    other = clashing(membership, others=others)
    if other is not None:
        raise NotPossible(
            _("%(city)s was in %(network)s at that time already (%(id)s).")
            % {
                "city": membership.city.name,
                "network": membership.network.name,
                "id": other.public_id,
            },
            code="exists",
            existing=other,
        )


def clashing(
    membership: Membership, *, others: Iterable[Membership] | None = None
) -> Membership | None:
    """Return another membership of the two that surely holds at the same time, or None."""
    bounds = _bounds(membership)
    if others is None:
        pair = Membership.objects.filter(city=membership.city, network=membership.network)
        others = pair.order_by("pk")
    for other in others:
        if other.pk is not None and other.pk == membership.pk:
            continue
        if (membership.is_open and other.is_open) or _surely_overlap(bounds, _bounds(other)):
            return other
    return None


def _bounds(membership: Membership) -> Bounds:
    if membership.left and membership.ended:
        raise Invalid({"ended": [_("“Ended” is for a day not known; there is a date of leaving.")]})
    errors = {}
    for column in ("joined", "left"):
        written = getattr(membership, column)
        try:
            if written:
                possible_days(written)
        except ValueError as error:
            errors[column] = [f"{str(error)[:1].upper()}{str(error)[1:]}."]
    if errors:
        raise Invalid(errors)
    try:
        return membership_bounds(membership.joined, membership.left, ended=membership.ended)
    except ValueError as error:
        raise Invalid({"left": [_("The city cannot leave before it joined.")]}) from error


def _surely_overlap(one: Bounds, other: Bounds) -> bool:
    """Return whether both surely hold on a day: as the data package checks it."""
    pairs = [(bounds.joined.last, bounds.left.first) for bounds in (one, other)]
    if any(begin > end for begin, end in pairs):
        return False
    return max(begin for begin, _ in pairs) < min(end for _, end in pairs)
