"""What an office is to look at next: memberships that need its word, disputes, gaps of its page."""

import datetime
from dataclasses import dataclass

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
)
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from directory.insights.statements import year_before
from directory.models import City, Membership, Network, ReviewItem, Statement
from directory.models.choices import Fee, Joining, MembershipStanding, Says, Voice
from directory.models.membership import MembershipQuerySet, current_on
from directory.models.review import OPEN_REVIEW_STATES, ReviewKind
from directory.models.text import fold
from directory.registration.offices import Office, column_of, voice_of

SILENT = (MembershipStanding.SOURCED, MembershipStanding.UNVERIFIED)
STATES = {
    "current": _lazy("current"),
    "past": _lazy("past"),
    **dict(MembershipStanding.choices),
    "unsourced": _lazy("current, without a source"),
    "undated": _lazy("current, beginning not known"),
}
"""By what one looks for among an office's memberships, in words."""


@dataclass(frozen=True)
class Check:
    """One thing that a complete page has: how many of how many; ``name`` is for links."""

    name: str
    sentence: str
    done: int
    of: int = 1

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return self.done >= self.of


class Desk:
    """The memberships of one office on a day, and what it is to say of them.

    Every list is a queryset in a total order, whose rows know the newest word of the office
    (``own_says``, ``own_made``) and of the other side (``other_says``, ``other_made``).
    """

    def __init__(self, office: Office, *, day: datetime.date) -> None:
        self.office, self.day = office, day
        self._own = voice_of(office)
        self._other = Voice.NETWORK if self._own == Voice.CITY else Voice.CITY

    @property
    def memberships(self) -> MembershipQuerySet:
        """All memberships of the office, current ones first."""
        partner = ("network",) if isinstance(self.office, City) else ("city",)
        names = [f"{side}__{column}" for side in partner for column in ("name_key", "slug")]
        rows = Membership.objects.public().filter(**{column_of(self.office): self.office})
        return (
            rows.select_related("network", "city__country")
            .prefetch_related("statements")
            .annotate(
                is_current=ExpressionWrapper(current_on(self.day), output_field=BooleanField()),
                own_says=_newest(self._own, "says"),
                own_made=_newest(self._own, "made"),
                other_says=_newest(self._other, "says"),
                other_made=_newest(self._other, "made"),
            )
            .order_by("-is_current", *names, "joined_first_day", "pk")
        )

    @property
    def due(self) -> MembershipQuerySet:
        """Current ones never confirmed by either side, or by this one more than a year ago."""
        long_ago = Q(own_says=Says.MEMBER, own_made__lt=year_before(self.day))
        never = Q(own_says=None, standing__in=SILENT)
        return self.memberships.filter(
            never | (long_ago & ~Q(standing=MembershipStanding.DISPUTED)), is_current=True
        )

    @property
    def said_by_the_other(self) -> MembershipQuerySet:
        """Those of which the other side has spoken and this one never has."""
        return self.memberships.filter(own_says=None, standing=MembershipStanding.CONFIRMED)

    @property
    def disputed(self) -> MembershipQuerySet:
        """Those on which the two sides differ, or over which an editor is to decide."""
        waiting = ReviewItem.objects.filter(
            membership=OuterRef("pk"), kind=ReviewKind.DISPUTE, state__in=OPEN_REVIEW_STATES
        )
        return self.memberships.filter(Q(standing=MembershipStanding.DISPUTED) | Q(Exists(waiting)))

    def found(self, *, text: str = "", state: str = "") -> MembershipQuerySet:
        """All memberships whose other side is called so, and that are in this state."""
        rows, key = self.memberships, fold(text)
        if key and isinstance(self.office, City):
            rows = rows.filter(
                Q(network__name_key__contains=key) | Q(network__acronym__icontains=text.strip())
            )
        elif key:
            rows = rows.filter(
                Q(city__name_key__contains=key) | Q(city__country__name_key__contains=key)
            )
        if state in MembershipStanding.values:
            return rows.filter(standing=state)
        if state == "past":
            return rows.filter(is_current=False)
        if state == "unsourced":
            rows = rows.filter(~_with_source())
        elif state == "undated":
            rows = rows.filter(joined="")
        return rows.filter(is_current=True) if state in STATES else rows

    def checks(self) -> list[Check]:
        """What a complete page has, in the order of what matters most to its readers."""
        rows = self.memberships.filter(is_current=True).annotate(has_source=_with_source())
        counts = rows.aggregate(
            of=Count("pk"),
            confirmed=Count(
                "pk", filter=Q(own_says=Says.MEMBER, own_made__gte=year_before(self.day))
            ),
            sourced=Count("pk", filter=Q(has_source=True)),
            dated=Count("pk", filter=~Q(joined="")),
        )
        of = counts["of"]
        about = _city_checks if isinstance(self.office, City) else _network_checks
        return [
            Check("memberships", _("Current memberships are listed"), min(of, 1)),
            Check("confirmed", _("You confirmed them within a year"), counts["confirmed"], of),
            Check("sourced", _("They have a source that others can read"), counts["sourced"], of),
            Check("dated", _("It is known when they began"), counts["dated"], of),
            *about(self.office),
        ]


def _newest(voice: Voice, column: str) -> Subquery:
    words = Statement.objects.filter(membership=OuterRef("pk"), voice=voice)
    return Subquery(words.order_by("-made", "-pk").values(column)[:1])


def _with_source() -> Exists:
    return Exists(Statement.objects.filter(membership=OuterRef("pk")).exclude(source=""))


def _city_checks(city: City) -> list[Check]:
    return [
        Check("website", _("The city's website is known"), bool(city.website)),
        Check("names", _("Its name is known in more than one language"), city.labels.exists()),
    ]


def _network_checks(network: Network) -> list[Check]:
    return [
        Check("website", _("The network's website is known"), bool(network.website)),
        Check("joining", _("It says how to join"), network.joining != Joining.UNKNOWN),
        Check("fee", _("It says whether there is a fee"), network.fee != Fee.UNKNOWN),
        Check("eligibility", _("It says who may join"), bool(network.eligibility)),
        Check("members_url", _("Its own list of members is linked"), bool(network.members_url)),
        Check(
            "stated_members",
            _("It states its number of members"),
            network.stated_members is not None,
        ),
        Check("funders", _("It says who pays for it"), network.funders.exists()),
    ]
