"""Focus areas: the issues that networks work on, a tree two levels deep."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.addresses import page_address
from directory.models.fields import (
    KeyField,
    PlainTextField,
    SlugKeyField,
    TextListField,
    bounded,
    filled,
    public_slug,
)
from directory.models.public import NamedRecord, PublicQuerySet


class FocusAreaQuerySet(PublicQuerySet):
    """Focus areas that anyone may read."""

    def in_display_order(self) -> Self:
        """Return the areas as the taxonomy lists them: each parent, then its children."""
        return self.order_by("position", "slug")


class FocusArea(NamedRecord):
    """An issue that networks work on, such as ``womens-safety`` under ``inclusion``."""

    slug = SlugKeyField()
    name = PlainTextField(_("name"), max_length=80)
    name_key = KeyField(max_length=200, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    synonyms = TextListField(_("synonyms"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), db_index=True)

    objects = FocusAreaQuerySet.as_manager()

    class Meta:
        constraints = [
            *bounded("focus_area", name=80),
            *filled("focus_area", "slug", "name"),
            *public_slug("focus_area"),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="focus_area_not_its_own_parent"
            ),
        ]

    def get_absolute_url(self) -> str:
        return page_address("focus-area", self.slug)
