"""What each document says of the page that it goes with: address, licence, who publishes it."""

from django.conf import settings
from django.db.models import Model

from directory.linked.json_ld import LICENCE, Node
from directory.linked.things import page


def page_of(record: Model) -> Node:
    """Return the part of a document that leads to the record's page and names the licence."""
    about = {"@type": "WebPage", "@id": page(record), "license": LICENCE, "isPartOf": website()}
    return {"mainEntityOfPage": about}


def website() -> Node:
    """Return the directory as a whole."""
    return {"@type": "WebSite", "@id": f"{settings.SITE_URL}/", "name": "CityNet"}
