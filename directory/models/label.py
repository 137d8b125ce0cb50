"""Labels: names of records, and other words for them, by language."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.city import City
from directory.models.fields import KeyField, PlainTextField, TextListField, bounded, filled
from directory.models.focus_area import FocusArea
from directory.models.network import Network
from directory.models.public import PublicRecord


class Label(PublicRecord):
    """What one network, city or focus area is called in one language (BCP 47 tag).

    The name is what pages show; synonyms are other words by which it is found.
    """

    network = models.ForeignKey(Network, models.PROTECT, null=True, related_name="labels")
    city = models.ForeignKey(City, models.PROTECT, null=True, related_name="labels")
    focus_area = models.ForeignKey(FocusArea, models.PROTECT, null=True, related_name="labels")
    language = KeyField(_("language"), max_length=12)
    name = PlainTextField(_("name"), max_length=200)
    synonyms = TextListField(_("synonyms"), default=list, blank=True)

    class Meta:
        constraints = [
            *bounded("label", name=200),
            *filled("label", "language", "name"),
            models.CheckConstraint(
                condition=models.Q(network__isnull=False, city=None, focus_area=None)
                | models.Q(network=None, city__isnull=False, focus_area=None)
                | models.Q(network=None, city=None, focus_area__isnull=False),
                name="label_of_one_record",
            ),
            *(
                models.UniqueConstraint(
                    fields=[owner, "language"],
                    condition=models.Q(**{f"{owner}__isnull": False}),
                    name=f"label_once_per_{owner}",
                )
                for owner in ("network", "city", "focus_area")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.name}"
