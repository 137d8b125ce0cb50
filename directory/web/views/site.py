"""Pages about the directory itself: method, data, contact, privacy, accessibility."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.insights.figures import directory_figures


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Tell how the data came about, how sure it is and what it lacks."""
    return render(request, "site/about.html", {"figures": directory_figures(day=now().date())})


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Tell how to take the data away."""
    return render(request, "site/data.html", {"figures": directory_figures(day=now().date())})


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Tell where corrections and questions go."""
    return render(request, "site/contact.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Tell what is kept about visitors."""
    return render(request, "site/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Tell how far the site can be used by everyone, and what is known to fall short."""
    return render(request, "site/accessibility.html")
