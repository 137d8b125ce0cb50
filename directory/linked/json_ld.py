"""The JSON-LD in which every document is made; Turtle is the same triples, written anew."""

import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import wraps
from typing import Any, ParamSpec

from django.conf import settings
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import override

from directory.models import Label
from directory.models.period import PARTIAL_DATE
from directory.search.names import NameIn

Node = dict[str, Any]
Given = ParamSpec("Given")

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "gn": "http://www.geonames.org/ontology#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# Their values are addresses, not text.
ADDRESSES = ("citation", "contentUrl", "license", "mainEntityOfPage", "sameAs", "url")
DECIMALS = ("latitude", "longitude")
DATE_TYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
# Inside an element no letter of these can end it or begin another.
ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def context() -> Node:
    """Return what the words of documents mean: schema.org's, unless a prefix says otherwise.

    Written out in each document, so that nobody has to fetch another one to read it.
    """
    return {
        "@vocab": "https://schema.org/",
        **PREFIXES,
        "cn": f"{vocabulary_address()}#",
        **{name: {"@type": "@id"} for name in ADDRESSES},
        **{name: {"@type": "xsd:decimal"} for name in DECIMALS},
    }


def in_one_language(build: Callable[Given, Node]) -> Callable[Given, Node]:
    """Build a document in the site's own language, whatever that of the page: ids have none."""

    @wraps(build)
    def built(*args: Given.args, **kwargs: Given.kwargs) -> Node:
        with override(settings.LANGUAGE_CODE):
            return build(*args, **kwargs)

    return built


def vocabulary_address() -> str:
    """Return the address of the page that explains our own words."""
    return settings.SITE_URL + reverse("vocabulary")


def with_context(node: Node) -> Node:
    """Return a node as a document that can be read on its own."""
    return {"@context": context(), **node}


def known(node: Node) -> Node:
    """Return a node without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}


def reference(address: str) -> Node:
    """Return a reference to another thing, its address made fit for one."""
    return {"@id": web_address(address)}


def web_address(written: str) -> str:
    """Return an address as the world writes them without the characters that RDF forbids."""
    return iri_to_uri(written)


def date(written: str | int | None) -> Node | None:
    """Return ``2019``, ``2019-05`` or ``2019-05-03`` as exactly as it was written."""
    text = str(written or "")
    if not PARTIAL_DATE.fullmatch(text):
        return None
    return {"@type": DATE_TYPES[len(text)], "@value": text}


def decimal(number: float) -> str:
    """Return a number without exponent."""
    return f"{Decimal(str(number)):f}"


def in_language(labels: Iterable[Label | NameIn]) -> list[Node]:
    """Return names, each with its language."""
    return [{"@language": label.language, "@value": label.name} for label in labels]


def written(document: Node) -> str:
    """Return a document as a file."""
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n"


def written_in_page(document: Node) -> str:
    """Return a document as it may stand in a script element: no text in it can end that."""
    return json.dumps(document, ensure_ascii=False).translate(ESCAPES)
