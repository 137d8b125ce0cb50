"""Regions of the world (UN M49, both levels) and the countries in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.addresses import page_address
from directory.models.fields import (
    KeyField,
    PlainTextField,
    SlugKeyField,
    bounded,
    filled,
    public_slug,
)
from directory.models.public import NamedRecord

WORLD = "World"


class Region(NamedRecord):
    """A region of UN M49: the world, a continent, or a part of one."""

    slug = SlugKeyField()
    name = PlainTextField(_("name"), max_length=80, unique=True)
    name_key = KeyField(max_length=200, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")

    class Meta:
        constraints = [
            *bounded("region", name=80),
            *filled("region", "slug", "name"),
            *public_slug("region"),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="region_not_its_own_part"
            ),
        ]


class Country(NamedRecord):
    """A country or territory of ISO 3166-1 (and XK), grouped as UN M49 does."""

    code = KeyField(_("code"), max_length=2, primary_key=True)
    iso3 = KeyField(_("three-letter code"), max_length=3, unique=True)
    m49 = KeyField(_("M49 code"), max_length=3, blank=True)
    name = PlainTextField(_("name"), max_length=80)
    name_key = KeyField(max_length=200, editable=False, db_index=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="countries")
    note = PlainTextField(_("note"), max_length=200, blank=True)

    class Meta:
        constraints = [
            *bounded("country", name=80, note=200),
            *filled("country", "iso3", "name"),
        ]

    def get_absolute_url(self) -> str:
        return page_address("country", self.code.lower())

    @property
    def continent(self) -> Region:
        """The first-level region: the parent of the finest one, or itself (Antarctica)."""
        parent = self.region.parent
        return self.region if parent is None or parent.parent_id is None else parent
