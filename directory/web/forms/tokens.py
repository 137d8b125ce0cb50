"""The form by which people make an access token for a program."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.accounts.models import User
from directory.models import AccessToken
from directory.registration.offices import Office, office_name, offices_of
from directory.registration.tokens import MOST_DAYS
from directory.web.acting import OFFICE_MODELS, ActionForm

DAYS = (
    (30, _("a month")),
    (90, _("three months")),
    (180, _("half a year")),
    (MOST_DAYS, _("a year")),
)
USUAL_DAYS = 90


class TokenForm(ActionForm):
    """A new token: for which program, which office, and how long."""

    name = forms.CharField(
        label=_("Which program will use it"),
        help_text=_("Such as: our register of memberships. Only you see it."),
        max_length=AccessToken._meta.get_field("name").max_length,
    )
    office = forms.ChoiceField(label=_("For which office it writes"))
    days = forms.TypedChoiceField(
        label=_("It ends by itself after"), choices=DAYS, coerce=int, initial=USUAL_DAYS
    )

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        tables = {model: table for table, model in OFFICE_MODELS.items()}
        self.offices: dict[str, Office] = {
            f"{tables[type(office)]}/{office.slug}": office for office in offices_of(person)
        }
        self.fields["office"].choices = [
            (key, office_name(office)) for key, office in self.offices.items()
        ]

    def clean_office(self) -> Office:
        """Return the office that was chosen."""
        return self.offices[self.cleaned_data["office"]]
