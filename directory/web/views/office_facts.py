"""The page on which a city or a network keeps the facts about itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from directory.web.acting import acting_office, signed_in, typed
from directory.web.forms.facts import FactsForm
from directory.web.office_words import word_of


@signed_in
def facts(request: HttpRequest, table: str, slug: str) -> HttpResponse:
    """Show the facts as they stand; publish what was changed."""
    office = acting_office(request, table, slug)
    form = FactsForm(office, typed(request))
    if request.method == "POST" and form.is_valid():
        if not form.changed_values() and not form.names:
            messages.info(request, _("Nothing was changed."))
            return redirect("office", table, slug)
        if form.speak(request.user):
            messages.success(request, _("%s: your facts are published.") % word_of(office))
            return redirect("office", table, slug)
    return render(request, "offices/facts.html", {"form": form, "office": office, "table": table})
