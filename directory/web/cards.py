"""Cards: a record in a small frame on pages of others, and the code that puts it there."""

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from directory.linked.things import identifier_of, kind_of
from directory.models import City, Network
from directory.search.names import named

WIDTH, HEIGHT = 480, 320
KINDS = {"network": "network-card", "city": "city-card"}


def has_card(record: Model) -> bool:
    """Tell whether a record can be shown in a frame."""
    return kind_of(record).name in KINDS


def card_code(record: City | Network, *, width: int = WIDTH, height: int = HEIGHT) -> str:
    """Return the HTML that shows the card of a network or a city, so many CSS pixels large.

    In the active language.
    """
    address = reverse(KINDS[kind_of(record).name], args=[identifier_of(record)])
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"'
        ' style="border:0;max-width:100%"></iframe>',
        f"{settings.SITE_URL}{address}",
        card_title(record),
        width,
        height,
    )


def card_title(record: City | Network) -> str:
    """Return what a card is called."""
    return _("%(name)s in CityNet") % {"name": named(record)}
