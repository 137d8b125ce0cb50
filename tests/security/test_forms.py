"""Every form of the site is sent what nobody would type, by everyone who could: never a fault.

Which forms there are is asked of the resolver, so that a new one cannot be forgotten; their fields
are read from the pages that show them. A request that is refused leaves every table as it was; one
that is accepted makes one change set or one suggestion at most.
"""

import hashlib
import re
from collections import Counter
from urllib.parse import quote_from_bytes

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import caches
from django.db import connection, transaction
from django.urls import resolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.accounts.models import User
from directory.models import ChangeSet, Submission
from tests.directory.web.test_permissions import ROWS, World
from tests.security.forms import Forms, posted_views

pytestmark = pytest.mark.django_db

# Forms of django-allauth, and where each stands.
ACCOUNTS = {
    "account_login": "/account/login/",
    "account_logout": "/account/logout/",
    "account_signup": "/account/signup/",
    "account_email": "/account/email/",
    "account_change_password": "/account/password/change/",
    "account_set_password": "/account/password/set/",
    "account_reset_password": "/account/password/reset/",
    "account_reset_password_from_key": "/account/password/reset/key/1-guessed/",
    "account_confirm_email": "/account/confirm-email/guessed/",
    "account_email_verification_sent": "/account/confirm-email/",
    "account_confirm_login_code": "/account/login/code/confirm/",
    "account_reauthenticate": "/account/reauthenticate/",
    "usersessions_list": "/account/sessions/",
}
FACTORS = {
    "mfa_authenticate": "/account/2fa/authenticate/",
    "mfa_reauthenticate": "/account/2fa/reauthenticate/",
    "mfa_activate_totp": "/account/2fa/totp/activate/",
    "mfa_deactivate_totp": "/account/2fa/totp/deactivate/",
    "mfa_generate_recovery_codes": "/account/2fa/recovery-codes/generate/",
    "mfa_add_webauthn": "/account/2fa/webauthn/add/",
    "mfa_login_webauthn": "/account/2fa/webauthn/login/",
    "mfa_reauthenticate_webauthn": "/account/2fa/webauthn/reauthenticate/",
    "mfa_remove_webauthn": "/account/2fa/webauthn/keys/1/remove/",
    "mfa_edit_webauthn": "/account/2fa/webauthn/keys/1/edit/",
}
ROLES = ("visitor", "stranger", "owner", "city staff", "network staff", "editor")

# What stands in these is no answer to a form: counts of attempts, and what a browser is known by.
PASSING = re.compile(r"citynet_cache|django_session|usersessions_|django_migrations|sqlite_")

# Pages that show what was made instead of leading on: a token's secret is shown this once.
SHOWN_AT_ONCE = {"tokens"}

