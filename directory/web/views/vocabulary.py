"""Our own words in linked data, explained to people and to programs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.linked.json_ld import PREFIXES
from directory.linked.vocabulary import CLASSES, TERMS, vocabulary_document
from directory.web.linked_files import answer


@require_safe
def vocabulary(request: HttpRequest) -> HttpResponse:
    """Explain each word that documents use beside those of well-known vocabularies."""
    context = {"classes": CLASSES, "terms": TERMS, "prefixes": PREFIXES}
    return render(request, "site/vocabulary.html", context)


@require_safe
def vocabulary_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """Answer with the words as linked data."""
    return answer(vocabulary_document(), suffix)
