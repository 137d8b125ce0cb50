"""What stands against a new membership before anybody looks at its period."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from directory.models import City, Network
from directory.models.choices import NetworkStatus
from directory.registration.problems import Invalid, NotPossible


def check_not_over(city: City, network: Network, said: Mapping[str, Any]) -> None:
    """Refuse an open membership of a city, or in a network, that is there no more.

    Raises ``NotPossible`` with the one it became part of as ``existing``, else ``Invalid``.
    """
    if network.status == NetworkStatus.MERGED:
        raise NotPossible(
            _("%(network)s became part of %(other)s. Add the membership there.")
            % {"network": network.name, "other": network.merged_into},
            code="merged",
            existing=network.merged_into,
        )
    if said.get("left") or said.get("ended"):
        return
    if network.status == NetworkStatus.ENDED:
        raise Invalid({"left": [_("This network has ended. Write until when the city was in it.")]})
    if city.successor:
        raise NotPossible(
            _(
                "%(city)s became part of %(other)s. Add the membership there, or write when it "
                "ended."
            )
            % {"city": city.name, "other": city.successor.name},
            code="merged",
            existing=city.successor,
        )
    if city.ended is not None:
        raise Invalid({"left": [_("This city has ended. Write until when it was in the network.")]})
