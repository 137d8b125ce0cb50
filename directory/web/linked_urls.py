"""Addresses for programs and other sites: things, documents about them, catalogues."""

from django.urls import path, re_path

from directory.linked.things import KINDS, SLUG
from directory.web.views import cards, crawling, things, vocabulary

SUFFIX = r"\.(?P<suffix>json|jsonld|ttl)$"

urlpatterns = [
    *(
        re_path(
            rf"^{kind.path}/(?P<identifier>{kind.pattern}){SUFFIX}",
            things.file,
            {"name": kind.name},
            name=f"{kind.name}-file",
        )
        for kind in KINDS.values()
    ),
    re_path(
        rf"^id/(?P<name>{'|'.join(KINDS)})/(?P<identifier>{SLUG})$", things.thing, name="thing"
    ),
    re_path(
        r"^data/vocabulary\.(?P<suffix>jsonld|ttl)$",
        vocabulary.vocabulary_file,
        name="vocabulary-file",
    ),
    re_path(
        r"^data/catalog\.(?P<suffix>jsonld|ttl)$", crawling.catalogue_file, name="catalogue-file"
    ),
    path("sitemap.xml", crawling.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", crawling.sitemap_section, name="sitemap-section"),
    path("opensearch.xml", crawling.opensearch, name="opensearch"),
    path("search/completions/", crawling.completions, name="completions"),
    path("oembed", cards.oembed, name="oembed"),
]
