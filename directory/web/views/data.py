"""Pages of how to take the data away: in releases and otherwise, and what each column means."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.downloads.file_formats import formats_of
from directory.downloads.lists import FILTER_SETS
from directory.insights.figures import directory_figures
from directory.models import Release, ReleaseFile
from directory.releases.edition import edition_of, newest_release
from directory.web.dictionary import dictionary as data_dictionary
from directory.web.kept_files import answer_with
from directory.web.recipes import recipes
from directory.web.release_pages import ReleasePage, listed_releases

RELEASES_SHOWN = 5


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Tell how to take the data away."""
    newest_first = list(listed_releases().prefetch_related("files")[:RELEASES_SHOWN])
    edition = edition_of(newest_first[0]) if newest_first else None
    context = {
        "figures": directory_figures(day=now().date()),
        "site_url": settings.SITE_URL,
        "releases": newest_first,
        "edition": edition,
        "recipes": recipes(edition.url) if edition else [],
        "downloads": {name: formats_of(name) for name in FILTER_SETS},
    }
    return render(request, "data/data.html", context)


@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """Tell what every column of the data means."""
    return render(request, "data/dictionary.html", {"tables": data_dictionary()})


@require_safe
def release_list(request: HttpRequest) -> HttpResponse:
    """Show all releases, newest first."""
    return render(request, "data/releases.html", {"releases": listed_releases()})


@require_safe
def release(request: HttpRequest, version: str) -> HttpResponse:
    """Show a release: its files with sums, how it is cited, what changed."""
    found = get_object_or_404(Release.objects.select_related("before", "after"), version=version)
    return render(request, "data/release.html", {"page": ReleasePage(found)})


@require_safe
def release_file(request: HttpRequest, version: str, name: str) -> HttpResponseBase:
    """Answer with a file of a release."""
    files = ReleaseFile.objects.select_related("release")
    return answer_with(request, get_object_or_404(files, release__version=version, name=name))


@require_safe
def latest(request: HttpRequest, name: str = "") -> HttpResponse:
    """Lead to the newest release or a file of it, which is another one next time."""
    newest = newest_release()
    if newest is None:
        raise Http404(_("There is no release yet."))
    if name:
        address = reverse("release-file", args=[newest.version, name])
    else:
        address = newest.get_absolute_url()
    return HttpResponseRedirect(address, headers={"Cache-Control": "no-cache"})