# Two or three requests to each address; `pytest --hypothesis-profile=thorough` sends many more.
FUZZED = settings(
    max_examples=3 * settings().max_examples,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_every_view_that_is_posted_to_is_in_a_list():
    world = World()
    # Pages that only show something are posted to as well.
    ours = {resolve(world.address(row)).url_name for row in ROWS}
    found = dict(posted_views())
    known = ours | set(ACCOUNTS) | set(FACTORS)
    assert {name: found[name] for name in found.keys() - known} == {}
    assert (set(ACCOUNTS) | set(FACTORS)) - found.keys() == set()


# What a person types into a field that stands empty.
TYPED = {
    "source": "https://example.org/minutes",
    "website": "https://example.org/",
    "address": "https://example.org/",
    "work_address": "eve@bergen.kommune.no",
    "email": "eve@example.org",
    "source_year": "2026",
    "founded": "1999",
    "joined": "2019",
    "left": "2021",
    "text": "network\nnorth\n",
    "days": "30",
}
TEXT = "It stands in the minutes."


class Site:
    """The world of the table of permissions, with the forms that its pages show to each role."""

    def __init__(self) -> None:
        self.world = World()
        # django-allauth would write them down at the first sight of a person.
        for person in User.objects.exclude(emailaddress__isnull=False):
            EmailAddress.objects.create(
                user=person, email=person.email, verified=True, primary=True
            )
        self.fields: dict[tuple[str, str], dict[str, list[str]]] = {}
        pages = [self.world.address(row) for row in ROWS if row["method"] == "get"]
        pages += [*ACCOUNTS.values(), *FACTORS.values()]
        for role in ROLES:
            for address in dict.fromkeys(pages):
                self._read(role, address)
        self.addresses = sorted(
            {self.world.address(row) for row in ROWS}
            | set(ACCOUNTS.values())
            | set(FACTORS.values())
            | {address for _role, address in self.fields}
        )
        self.ids = sorted({str(each) for each in self.world.names.values()} | {"oslo-no", "south"})

    def _read(self, role: str, address: str) -> None:
        with transaction.atomic():
            answer = self.world.browsers[role].get(address)
            transaction.set_rollback(True)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            return
        for action, fields in Forms(answer.content.decode(), address).found.items():
            typed = {
                name: [value or TYPED.get(name, TEXT) for value in values]
                for name, values in fields.items()
            }
            self.fields.setdefault((role, action), {}).update(typed)

    def fields_of(self, role: str, address: str) -> dict[str, list[str]]:
        """Return the fields that a role sees, or those that others see, of a form."""
        if (role, address) in self.fields:
            return self.fields[role, address]
        others = [self.fields[key] for key in self.fields if key[1] == address]
        return others[0] if others else {"reason": [""], "name": [""], "next": [""]}


BYTES = st.one_of(
    st.sampled_from(
        [
            *(b"", b" ", b"\0", b"a\0b", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"\x1b[31m"),
            *("\u202egpj.exe".encode(), "９".encode() * 40, b"x" * 200_000, b"9" * 20_000),
            *(b"-1", b"0", b"9223372036854775808", b"1e400", b"NaN", b"null", b"[]", b"{}"),
            *(b"2026-02-30", b"0000-00-00", b"99999-01-01", b"https://[", b"javascript:alert(1)"),
            *(b"a@b\r\nBcc: c@d.example", b"//evil.example", b"../../etc/passwd", b"{{7*7}}"),
        ]
    ),
    st.binary(max_size=30),
    st.text(max_size=30).map(lambda text: text.encode("utf-8", "surrogatepass")),
)
KINDS = (
    *("application/x-www-form-urlencoded", "multipart/form-data; boundary=b"),
    *("multipart/form-data", "multipart/form-data; boundary=" + "b" * 300, "application/json"),
    *("application/x-www-form-urlencoded; charset=utf-7", "text/plain; charset=none", ""),
)


@st.composite
def bodies(draw, fields, ids):
    """Return a body and its type: what the page would send, changed in a few fields."""
    pairs: list[tuple[bytes, bytes, bool]] = []
    is_odd = bool(fields) and draw(st.integers(0, 3)) > 0
    odd = draw(st.sets(st.sampled_from(sorted(fields)), max_size=3)) if is_odd else set()
    for name, values in fields.items():
        sent = [value.encode("utf-8", "surrogatepass") for value in values]
        is_file = False
        if name in odd:
            change = draw(st.sampled_from(["missing", "value", "id", "doubled", "file", "value"]))
            is_file = change == "file"
            if change == "missing":
                sent = []
            elif change == "id":
                sent = [draw(st.sampled_from(ids)).encode()]
            elif change == "doubled":
                sent = [*sent, draw(BYTES)]
            else:
                sent = [draw(BYTES)]
        pairs += [(name.encode(), value, is_file) for value in sent]
    if draw(st.integers(0, 4)) == 0:
        pairs.append((draw(BYTES)[:50], draw(BYTES), draw(st.booleans())))
    kind = draw(st.sampled_from((*KINDS[:2] * 4, *KINDS)))
    if any(is_file for _name, _value, is_file in pairs) and draw(st.booleans()):
        kind = KINDS[1]
    body = _multipart(pairs) if kind.startswith("multipart") else _urlencoded(pairs)
    if draw(st.integers(0, 7)) == 0:
        body = body[: draw(st.integers(0, len(body)))]
    return body, kind


def _urlencoded(pairs):
    return "&".join(
        f"{quote_from_bytes(name)}={quote_from_bytes(value)}" for name, value, _file in pairs
    ).encode()


def _multipart(pairs):
    parts = b""
    for name, value, is_file in pairs:
        file = b'; filename="t.csv"\r\nContent-Type: text/csv' if is_file else b""
        head = b'--b\r\nContent-Disposition: form-data; name="' + name + b'"' + file
        parts += head + b"\r\n\r\n" + value + b"\r\n"
    return parts + b"--b--\r\n"


def test_no_form_breaks_and_none_is_written_by_halves():
    site = Site()
    before = digest()
    met = Counter()

    @FUZZED
    @given(st.data())
    def fuzz(data):
        # Half of the requests are from somebody who sees the form, the others from anybody.
        role, address = data.draw(
            st.one_of(
                st.sampled_from(sorted(site.fields)),
                st.tuples(st.sampled_from(ROLES), st.sampled_from(site.addresses)),
            ),
            label="role and address",
        )
        body, kind = data.draw(bodies(site.fields_of(role, address), site.ids), label="body")
        caches["reads"].clear()
        with transaction.atomic():
            counts = ChangeSet.objects.count(), Submission.objects.count()
            with Writes() as writes:
                answer = site.world.browsers[role].generic("POST", address, body, content_type=kind)
            made = ChangeSet.objects.count(), Submission.objects.count()
            written = changed(before, digest()) if writes.seen else []
            transaction.set_rollback(True)
        assert answer.status_code < 500
        assert b"Traceback" not in answer.content
        assert made[0] - counts[0] <= 1, "more than one change set"
        assert made[1] - counts[1] <= 1, "more than one suggestion"
        is_accepted = answer.status_code in (301, 302)
        if not is_accepted and resolve(address).url_name not in SHOWN_AT_ONCE:
            assert written == []
        met["accepted" if is_accepted else "refused"] += 1
        met["written"] += bool(written)

    fuzz()
    # Else a token of a form that is missing, or the like, would have kept everything out.
    assert min(met["accepted"], met["refused"], met["written"]) > 0, met


class Writes:
    """Notes whether anything was written meanwhile, so that tables are looked at only then."""

    WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|WITH)\b", re.IGNORECASE)

    def __enter__(self):
        self.seen = False
        self.wrapper = connection.execute_wrapper(self._look)
        self.wrapper.__enter__()
        return self

    def __exit__(self, *error):
        return self.wrapper.__exit__(*error)

    def _look(self, execute, sql, params, many, context):
        self.seen = self.seen or bool(self.WRITE.match(sql))
        return execute(sql, params, many, context)


def digest():
    """Return a digest of every table's rows."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if PASSING.match(table):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = sorted(map(repr, cursor.fetchall()))
            found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def changed(before, after):
    return [table for table in before if before[table] != after[table]]
