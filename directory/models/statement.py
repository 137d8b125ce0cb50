"""Statements: what a membership rests on, and who says so."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.choices import Says, Voice
from directory.models.fields import KeyField, PlainTextField, bounded, one_of, plausible_year
from directory.models.membership import Membership
from directory.models.public import PublicRecord


class Statement(PublicRecord):
    """One voice saying one thing about one membership.

    ``source`` is the address where it can be read; ``source_year`` the year of which it speaks
    (NULL: an undated source); ``made`` the day on which it was recorded. ``checked`` tells
    whether what it says stood on the cited page when it was read: a source that is cited
    without having been checked leaves a membership ``unverified``.
    """

    id = models.BigAutoField(primary_key=True)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="statements")
    voice = KeyField(_("voice"), max_length=20, choices=Voice.choices)
    says = KeyField(_("says"), max_length=20, choices=Says.choices)
    joined = KeyField(_("joined"), max_length=10, blank=True)
    left = KeyField(_("left"), max_length=10, blank=True)
    ended = models.BooleanField(_("ended, date not known"), default=False)
    source = models.URLField(_("source"), max_length=500, blank=True)
    source_year = models.PositiveSmallIntegerField(_("year of the source"), null=True, blank=True)
    checked = models.BooleanField(_("seen on the cited page"), default=True)
    written_as = PlainTextField(_("city as written there"), max_length=200, blank=True)
    made = models.DateField(_("recorded on"))

    class Meta:
        constraints = [
            *bounded("statement", source=500, written_as=200),
            *one_of("statement", voice=Voice, says=Says),
            *plausible_year("statement", "source_year"),
            models.CheckConstraint(
                condition=~models.Q(voice="source") | ~models.Q(source=""),
                name="statement_source_has_address",
            ),
            models.CheckConstraint(
                condition=models.Q(left="") | models.Q(ended=False),
                name="statement_ended_without_date",
            ),
        ]
        indexes = [
            models.Index(fields=["voice", "id"], name="statement_by_voice"),
            models.Index(fields=["source_year", "id"], name="statement_by_source_year"),
            models.Index(fields=["made", "id"], name="statement_by_day"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def public_id(self) -> str:
        """The permanent id, such as ``s00001``."""
        return f"s{self.pk:05d}"
