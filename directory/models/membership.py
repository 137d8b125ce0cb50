"""Memberships: one city in one network over one period."""

import datetime
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.addresses import page_address
from directory.models.as_of import AsOf, answer
from directory.models.choices import MembershipStanding, Role
from directory.models.city import City
from directory.models.fields import KeyField, one_of
from directory.models.network import Network
from directory.models.period import FAR_FUTURE, FAR_PAST, membership_bounds
from directory.models.public import PublicQuerySet, PublicRecord

OPEN = models.Q(left="", ended=False)
LEFT_DAYS = ("left_first_day", "left_last_day")


def current_on(day: datetime.date, prefix: str = "") -> models.Q:
    """Return the condition "open, or ``day`` may lie within" on memberships.

    ``prefix`` is the path to the membership, such as ``"memberships__"``.
    """
    return models.Q(**{f"{prefix}left": "", f"{prefix}ended": False}) | models.Q(
        **{f"{prefix}joined_first_day__lte": day, f"{prefix}left_last_day__gte": day}
    )


def within(day: datetime.date, prefix: str = "", *, strict: bool = False) -> models.Q:
    """Return the condition "answers ``day``" on memberships (DESIGN.md, As of a date).

    By their possible days, so that what is not known leaves the answer open; ``strict`` asks for
    those within which the day surely lies.
    """
    first, last = (
        ("joined_last_day", "left_first_day") if strict else ("joined_first_day", "left_last_day")
    )
    return models.Q(**{f"{prefix}{first}__lte": day, f"{prefix}{last}__gte": day})


def counted_on(day: datetime.date, as_of: AsOf | None = None, prefix: str = "") -> models.Q:
    """Return the condition on memberships that count today, or as of the day that is asked for."""
    return within(as_of.day, prefix, strict=as_of.strict) if as_of else current_on(day, prefix)


def public_id(key: int) -> str:
    """Return the permanent id of the membership with this primary key."""
    return f"m{key:05d}"


def is_current(row: Any, day: datetime.date) -> bool:
    """Tell of a row at hand, a record or plain values, what ``current_on`` asks of the table."""
    is_open = not row.left and not row.ended
    return is_open or row.joined_first_day <= day <= row.left_last_day


class MembershipQuerySet(PublicQuerySet):
    """Memberships that anyone may read."""

    def as_of(self, day: datetime.date, *, strict: bool = False) -> Self:
        """Return memberships that answer the day, each with its ``as_of_answer``.

        ``strict`` leaves only those that answer with a sure yes.
        """
        found = self.filter(within(day, strict=strict))
        return found.annotate(as_of_answer=answer(within(day, strict=True)))

    def current(self, day: datetime.date) -> Self:
        """Return memberships that are open or within which ``day`` may lie."""
        return self.filter(current_on(day))

    def with_names(self) -> Self:
        """Return memberships with network, city and the city's country, in the same query."""
        return self.select_related("network", "city__country__region__parent")

    def with_statements(self) -> Self:
        """Return memberships with what they rest on, oldest first, in one more query."""
        statements = self.model._meta.get_field("statements").related_model
        return self.prefetch_related(
            models.Prefetch("statements", statements.objects.order_by("id"))
        )


class Membership(PublicRecord):
    """One city in one network over one period.

    ``joined`` and ``left`` are kept as written (``2019``, ``2019-05``, ``2019-05-03``, or
    empty: not known); ``left`` is inclusive. The four day columns are the first and last
    possible day of each, so that no date question meets a NULL: see ``directory.models.period``.
    """

    derived = {
        "joined": ("joined_first_day", "joined_last_day", *LEFT_DAYS),
        "left": LEFT_DAYS,
        "ended": LEFT_DAYS,
        "ended_seen": LEFT_DAYS,
    }

    id = models.BigAutoField(primary_key=True)
    network = models.ForeignKey(Network, models.PROTECT, related_name="memberships")
    city = models.ForeignKey(City, models.PROTECT, related_name="memberships")
    role = KeyField(_("role"), max_length=20, choices=Role.choices, default=Role.MEMBER)
    founder = models.BooleanField(_("founder"), default=False)
    joined = KeyField(_("joined"), max_length=10, blank=True)
    left = KeyField(_("left"), max_length=10, blank=True)
    ended = models.BooleanField(_("ended, date not known"), default=False)
    # Year of the newest source that speaks of an ended membership: it was still one until then.
    ended_seen = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    joined_first_day = models.DateField(editable=False)
    joined_last_day = models.DateField(editable=False)
    left_first_day = models.DateField(editable=False)
    left_last_day = models.DateField(editable=False)
    standing = KeyField(
        _("standing"), max_length=20, choices=MembershipStanding.choices, editable=False
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            *one_of("membership", role=Role, standing=MembershipStanding),
            models.UniqueConstraint(
                fields=["network", "city"], condition=OPEN, name="membership_open_once"
            ),
            models.CheckConstraint(
                condition=models.Q(left="") | models.Q(ended=False),
                name="membership_ended_without_date",
            ),
            models.CheckConstraint(
                condition=models.Q(joined_first_day__lte=models.F("joined_last_day"))
                & models.Q(left_first_day__lte=models.F("left_last_day"))
                & models.Q(joined_first_day__lte=models.F("left_last_day")),
                name="membership_days_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(joined="", joined_first_day=FAR_PAST, joined_last_day=FAR_FUTURE)
                | (~models.Q(joined="") & models.Q(joined_last_day__lt=FAR_FUTURE)),
                name="membership_joined_matches_days",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    left="", ended=False, left_first_day=FAR_FUTURE, left_last_day=FAR_FUTURE
                )
                | models.Q(left="", ended=True, left_last_day__lt=FAR_FUTURE)
                | (~models.Q(left="") & models.Q(ended=False, left_last_day__lt=FAR_FUTURE)),
                name="membership_left_matches_days",
            ),
        ]
        indexes = [
            models.Index(fields=["network", "left_last_day"], name="membership_by_network"),
            models.Index(fields=["city", "left_last_day"], name="membership_by_city"),
            models.Index(fields=["standing", "id"], name="membership_by_standing"),
            models.Index(fields=["role", "id"], name="membership_by_role"),
            models.Index(fields=["joined_first_day", "id"], name="membership_by_joining"),
            models.Index(fields=["left_last_day", "id"], name="membership_by_leaving"),
            models.Index(
                fields=["joined_last_day", "left_first_day"], name="membership_by_sure_days"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    def derive(self) -> None:
        bounds = membership_bounds(
            self.joined, self.left, ended=self.ended, ended_seen=self.ended_seen
        )
        self.joined_first_day, self.joined_last_day = bounds.joined
        self.left_first_day, self.left_last_day = bounds.left

    def get_absolute_url(self) -> str:
        return page_address("membership", self.public_id)

    @property
    def public_id(self) -> str:
        """The permanent id, such as ``m00001``."""
        return public_id(self.pk)

    @property
    def is_open(self) -> bool:
        """Whether the membership has no known end at all."""
        return not self.left and not self.ended

    def is_current_on(self, day: datetime.date) -> bool:
        """Whether it is open, or ``day`` may lie within: ``current_on`` for a row at hand."""
        return is_current(self, day)
