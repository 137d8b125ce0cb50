"""Which records a request names to be compared."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from api.resources import present_slug
from directory.insights.comparing import LEAST_COMPARED, MOST_COMPARED
from directory.models import City, Network
from directory.models.fields import SLUG
from directory.search.filter_fields import RecordsField, unknown_record


@dataclass(frozen=True)
class Comparable:
    """A kind of record that can be compared: the parameter that names one, the pages that do."""

    parameter: str
    page: str
    file: str
    rows: Callable[[], QuerySet[Any]]


NETWORKS = Comparable(
    "network",
    "compare-networks",
    "compare-networks-file",
    lambda: Network.objects.public().with_facts().prefetch_related("labels"),
)
CITIES = Comparable(
    "city",
    "compare-cities",
    "compare-cities-file",
    lambda: (
        City.objects.public().with_country().select_related("successor").prefetch_related("labels")
    ),
)


class NamedRecords:
    """The records that a request names, in its order; raises ValidationError where some cannot be.

    ``slugs`` are the ids that they have now; ``moved`` says that the request names former ones.
    """

    def __init__(self, request: Request, kind: Comparable) -> None:
        self._kind = kind
        asked = list(dict.fromkeys(request.query_params.getlist(kind.parameter)))
        if not LEAST_COMPARED <= len(asked) <= MOST_COMPARED:
            message = _("Name %(least)d to %(most)d different ones, each by this parameter.")
            values = {"least": LEAST_COMPARED, "most": MOST_COMPARED}
            raise ValidationError({kind.parameter: [message % values]})
        possible = [slug for slug in asked if re.fullmatch(SLUG, slug, re.ASCII)]
        self._found = {one.slug: one for one in kind.rows().filter(slug__in=possible)}
        self.slugs = [slug if slug in self._found else self._present(slug) for slug in asked]
        self.moved = self.slugs != asked

    @cached_property
    def records(self) -> list[Any]:
        """The records."""
        return [self._found[slug] for slug in self.slugs]

    @property
    def query(self) -> str:
        """What names them in an address."""
        return urlencode([(self._kind.parameter, slug) for slug in dict.fromkeys(self.slugs)])

    def address(self, url_name: str) -> str:
        """Return the absolute address of a page about them."""
        return f"{settings.SITE_URL}{reverse(url_name)}?{self.query}"

    def _present(self, former: str) -> str:
        """Return the id that stands for a former one; raises ValidationError for an unknown one."""
        present = re.fullmatch(SLUG, former, re.ASCII) and present_slug(
            self._kind.parameter, former
        )
        if present:
            return present
        field = RecordsField(queryset=self._kind.rows(), to_field_name="slug")
        raise ValidationError({self._kind.parameter: unknown_record(former, field).messages})
