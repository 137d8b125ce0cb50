"""The page that shows developers what pages are made of, and the stylesheet that it adds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.web import styleguide as design


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show tokens, components and their states."""
    context = {
        "colours": design.colours(),
        "sizes": design.sizes(),
        "spaces": design.spaces(),
        "others": design.others(),
        "samples": design.Samples(request.path),
    }
    return render(request, "styleguide/styleguide.html", context)


@require_safe
def shown_stylesheet(request: HttpRequest) -> HttpResponse:
    """Answer with the rules that show states and colour schemes by classes."""
    return HttpResponse(design.shown_stylesheet(), content_type="text/css; charset=utf-8")
