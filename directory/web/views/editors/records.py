"""Records as editors write them: finding, making, editing, renaming and ending one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from directory.models.tables import TABLES
from directory.registration import editing, merging
from directory.registration.permissions import Action, require
from directory.registration.problems import NotPossible
from directory.registration.records import record_of
from directory.web.acting import signed_in, typed
from directory.web.changed_records import record_page
from directory.web.forms.editing import EndForm, FindForm, NewRecordForm, RecordForm, RenameForm
from directory.web.table_names import ONE_RECORD

CAN_END = ("networks", "cities")


@signed_in
def records(request: HttpRequest) -> HttpResponse:
    """Find a record by its name, or go to make one."""
    require(request.user, Action.EDIT_RECORD)
    form = FindForm(request.GET if "text" in request.GET else None)
    context = {
        "form": form,
        "tables": [(table, ONE_RECORD[table]) for table in editing.EDITED_TABLES],
    }
    if form.is_valid():
        table = form.cleaned_data["table"]
        context |= {"table": table, "found": form.found(), "asked": True}
    return render(request, "editors/records.html", context)


@signed_in
def new_record(request: HttpRequest, table: str) -> HttpResponse:
    """Make a network, a city, a focus area or a funder."""
    require(request.user, Action.EDIT_RECORD)
    form = NewRecordForm(typed(request), table=table)
    if request.method == "POST" and form.is_valid():
        made = form.save(request.user)
        if made is not None:
            messages.success(request, _("It is published."))
            return redirect("editor-record", table, made.slug)
    context = {"form": form, "table": table, "one": ONE_RECORD[table]}
    return render(request, "editors/new_record.html", context)


@signed_in
def record(request: HttpRequest, table: str, record: str) -> HttpResponse:
    """Edit a record, or go on to renaming, ending or merging it."""
    context = record_context(request, table, record)
    form = RecordForm(typed(request), table=table, record=context["record"])
    if request.method == "POST" and form.is_valid():
        if set(form.changed_data) <= {"reason"}:
            messages.info(request, _("Nothing was changed, so nothing is published."))
            return redirect("editor-record", table, record)
        if form.save(request.user):
            messages.success(request, _("Your changes are published."))
            return redirect("editor-record", table, record)
    return render(request, "editors/record.html", context | {"form": form})


@signed_in
def rename(request: HttpRequest, table: str, record: str) -> HttpResponse:
    """Give a record another id."""
    context = record_context(request, table, record)
    form = RenameForm(typed(request))
    if request.method == "POST" and form.is_valid():
        renamed = form.carry_out(
            editing.rename_record,
            actor=request.user,
            table=table,
            record=record,
            **form.cleaned_data,
        )
        if renamed is not None:
            messages.success(request, _("It is renamed; the former address leads here."))
            return redirect("editor-record", table, renamed.slug)
    return render(request, "editors/rename.html", context | {"form": form})


@signed_in
def end(request: HttpRequest, table: str, record: str) -> HttpResponse:
    """Say that a network or a city has ended; its page stays."""
    if table not in CAN_END:
        raise Http404(table)
    context = record_context(request, table, record)
    form = EndForm(typed(request), table=table)
    if request.method == "POST" and form.is_valid():
        write, said = _ending(table, context["record"], form.cleaned_data)
        if form.carry_out(write, actor=request.user, **said) is not None:
            messages.success(request, _("It is published; the page stays."))
            return redirect("editor-record", table, record)
    return render(request, "editors/end.html", context | {"form": form})


def _ending(table: str, record: Any, said: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Return the rule that ends the record, and what it is told."""
    if table == "cities":
        return merging.end_city, {"city": record, **said}
    successor = said.pop("successor")
    if successor is None:
        return editing.end_network, {"network": record, **said}
    return merging.merge_network_into, {"network": record, "successor": successor, **said}


def record_context(request: HttpRequest, table: str, record: str) -> dict[str, Any]:
    """Return what every page about one record shows; 404 where there is none."""
    require(request.user, Action.EDIT_RECORD)
    try:
        found = record_of(TABLES[table], record)
    except NotPossible as refusal:
        raise Http404(str(refusal)) from refusal
    return {
        "record": found,
        "table": table,
        "one": ONE_RECORD[table],
        "slug": record,
        "public_url": record_page(table, record),
        "can_end": table in CAN_END,
        "can_merge": table in merging.POLICIES,
    }
