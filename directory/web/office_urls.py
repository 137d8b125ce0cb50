"""Addresses under /account/cities/<slug>/ and /account/networks/<slug>/: acting for one."""

from django.urls import path, re_path

from directory.web.forms.memberships import (
    ChangeForm,
    ConfirmForm,
    DisputeForm,
    EndForm,
    WithdrawForm,
)
from directory.web.views import office_facts, office_memberships, offices

MEMBERSHIP = r"^memberships/(?P<public_id>m[0-9]{5,9})/"
ACTS = {
    "change": ChangeForm,
    "end": EndForm,
    "withdraw": WithdrawForm,
    "dispute": DisputeForm,
    "confirm": ConfirmForm,
}

urlpatterns = [
    path("", offices.office, name="office"),
    path("facts/", office_facts.facts, name="office-facts"),
    path("memberships/add/", office_memberships.add, name="office-add-membership"),
    path("memberships/confirm/", office_memberships.confirm_shown, name="office-confirm-shown"),
    *(
        re_path(
            rf"{MEMBERSHIP}{act}/$",
            office_memberships.speak,
            {"form_class": form_class},
            name=f"office-{act}-membership",
        )
        for act, form_class in ACTS.items()
    ),
]
