"""Funders: who pays for networks."""

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


class Funder(NamedRecord):
    """An organisation that pays for networks."""

    slug = SlugKeyField()
    name = PlainTextField(_("name"), max_length=200)
    name_key = KeyField(max_length=200, editable=False)

    class Meta:
        constraints = [
            *bounded("funder", name=200),
            *filled("funder", "slug", "name"),
            *public_slug("funder"),
        ]
        indexes = [models.Index(fields=["name_key", "slug"], name="funder_by_name")]

    def get_absolute_url(self) -> str:
        return page_address("funder", self.slug)
