"""Cities: the municipalities that are members of networks."""

import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.addresses import page_address
from directory.models.as_of import not_ended_by
from directory.models.fields import (
    KeyField,
    PlainTextField,
    SlugKeyField,
    bounded,
    filled,
    plausible_year,
    public_slug,
)
from directory.models.place import Place
from directory.models.public import NamedRecord, PublicQuerySet
from directory.models.region import Country

# Either is enough: of a merger the year may be unknown, of an end what came after.
HAS_ENDED = models.Q(ended__isnull=False) | models.Q(successor__isnull=False)


def had_ended_by(day: datetime.date, *, strict: bool = False) -> models.Q:
    """Return the condition "possibly ended as a municipality by the day", or "surely".

    In the year of its end, or where that is not known, only possibly. Its opposite is "surely
    stood on the day", and the opposite of the strict one "possibly stood".
    """
    if strict:
        return models.Q(ended__lt=day.year)
    within_a_year = models.Q(ended__lt=not_ended_by(day))
    return within_a_year | models.Q(ended__isnull=True, successor__isnull=False)


class CityQuerySet(PublicQuerySet):
    """Cities that anyone may read."""

    def with_country(self) -> Self:
        """Return cities with their country and both its regions, in the same query."""
        return self.select_related("country__region__parent")

    def by_name(self) -> Self:
        """Return cities in the one order of names, total also among namesakes."""
        return self.order_by("name_key", "slug")


class City(NamedRecord):
    """A municipality: merged municipalities, districts and boroughs included."""

    slug = SlugKeyField()
    name = PlainTextField(_("name"), max_length=200)
    name_key = KeyField(max_length=200, editable=False)
    country = models.ForeignKey(Country, models.PROTECT, related_name="cities")
    admin1_code = KeyField(_("division code"), max_length=20, blank=True)
    admin1_name = PlainTextField(_("division"), max_length=100, blank=True)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    timezone = KeyField(_("time zone"), max_length=40, blank=True)
    # The gazetteer may be absent or smaller than the world, so no constraint in the database.
    place = models.ForeignKey(
        Place,
        models.DO_NOTHING,
        db_constraint=False,
        db_column="geonameid",
        null=True,
        blank=True,
        related_name="cities",
    )
    wikidata = KeyField(_("Wikidata id"), max_length=12, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    # A municipal merger: the city keeps its page. Either may be unknown, not both.
    ended = models.PositiveSmallIntegerField(_("ended"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    objects = CityQuerySet.as_manager()

    class Meta:
        constraints = [
            *bounded("city", name=200, admin1_name=100, website=300, wikidata=12),
            *filled("city", "slug", "name"),
            *public_slug("city"),
            *plausible_year("city", "ended"),
            models.CheckConstraint(
                condition=~models.Q(successor=models.F("id")), name="city_not_its_own_successor"
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="city_on_earth",
            ),
            models.UniqueConstraint(
                fields=["place"], name="city_place_once", condition=models.Q(place__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["wikidata"], name="city_wikidata_once", condition=~models.Q(wikidata="")
            ),
        ]
        indexes = [
            models.Index(fields=["name_key", "slug"], name="city_by_name"),
            models.Index(fields=["country", "name_key", "slug"], name="city_by_country"),
            models.Index(fields=["population"], name="city_by_population"),
        ]

    def get_absolute_url(self) -> str:
        return page_address("city", self.slug)

    @property
    def has_ended(self) -> bool:
        """Whether it is a municipality no more."""
        return self.ended is not None or self.successor_id is not None

    @property
    def geonameid(self) -> int | None:
        """The city's id in GeoNames, or None where the gazetteer lacks the municipality."""
        return self.place_id
