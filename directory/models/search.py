"""The search index: which terms stand in which network or city, and how much they weigh."""

from django.db import models

from directory.models.city import City
from directory.models.fields import KeyField
from directory.models.network import Network


class NetworkTerm(models.Model):
    """A term of a network; ``weight`` sums up what each field that holds it gives it."""

    id = models.BigAutoField(primary_key=True)
    network = models.ForeignKey(Network, models.CASCADE, related_name="terms")
    term = KeyField(max_length=200)
    weight = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "network"], name="network_term_once")
        ]

    def __str__(self) -> str:
        return self.term


class CityTerm(models.Model):
    """A term of one of a city's names, in any language and script."""

    id = models.BigAutoField(primary_key=True)
    city = models.ForeignKey(City, models.CASCADE, related_name="terms")
    term = KeyField(max_length=200)
    weight = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "city"], name="city_term_once")]

    def __str__(self) -> str:
        return self.term
