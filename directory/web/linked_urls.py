"""Addresses for programs and other sites: things, documents about them, catalogues, cards."""

from django.urls import re_path

from directory.linked.things import KINDS, SLUG
from directory.web.views import things, vocabulary

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
]
