"""Places: the settlements of the gazetteer (GeoNames, CC BY 4.0) and all their names."""

from django.db import models

from directory.models.fields import KeyField


class Place(models.Model):
    """A settlement that a city may be linked to; many places are mere quarters of a city."""

    geonameid = models.PositiveIntegerField(primary_key=True)
    name = models.CharField(max_length=200)
    country_code = KeyField(max_length=2, db_index=True)
    admin1_code = KeyField(max_length=20, blank=True)
    admin1_name = models.CharField(max_length=100, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField()
    timezone = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.country_code})"


class PlaceName(models.Model):
    """One name of a place, in no stated language: good for finding it, never shown as one.

    ``left_half`` and ``right_half`` find names within a slip of it (gazetteer.spelling), 0 where
    another name of the place does. ``is_shared``: places of its country that the gazetteer leaves
    out are called so too.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey(Place, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    key = KeyField(max_length=200)
    left_half = models.PositiveIntegerField(default=0, editable=False)
    right_half = models.PositiveIntegerField(default=0, editable=False)
    is_shared = models.BooleanField(default=False, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["key", "place"], name="place_name_by_key"),
            *(
                models.Index(
                    fields=[half],
                    name=f"place_name_{half}",
                    condition=models.Q(**{f"{half}__gt": 0}),
                )
                for half in ("left_half", "right_half")
            ),
        ]

    def __str__(self) -> str:
        return self.name
