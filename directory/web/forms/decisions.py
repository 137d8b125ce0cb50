"""What the forms share by which an editor decides on an item, and the one that keeps a note."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from directory.models import ReviewItem
from directory.registration import queue
from directory.web.acting import ActionForm

LONGEST_REASON = 500
LONGEST_NOTE = 1000


def reason_field(hint: Any, *, required: bool = True, label: Any = "") -> forms.Field:
    """Return the field for why something is decided."""
    return forms.CharField(
        label=label or _lazy("Reason"),
        max_length=LONGEST_REASON,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def note_field() -> forms.Field:
    """Return the field for what stays among editors."""
    return forms.CharField(
        label=_lazy("Internal note"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_lazy("Stays internal: editors alone read it. It is deleted after a year."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DecisionForm(ActionForm):
    """A form that decides on one item; ``done`` is what the editor is told afterwards.

    ``is_last``: the item is done with, and the queue comes next.
    """

    done: Any = ""
    is_last = True

    def __init__(self, data: Any = None, *, item: ReviewItem, step: str, **options: Any) -> None:
        super().__init__(data, auto_id=f"{step}-%s", **options)
        self.item = item

    def decide(self, actor: Any) -> bool:
        """Carry out what was decided; False where a rule refused, which the form then shows."""
        self.carry_out(self.write, actor=actor, **self.arguments())
        return self.refusal is None

    def write(self, **arguments: Any) -> Any:
        """Call the rule."""
        raise NotImplementedError

    def arguments(self) -> dict[str, Any]:
        """Return what the rule is told beside who decides."""
        return {"item": self.item, **self.cleaned_data}


class NoteForm(DecisionForm):
    """Write something down for the other editors, and decide later."""

    done = _lazy("The note is kept.")
    is_last = False

    def __init__(self, data: Any = None, *, item: ReviewItem, step: str) -> None:
        super().__init__(data, item=item, step=step, initial={"note": item.note})
        self.fields["note"] = note_field()

    def write(self, **arguments: Any) -> Any:
        """Keep the note."""
        return queue.keep_note(**arguments)
