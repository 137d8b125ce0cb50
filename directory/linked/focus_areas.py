"""Focus areas as linked data: terms of schema.org and concepts of SKOS."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.linked.json_ld import Node, in_language, in_one_language, known, with_context
from directory.linked.names import named_area, named_network
from directory.linked.pages import page_of
from directory.models import FocusArea, Label, Network


@in_one_language
def focus_area_document(
    area: FocusArea,
    *,
    labels: Iterable[Label],
    children: Iterable[FocusArea],
    networks: Iterable[Network] = (),
) -> Node:
    """Return a focus area in its tree, with the networks that work on it or on a part of it.

    A page leaves the networks out: it shows them in a list.
    """
    labels = list(labels)
    names = in_language(labels)
    words = [
        {"@language": label.language, "@value": word} for label in labels for word in label.synonyms
    ]
    return with_context(
        named_area(area)
        | known(
            {
                "alternateName": [*area.synonyms, *names, *words],
                "inDefinedTermSet": _all_areas(),
                "skos:inScheme": {"@id": _all_areas()["@id"]},
                "skos:prefLabel": [
                    {"@language": "en", "@value": area.name},
                    *(name for name in names if name["@language"] != "en"),
                ],
                "skos:altLabel": [
                    *({"@language": "en", "@value": each} for each in area.synonyms),
                    *words,
                ],
                "skos:broader": named_area(area.parent) if area.parent else None,
                "skos:narrower": [named_area(child) for child in children],
                "@reverse": known({"knowsAbout": [named_network(each) for each in networks]}),
            }
        )
        | page_of(area)
    )


def _all_areas() -> Node:
    return {
        "@type": ["DefinedTermSet", "skos:ConceptScheme"],
        "@id": settings.SITE_URL + reverse("focus-areas"),
        "name": _("Focus areas of city networks"),
    }
