"""Making one record of two that are the same: choosing the other, looking, confirming."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from directory.models.tables import TABLES
from directory.registration import merging
from directory.web.acting import signed_in, typed
from directory.web.changed_records import column_label, rows_in_words
from directory.web.forms.editing import MergeForm, OtherForm
from directory.web.views.editors.records import record_context


@signed_in
def merge(request: HttpRequest, table: str, record: str) -> HttpResponse:
    """Choose the duplicate of a record, see what the two become, and merge them."""
    if table not in merging.POLICIES:
        raise Http404(table)
    context = record_context(request, table, record)
    said = typed(request)
    data = said or request.GET
    chosen = OtherForm(data if "other" in data else None, table=table, kept=record)
    context["chosen"] = chosen
    if not chosen.is_valid():
        return render(request, "editors/merge.html", context)
    other = chosen.cleaned_data["other"]
    if other == context["record"]:
        chosen.add_error("other", _("This is the record itself. Choose the other one."))
        return render(request, "editors/merge.html", context)
    form = _form(said, table, record, other.slug)
    if request.method == "POST" and form.is_valid():
        merged = form.carry_out(
            merging.merge_duplicates,
            actor=request.user,
            table=table,
            kept=record,
            duplicate=other.slug,
            values=form.values(),
            reason=form.cleaned_data["reason"],
        )
        if merged is not None:
            messages.success(request, _("They are one record now; the other address leads here."))
            return redirect("editor-record", table, record)
    context |= {"other": other, "form": form, "rows": _preview(table, form)}
    return render(request, "editors/merge.html", context)


def _form(data: QueryDict | None, table: str, kept: str, duplicate: str) -> MergeForm:
    rows = {row[TABLES[table].key[0]]: row for row in TABLES[table].rows([kept, duplicate])}
    return MergeForm(data, table=table, kept=rows[kept], duplicate=rows[duplicate])


def _preview(table: str, form: MergeForm) -> list[dict[str, Any]]:
    """Return the columns in which the two differ: both values, the merged one, the choice."""
    kept, duplicate, merged = rows_in_words(
        table, [form.rows["kept"], form.rows["duplicate"], form.merged]
    )
    return [
        {
            "label": column_label(TABLES[table].column(name)),
            "kept": kept[name],
            "duplicate": duplicate[name],
            "merged": merged[name],
            "field": form[name],
        }
        for name in form.differing
    ]
