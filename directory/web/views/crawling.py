"""Files for crawlers, portals and browsers: sitemap, catalogue of data, how to search."""

from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.linked.catalogue import catalogue
from directory.search.suggestions import suggest
from directory.web.linked_files import answer
from directory.web.release_pages import listed_releases
from directory.web.sitemaps import SITEMAPS, sitemap_addresses
from directory.web.views.suggestions import LONGEST


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Name the parts of the sitemap."""
    context = {"sitemaps": [{"location": address} for address in sitemap_addresses()]}
    return render(request, "sitemap_index.xml", context, content_type="application/xml")


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """Name the pages of one part of the site."""
    return sitemap(request, SITEMAPS, section).render()


@require_safe
def catalogue_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """Answer with the catalogue of the data and their releases."""
    releases = listed_releases().prefetch_related("files")
    return answer(catalogue(releases=releases), suffix)


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Tell browsers how to search this directory from their own search field."""
    context = {"site": settings.SITE_URL, "email": settings.CONTACT_EMAIL}
    content_type = "application/opensearchdescription+xml"
    return render(request, "site/opensearch.xml", context, content_type=content_type)


@require_safe
def completions(request: HttpRequest) -> JsonResponse:
    """Return what ``q`` may mean so far in the form that browsers read (OpenSearch Suggestions)."""
    words = request.GET.get("q", "")[:LONGEST]
    found = suggest(words, day=now().date())
    answered = [
        words,
        [each.name for each in found],
        [str(each.detail) for each in found],
        [f"{settings.SITE_URL}{each.url}" for each in found],
    ]
    content_type = "application/x-suggestions+json"
    return JsonResponse(answered, safe=False, content_type=content_type)
