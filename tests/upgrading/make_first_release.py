"""Made the files in 1.0.0/ by the code of that version; kept to tell how, not to be run again.

It ran in a checkout of commit 01d9e53, the last one of version 1.0.0, on an empty database:
``DATABASE_URL=sqlite:////tmp/first.sqlite3 python manage.py migrate``, then this with a folder.
A backup leaves out what a new system makes anew or should not have again, such as tokens; a
database that is carried along has that too, so here all tables are in.
"""

import datetime
import sys
import uuid
from pathlib import Path

import django

PASS_PHRASE = "a long pass phrase"
SECRET = "citynet_01234567_" + "8" * 64


def fill(folder: Path) -> None:
    """Let people and commands do something of each kind."""
    from allauth.mfa.models import Authenticator
    from django.test import Client

    from directory.accounts.models import User
    from directory.models import AccessToken, City, Membership, Network, Upload
    from directory.registration import (
        bulk,
        claims,
        editing,
        memberships,
        merging,
        objections,
        queue,
        reverts,
        review,
        submissions,
        tokens,
    )
    from directory.releases.publishing import make_release
    from tests.directory.accounts.people import add_app, make_user
    from tests.directory.backup.system import make_system
    from tests.directory.registration.people import make_editor, make_person, make_staff
    from tests.factories import make_city, make_label, make_membership, make_network

    make_system(folder)
    north, south = make_network("first-north"), make_network("first-south")
    cities = [make_city(f"first-{number}-no") for number in range(6)]
    make_label(cities[0], "fr", "Première")
    make_label(cities[0], "ar", "الأولى")
    kari, nils = make_staff(cities[0]), make_staff(north)
    editor = make_editor()
    said = memberships.add_membership(
        actor=kari, office=cities[0], city=cities[0], network=north, joined="2019-05"
    )
    memberships.add_membership(
        actor=kari, office=cities[0], city=cities[0], network=south, joined="1999", left="1999"
    )
    objections.dispute(actor=nils, office=north, membership=said, reason="Never heard of it")
    text = "city,joined\nfirst-1-no,2001\nfirst-2-no,2002-03\nNowhere,2003\n"
    upload = bulk.preview_text(actor=nils, office=north, text=text)
    bulk.confirm(actor=nils, upload=upload, without_unusable=True, reason="Member list")
    bulk.preview_text(actor=nils, office=north, text="city\nfirst-3-no\n")
    for number, decide in enumerate((review.approve, review.refuse, None)):
        suggested = submissions.correct(
            actor=make_person(f"reader-{number}@example.org"),
            table="cities",
            record="first-1-no",
            values={"website": f"https://first-{number}.example/"},
            source="https://example.org/minutes",
            form_key=uuid.uuid4(),
        )
        if decide:
            item = queue.take(actor=editor, item=suggested.review)
            decide(actor=editor, item=item, reason="As the minutes say")
    make_membership("first-south", "first-4-no", joined="1950", left="1960")
    merging.merge_duplicates(
        actor=editor, table="cities", kept="first-3-no", duplicate="first-4-no", reason="The same"
    )
    editing.rename_record(
        actor=editor, table="networks", record="first-south", new="first-austral", reason="Its name"
    )
    taken_back = editing.edit_record(
        actor=editor,
        table="cities",
        record="first-5-no",
        values={"population": 5},
        reason="Counted",
    )
    assert taken_back
    from directory.models import ChangeSet

    newest = ChangeSet.objects.latest("revision")
    reverts.revert_change_set(actor=editor, change_set=newest, reason="Not so")
    claims.request_claim(
        actor=make_person("eve@example.org"),
        office=cities[5],
        role="Adviser",
        work_address="eve@first.example",
    )
    person = make_user("ada@bergen.example", password=PASS_PHRASE)
    add_app(person)
    assert Authenticator.objects.exists()
    Client(headers={"host": "localhost"}).post(
        "/account/login/", {"login": "ola@example.org", "password": PASS_PHRASE}
    )
    token, _secret = tokens.issue_token(actor=kari, office=cities[0], name="Register", days=30)
    AccessToken.objects.filter(pk=token.pk).update(
        prefix="01234567",
        digest=tokens.digest_of(SECRET),
        expires_at=datetime.datetime(2999, 1, 1, tzinfo=datetime.UTC),
    )
    make_release(day=datetime.date(2026, 11, 28))
    assert City.objects.exists()
    assert Membership.objects.exists()
    assert Network.objects.exists()
    assert Upload.objects.exists()
    assert User.objects.exists()


def main() -> None:
    """Fill the database, and write down all that it holds."""
    folder = Path(sys.argv[1])
    django.setup()
    from directory.backup import contents
    from directory.backup.writing import write_backup
    from directory.datapackage.exporting import export_package

    fill(folder)
    for kept in ("AccessToken", "IdempotencyKey", "NetworkTerm", "CityTerm", "Likeness"):
        del contents.LEFT_OUT[f"directory.{kept}"]
    for kept in ("directory.LikenessDays", "sessions.Session", "usersessions.UserSession"):
        del contents.LEFT_OUT[kept]
    write_backup(folder / "everything.tar.gz", with_gazetteer=True)
    export_package(folder / "exported")


if __name__ == "__main__":
    main()
