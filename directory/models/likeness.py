"""The cities most like a city, stored: kept in step with memberships, never part of the data."""

from django.db import models

from directory.models.city import City


class Likeness(models.Model):
    """A city and one of those most like it; ``rank`` 1 is the likest.

    ``score`` (0 to 1) and ``shared``, the networks in common, are as
    ``directory.insights.likeness`` works them out.
    """

    id = models.BigAutoField(primary_key=True)
    city = models.ForeignKey(City, models.CASCADE, related_name="likest")
    other = models.ForeignKey(City, models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()
    score = models.FloatField()
    shared = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "rank"], name="likeness_rank_once"),
            models.UniqueConstraint(fields=["city", "other"], name="likeness_other_once"),
        ]

    def __str__(self) -> str:
        return f"{self.city_id} {self.rank}: {self.other_id}"


class LikenessDays(models.Model):
    """The days, both included, on which what is stored holds: no membership begins or ends.

    One row at most; without it nothing has been worked out yet.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="likeness_days_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} to {self.last_day}"
