"""The way to a file beside every list."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from directory.web.days import AskedDay
from directory.web.downloads import Offer
from directory.web.listing import Listing

register = template.Library()


@register.inclusion_tag("includes/download.html")
def download_found(name: str, listing: Listing) -> dict[str, Any]:
    """Offer what a list page found, under its filters and in its order."""
    return {
        "offer": Offer(name, listing.address.without("page").parameters, _("Download this list"))
    }


@register.inclusion_tag("includes/download.html")
def download(name: str, **filters: str) -> dict[str, Any]:
    """Offer a whole list, or what one filter leaves of it."""
    return {"offer": Offer(name, tuple(filters.items()), _("Download this list"))}


@register.inclusion_tag("includes/download.html")
def download_memberships(asked: AskedDay, **filters: str) -> dict[str, Any]:
    """Offer the memberships that a page shows, of the day asked for; of today, past ones too."""
    named = tuple(pair for pair in filters.items() if pair[1])
    offer = Offer("memberships", (*named, *asked.parameters), _("Download these memberships"))
    return {"offer": offer}
