"""The day that a page about one record is asked for: today, or another by ``as_of``."""

from dataclasses import replace

from django.http import HttpRequest
from django.utils.timezone import now

from directory.models import Membership
from directory.models.as_of import AsOf
from directory.search.day_filters import AsOfFilterSet, AsOfForm
from directory.web.addresses import Address
from directory.web.bad_addresses import BadAddress

PARAMETERS = ("as_of", "precision")


class BadDay(BadAddress):
    """Raised by a day that is none; carries the message for the visitor."""


class _DayOnly(AsOfFilterSet):
    class Meta:
        model = Membership
        fields: list[str] = []
        form = AsOfForm


class AskedDay:
    """What a request says of the day, and the addresses beside it.

    ``as_of`` is None for today, which is the ``latest`` that may be asked for. Raises BadDay for
    what is no full day.
    """

    def __init__(self, request: HttpRequest, *others: str) -> None:
        self.as_of: AsOf | None = None
        self.latest = now().date()
        if any(parameter in request.GET for parameter in PARAMETERS):
            filters = _DayOnly(request.GET, day=self.latest)
            for messages in filters.errors.values():
                raise BadDay(messages[0])
            self.as_of = filters.as_of_day
        self._address = Address.of(request.path, request.GET, [*others, *PARAMETERS])

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """What another form of the page carries along."""
        return [pair for pair in self._address.parameters if pair[0] in PARAMETERS]

    @property
    def canonical(self) -> str:
        """The address of the page as of this day."""
        return str(self._address)

    def address_of(self, path: str) -> str:
        """Return the address of another path as of the same day."""
        return str(replace(self._address, path=path, parameters=tuple(self.parameters)))

    @property
    def today(self) -> str:
        """The address of the page as it is today."""
        return self._address.path
