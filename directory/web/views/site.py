"""Pages about the directory itself: method, contact, privacy, accessibility."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.insights.figures import directory_figures
from directory.models.choices import MembershipStanding
from directory.registration.claim_links import GOOD_FOR
from directory.registration.expiry import UNUSED_FOR
from directory.registration.retention import KEPT_FOR


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Tell how the data came about, how sure it is and what it lacks."""
    figures = directory_figures(day=now().date())
    standing_counts = [(each.label, figures.standing.get(each, 0)) for each in MembershipStanding]
    context = {"figures": figures, "standing_counts": standing_counts}
    return render(request, "site/about.html", context)


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Tell where corrections and questions go."""
    return render(request, "site/contact.html", {"email": settings.CONTACT_EMAIL})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Tell what is kept about visitors, and about people who act or suggest something."""
    context = {
        "kept_days": KEPT_FOR.days,
        "unused_months": UNUSED_FOR.days // 365 * 12,
        "link_days": GOOD_FOR.days,
    }
    return render(request, "site/privacy.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Tell how far the site can be used by everyone, and what is known to fall short."""
    return render(request, "site/accessibility.html")
