"""Bulk uploads of an office: handing a table in, its stored preview, publishing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directory.models import Upload
from directory.models.upload import UploadState, Verdict
from directory.registration import bulk
from directory.registration.offices import Office
from directory.registration.problems import NotPossible
from directory.web.acting import acting_office, limited, signed_in
from directory.web.addresses import Address
from directory.web.bodies import small_bodies
from directory.web.forms.uploads import ConfirmForm, UploadForm, choices_in
from directory.web.paging import Pages, page_number
from directory.web.upload_pages import Preview

UPLOADS_PER_PAGE = 20


@small_bodies
@signed_in
@limited("upload")
def uploads(request: HttpRequest, table: str, slug: str) -> HttpResponse:
    """Show a person's uploads for an office, and take another."""
    office = acting_office(request, table, slug)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        upload = form.make_preview(actor=request.user, office=office)
        if upload:
            return redirect("upload", table, slug, upload.key)
    earlier = bulk.uploads_of(actor=request.user, office=office)
    address = Address.of(request.path, request.GET, ("page",))
    pages = Pages(address, page_number(request.GET), earlier.count(), UPLOADS_PER_PAGE)
    context = {
        "office": office,
        "table": table,
        "form": form,
        "uploads": earlier[pages.start : pages.stop],
        "pages": pages,
    }
    return render(request, "uploads/list.html", context)


@require_safe
@signed_in
def upload(request: HttpRequest, table: str, slug: str, key: UUID) -> HttpResponse:
    """Show what would become of an upload's rows, or what became of them."""
    office, found = _found(request, table, slug, key)
    return _page(request, table, office, found, None)


@require_POST
@signed_in
def choose(request: HttpRequest, table: str, slug: str, key: UUID) -> HttpResponse:
    """Keep what was chosen for the rows of one page."""
    _office, found = _found(request, table, slug, key)
    try:
        bulk.choose(actor=request.user, upload=found, choices=choices_in(request.POST))
    except NotPossible as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Your choices are kept."))
    return redirect("upload", table, slug, key)


@require_POST
@signed_in
def confirm(request: HttpRequest, table: str, slug: str, key: UUID) -> HttpResponse:
    """Publish an upload, all of it or nothing."""
    office, found = _found(request, table, slug, key)
    form = _confirm_form(found, request.POST)
    if form.is_valid() and form.carry_out(
        bulk.confirm, actor=request.user, upload=found, **form.cleaned_data
    ):
        messages.success(request, _("It is published, all in one change."))
        return redirect("upload", table, slug, key)
    found.refresh_from_db()
    return _page(request, table, office, found, form)


@require_POST
@signed_in
def discard(request: HttpRequest, table: str, slug: str, key: UUID) -> HttpResponse:
    """Give an upload up."""
    _office, found = _found(request, table, slug, key)
    try:
        bulk.discard(actor=request.user, upload=found)
    except NotPossible as refusal:
        messages.warning(request, str(refusal))
        return redirect("upload", table, slug, key)
    messages.success(request, _("It is discarded. Nothing of it was published."))
    return redirect("uploads", table, slug)


@require_safe
@signed_in
def errors(request: HttpRequest, table: str, slug: str, key: UUID) -> HttpResponse:
    """Hand out the same file with a column of errors."""
    _office, found = _found(request, table, slug, key)
    return _download(bulk.errors_file(found))


@require_safe
@signed_in
def sample(request: HttpRequest, table: str, slug: str, kind: str) -> HttpResponse:
    """Hand out a file to fill in."""
    acting_office(request, table, slug)
    needed = "network" if table == "cities" else "city"
    return _download(bulk.sample_file(needed, is_workbook=kind == "xlsx"))


def _found(request: HttpRequest, table: str, slug: str, key: UUID) -> tuple[Office, Upload]:
    office = acting_office(request, table, slug)
    found = bulk.upload_of(actor=request.user, office=office, key=key)
    if found is None:
        raise Http404
    return office, found


def _confirm_form(upload: Upload, data: Any = None) -> ConfirmForm:
    counts = bulk.counts(upload)
    unusable = sum(counts[verdict] for verdict in bulk.UNUSABLE)
    return ConfirmForm(data, unusable=unusable, gone=counts[Verdict.GONE])


def _page(
    request: HttpRequest, table: str, office: Office, upload: Upload, form: ConfirmForm | None
) -> HttpResponse:
    context = {
        "office": office,
        "table": table,
        "upload": upload,
        "preview": Preview(request, upload),
        "form": form or _confirm_form(upload),
        "is_open": upload.state == UploadState.PREVIEWED,
    }
    return render(request, "uploads/upload.html", context)


def _download(file: bulk.File) -> HttpResponse:
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=file.name
    )
    return response
