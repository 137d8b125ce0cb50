"""Makes a person on the database of the browser's site, signed in; run as a program by `signed_in`.

The journeys of signing up and of claiming go through the pages; all other checks start here. Prints
the value of the session's cookie. Arguments: address, "staff" or "editor", and the offices, such as
``cities/bergen-no``.
"""

import sys

import django


def sign_in(email: str, offices: list[str], *, is_editor: bool) -> str:
    """Return the session of somebody who acts for the offices."""
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from directory.models import City, Claim, Network
    from directory.registration.offices import column_of
    from tests.directory.accounts.people import PASSWORD, add_app, code_of, make_user

    person = make_user(email, is_editor=is_editor)
    for office in offices:
        table, slug = office.split("/")
        found = (City if table == "cities" else Network).objects.get(slug=slug)
        now = timezone.now()
        Claim.objects.create(
            person=person,
            role="Adviser",
            work_address=email,
            state="granted",
            granted_at=now,
            last_used_at=now,
            **{column_of(found): found},
        )
    secret = add_app(person) if is_editor else ""
    browser = Client(headers={"host": "localhost"})
    browser.post("/account/login/", {"login": email, "password": PASSWORD})
    if is_editor:
        browser.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    django.setup()
    _, address, kind, *acted_for = sys.argv
    sys.stdout.write(sign_in(address, acted_for, is_editor=kind == "editor"))
