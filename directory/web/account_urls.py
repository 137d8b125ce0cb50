"""Addresses under /account/: our own pages, then those of django-allauth.

What writes does so in one transaction with the mail that it causes. Attempts to sign in are left
out: they cause no mail, and others must not wait for a password to be checked. What is counted
says what is left.
"""

from allauth import urls as allauth_urls
from django.urls import URLPattern, URLResolver, include, path, re_path

from directory.web.attempts import ACTIONS, attempted
from directory.web.views import account

ATTEMPTS = {
    "account_login",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}

OFFICE = r"(?P<table>cities|networks)/(?P<slug>[a-z0-9-]+)/"


def _wrap(patterns: list[URLPattern | URLResolver]) -> None:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            _wrap(pattern.url_patterns)
            continue
        if pattern.name in ACTIONS:
            pattern.callback = attempted(pattern.callback, pattern.name)
        if pattern.name not in ATTEMPTS:
            pattern.callback = account.writes_in_one_transaction(pattern.callback)


urlpatterns = [
    path("", account.account, name="account"),
    path("profile/", account.profile, name="account-profile"),
    path("data/", account.data, name="account-data"),
    path("delete/", account.delete, name="account-delete"),
    path("deleted/", account.deleted, name="account-deleted"),
    path("sessions/<int:pk>/end/", account.end_session, name="account-end-session"),
    path("reminders-off/<str:token>/", account.reminders_off, name="account-reminders-off"),
    path("claims/", include("directory.web.claim_urls")),
    path("", include("directory.web.submission_urls")),
    path("tokens/", include("directory.web.token_urls")),
    re_path(rf"^{OFFICE}uploads/", include("directory.web.upload_urls")),
    re_path(rf"^{OFFICE}", include("directory.web.office_urls")),
    path("", include(allauth_urls)),
]
_wrap(allauth_urls.urlpatterns)
