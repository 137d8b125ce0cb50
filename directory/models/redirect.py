"""Redirects: addresses that were renamed or merged, and where they lead now."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.choices import RecordType
from directory.models.fields import KeyField, filled, one_of
from directory.models.public import PublicRecord


class Redirect(PublicRecord):
    """A former slug of a record; its address stays alive for ever."""

    record_type = KeyField(_("kind of record"), max_length=20, choices=RecordType.choices)
    old_slug = KeyField(_("former id"), max_length=80)
    new_slug = KeyField(_("present id"), max_length=80)

    class Meta:
        constraints = [
            *one_of("redirect", record_type=RecordType),
            *filled("redirect", "old_slug", "new_slug"),
            models.UniqueConstraint(
                fields=["record_type", "old_slug"], name="redirect_once_per_slug"
            ),
            models.CheckConstraint(
                condition=~models.Q(old_slug=models.F("new_slug")), name="redirect_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.old_slug} → {self.new_slug}"
