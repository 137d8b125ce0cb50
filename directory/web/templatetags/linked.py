"""What pages say of themselves to programs: linked data, and where else it can be had."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from directory.linked.dataset import Release, dataset_document, live_distributions
from directory.linked.json_ld import Node, written_in_page
from directory.linked.things import document, page
from directory.web.cards import card_code, has_card

register = template.Library()


@register.filter
def json_ld(node: Node) -> SafeString:
    """Write a document into a script element: data, which no policy stops."""
    return mark_safe(written_in_page(node))  # noqa: S308 - cannot close the element


@register.inclusion_tag("linked/head.html")
def linked_data(record: Model, node: Node) -> dict[str, object]:
    """Show a record to programs: its linked data, its files, its card in the page's language."""
    address = page(record)
    oembed = [
        (f"{media_type}+oembed", f"{reverse('oembed')}?{urlencode(asked)}")
        for name, media_type in (("json", "application/json"), ("xml", "text/xml"))
        for asked in [{"url": address, "format": name}]
        if has_card(record)
    ]
    files = [
        ("application/json", document(record, "json")),
        ("application/ld+json", document(record, "jsonld")),
        ("text/turtle", document(record, "ttl")),
    ]
    return {"node": node, "alternates": [*files, *oembed]}


@register.inclusion_tag("linked/head.html")
def linked_dataset(releases: Iterable[Release] = ()) -> dict[str, object]:
    """Show the data as a whole to search engines of data, and the catalogue to portals."""
    with override(settings.LANGUAGE_CODE):
        node = dataset_document(distributions=live_distributions(), releases=releases)
    files = [("text/turtle", "ttl"), ("application/ld+json", "jsonld")]
    alternates = [(media, reverse("catalogue-file", args=[suffix])) for media, suffix in files]
    return {"node": node, "alternates": alternates}


@register.inclusion_tag("linked/embed.html")
def embed_this(record: Model) -> dict[str, object]:
    """Offer the code that shows the record's card on another page."""
    return {"code": card_code(record)}
