"""Steps with what one has asked for, a claim or a suggestion: answering a question, withdrawing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import Claim, ReviewItem, Submission
from directory.registration import queue, submissions
from directory.web.acting import ActionForm


class StepForm(ActionForm):
    """A step with a claim or a suggestion; ``done`` says what has happened then."""

    done = _("Done.")

    def step(self, *, actor: Any, asked: Claim | Submission) -> bool:
        """Take the step; False where it was refused, which the form then shows."""
        self.carry_out(self.write, actor=actor, asked=asked, **self.cleaned_data)
        return self.refusal is None

    def write(self, *, actor: Any, asked: Any, **said: Any) -> Any:
        """Call the rule."""
        raise NotImplementedError


class AnswerForm(StepForm):
    """The answer to an editor's question."""

    done = _("Your answer is with the editors.")

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=ReviewItem._meta.get_field("answer").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def write(self, *, actor: Any, asked: Any, answer: str) -> Any:
        return queue.answer(actor=actor, item=asked.review, text=answer)


class WithdrawSuggestionForm(StepForm):
    """Taking back what one has suggested."""

    done = _("Your suggestion is withdrawn.")

    def write(self, *, actor: Any, asked: Any) -> Any:
        return submissions.withdraw(actor=actor, submission=asked)


SUGGESTION_STEPS: dict[str, type[StepForm]] = {
    "answer": AnswerForm,
    "withdraw": WithdrawSuggestionForm,
}
