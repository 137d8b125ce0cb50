"""What the service tells of itself before it is asked anything."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from api.addresses import api_address, docs_address
from directory.reconciliation.kinds import KINDS, Kind

VERSION = "0.2"
# Questions in one request; what OpenRefine sends at once follows it.
BATCH_SIZE = 100
# Of the page that a client shows in a frame, in CSS pixels.
PREVIEW_WIDTH, PREVIEW_HEIGHT = 420, 280


def manifest() -> dict[str, Any]:
    """Return the service manifest."""
    root = api_address("reconcile").rstrip("/")
    return {
        "versions": [VERSION],
        "name": _("CityNet: cities, city networks and focus areas"),
        "identifierSpace": f"{root}/entities/",
        "schemaSpace": f"{root}/properties/",
        "documentation": docs_address("openrefine"),
        "logo": f"{settings.SITE_URL}{settings.STATIC_URL}img/favicon.svg",
        "defaultTypes": [kind_of(kind) for kind in KINDS.values()],
        "view": {"url": f"{root}/entities/{{{{id}}}}"},
        "preview": {
            "url": f"{root}/preview/{{{{id}}}}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "suggest": {
            name: {"service_url": settings.SITE_URL, "service_path": reverse(f"api:{address}")}
            for name, address in SUGGESTING.items()
        },
        "extend": {
            "propose_properties": {
                "service_url": settings.SITE_URL,
                "service_path": reverse("api:reconcile-properties"),
            },
            "property_settings": [],
        },
        "batchSize": BATCH_SIZE,
    }


SUGGESTING = {
    "entity": "reconcile-suggest-entity",
    "property": "reconcile-suggest-property",
    "type": "reconcile-suggest-type",
}


def kind_of(kind: Kind) -> dict[str, str]:
    """Return a type as the protocol writes it."""
    return {"id": kind.id, "name": str(kind.name)}
