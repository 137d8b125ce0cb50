"""What a person typed when they had to sign in first: kept in the session until they are back."""

from django.http import HttpRequest, QueryDict
from django.middleware.csrf import CsrfViewMiddleware

DRAFT = "draft"
LONGEST_DRAFT = 20_000


def keep(request: HttpRequest) -> None:
    """Keep what was sent to a page; a form of another site is not kept.

    Also for middleware, which Django asks before it has looked where a form comes from.
    """
    if request.method != "POST" or _is_from_elsewhere(request):
        return
    body = request.POST.copy()
    body.pop("csrfmiddlewaretoken", None)
    written = body.urlencode()
    if written and len(written) <= LONGEST_DRAFT:
        request.session[DRAFT] = {"path": request.path, "typed": written}


def take(request: HttpRequest, path: str = "") -> QueryDict | None:
    """Return what was kept of the page (or of another ``path``), once; None where nothing was."""
    draft = request.session.get(DRAFT)
    if not draft or draft["path"] != (path or request.path):
        return None
    del request.session[DRAFT]
    return QueryDict(draft["typed"])


def _is_from_elsewhere(request: HttpRequest) -> bool:
    def view(request: HttpRequest) -> None:
        """Stand for the view; none is exempt."""

    return CsrfViewMiddleware(view).process_view(request, view, (), {}) is not None
