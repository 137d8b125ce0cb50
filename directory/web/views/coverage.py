"""Pages of coverage: which issues have networks where, who pays for them, where the gaps are."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.downloads.formats.comma_separated import write_csv
from directory.insights.coverage import cell
from directory.insights.coverage.asking import Question, area_named, region_named
from directory.insights.coverage.columns import COLUMNS, rows_of
from directory.web.addresses import Address
from directory.web.bad_addresses import BadAddress
from directory.web.coverage_pages import Matrix


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Show focus areas by regions of the world, and the largest gaps in words."""
    matrix = Matrix(request, day=now().date())
    return render(request, "coverage/coverage.html", {"matrix": matrix})


@require_safe
def coverage_by_funder(request: HttpRequest) -> HttpResponse:
    """Show who pays for networks with members where."""
    matrix = Matrix(request, day=now().date(), by_funder=True)
    return render(request, "coverage/by_funder.html", {"matrix": matrix})


@require_safe
def coverage_file(request: HttpRequest) -> HttpResponse:
    """Answer with the whole matrix of a year, a line for each focus area and region."""
    matrix = Matrix(request, day=now().date())
    lines: Iterator[bytes] = write_csv(COLUMNS, rows_of(matrix.coverage))
    response = HttpResponse(b"".join(lines), content_type="text/csv; charset=utf-8; header=present")
    name = f"citynet-coverage-{matrix.year or matrix.day.isoformat()}.csv"
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=name
    )
    return response


@require_safe
def coverage_cell(request: HttpRequest, area: str, region: str) -> HttpResponse:
    """Show the networks and cities that are counted for a focus area in a region."""
    day = now().date()
    try:
        place = area_named(area), region_named(region)
    except ValidationError as missing:
        raise Http404(missing.messages[0]) from missing
    try:
        question = Question.of(request.GET, day=day)
    except ValidationError as mistake:
        raise BadAddress(mistake.messages[0]) from mistake
    found = cell(
        question.memberships(day),
        day=question.as_of.day if question.as_of else day,
        area=place[0],
        region=place[1],
    )
    asked = Address.of(request.path, request.GET, ("year", "precision"))
    context = {"cell": found, "question": question, "canonical": asked, "path": request.path}
    return render(request, "coverage/cell.html", context)
