"""Answers to programs that turn an address in a text into a card (oembed.com, version 1.0)."""

import json
from collections.abc import Callable, Mapping
from io import StringIO
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.utils.xmlutils import SimplerXMLGenerator

from directory.accounts.languages import language_of
from directory.models import City, Network
from directory.models.choices import RecordType
from directory.web.cards import HEIGHT, WIDTH, card_code, card_title
from directory.web.former_addresses import present_slug

MODELS = {"network": (Network, RecordType.NETWORK), "city": (City, RecordType.CITY)}
CACHE_SECONDS = 24 * 3600
PIXELS = 5

Said = Mapping[str, str | int]


def answer(asked: QueryDict) -> HttpResponse:
    """Return the answer to a request: 404 for an address without card, 501 for another format."""
    write = FORMATS.get(asked.get("format", "json"))
    if write is None:
        return _refused(501, _("Ask for format=json or format=xml."))
    if not asked.get("url"):
        return _refused(400, _("Name a page in the parameter url."))
    try:
        width = min(WIDTH, _pixels(asked, "maxwidth", WIDTH))
        height = min(HEIGHT, _pixels(asked, "maxheight", HEIGHT))
    except ValueError as error:
        return _refused(400, str(error))
    path = _path_of_ours(asked["url"])
    with override(language_of(path)):
        record = _record_at(path)
        if record:
            title, code = card_title(record), card_code(record, width=width, height=height)
    if record is None:
        return _refused(404, _("Only pages of networks and cities have a card."))
    return write(
        {
            "type": "rich",
            "version": "1.0",
            "title": title,
            "provider_name": "CityNet",
            "provider_url": settings.SITE_URL,
            "cache_age": CACHE_SECONDS,
            "html": code,
            "width": width,
            "height": height,
        }
    )


def _path_of_ours(url: str) -> str:
    """Return the path of a page of this site; empty for any other address."""
    try:
        asked, own = urlsplit(url), urlsplit(settings.SITE_URL)
    except ValueError:
        return ""
    is_ours = asked.netloc.lower() == own.netloc and asked.scheme in ("http", "https")
    return asked.path if is_ours else ""


def _record_at(path: str) -> City | Network | None:
    """Return the network or city whose page has this path in the active language, or had once."""
    try:
        match = resolve(path if path.endswith("/") else f"{path}/")
    except Resolver404:
        return None
    if match.url_name not in MODELS or match.namespace:
        return None
    model, kind = MODELS[match.url_name]
    slug = match.kwargs["slug"].lower()
    found = model.objects.public()
    return found.filter(slug=slug).first() or found.filter(slug=present_slug(kind, slug)).first()


def _pixels(asked: QueryDict, name: str, default: int) -> int:
    """Return a size; raises ValueError, with what would be right, where it is none."""
    written = asked.get(name, "") or str(default)
    if not (written.isascii() and written.isdecimal() and written.strip("0")):
        raise ValueError(_("%(name)s is a number of pixels, such as 400.") % {"name": name})
    return int(written.lstrip("0")[:PIXELS])


def _refused(status: int, why: str) -> HttpResponse:
    response = HttpResponse(f"{why}\n", status=status, content_type="text/plain; charset=utf-8")
    # The standard asks for 501, which is no failure of ours to be logged.
    response._has_been_logged = True
    return response


def _json(said: Said) -> HttpResponse:
    return HttpResponse(json.dumps(said), content_type="application/json")


def _xml(said: Said) -> HttpResponse:
    text = StringIO()
    xml = SimplerXMLGenerator(text, "utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement("oembed", {})
    for name, value in said.items():
        xml.addQuickElement(name, str(value))
    xml.endElement("oembed")
    xml.endDocument()
    return HttpResponse(text.getvalue(), content_type="text/xml; charset=utf-8")


FORMATS: dict[str, Callable[[Said], HttpResponse]] = {"json": _json, "xml": _xml}
