"""What is asked of the networks: words, choices, ranges, a city, an order."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from directory.models.as_of import AsOf


class NetworkSort(TextChoices):
    """The orders in which networks are listed; each is total."""

    RELEVANCE = "relevance", _("relevance")
    NAME = "name", _("name")
    OLDEST = "founded", _("founded, oldest first")
    NEWEST = "-founded", _("founded, newest first")
    FEWEST_MEMBERS = "members", _("listed members, fewest first")
    MOST_MEMBERS = "-members", _("listed members, most first")


@dataclass(frozen=True)
class Range:
    """A range of whole numbers, both ends included; None is no bound."""

    least: int | None = None
    most: int | None = None

    def __bool__(self) -> bool:
        return self.least is not None or self.most is not None


@dataclass(frozen=True)
class NetworkCriteria:
    """A valid question: values within a facet are OR, between facets AND.

    ``member`` and ``not_member`` are primary keys of cities, ``parent`` of a network.
    """

    text: str = ""
    exact: bool = False
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    ranges: Mapping[str, Range] = field(default_factory=dict)
    member: int | None = None
    not_member: int | None = None
    sections_of: frozenset[int] | None = None
    sort: str = ""
    as_of: AsOf | None = None

    @property
    def order(self) -> str:
        """The order asked for; without one, relevance where there are words, else the name."""
        if self.sort == NetworkSort.RELEVANCE and not self.text:
            return NetworkSort.NAME
        return self.sort or (NetworkSort.RELEVANCE if self.text else NetworkSort.NAME)
