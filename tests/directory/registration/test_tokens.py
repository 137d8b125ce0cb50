"""Access tokens: shown once, kept as a digest, good for one office as long as its claim is."""

import datetime
import re

import pytest
from django.utils import timezone

from directory.accounts import personal_data
from directory.models import AccessToken, Claim
from directory.registration import claims, tokens
from directory.registration.problems import Invalid, NotAllowed, NotPossible
from tests.directory.registration.people import granted_claim, make_editor, make_person, make_staff
from tests.factories import make_city, make_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def bergen():
    return make_city("bergen-no")


@pytest.fixture
def kari(bergen):
    """Acts for Bergen."""
    return make_staff(bergen)


def issue(person, office, name="Register", days=90):
    return tokens.issue_token(actor=person, office=office, name=name, days=days)


def test_the_secret_can_be_recognised_and_is_kept_nowhere(kari, bergen):
    token, secret = issue(kari, bergen)
    assert re.fullmatch(r"citynet_[0-9a-f]{8}_[0-9a-f]{64}", secret)
    assert secret.startswith(f"citynet_{token.prefix}_")
    row = AccessToken.objects.filter(pk=token.pk).values().get()
    assert all(secret.rpartition("_")[2] not in str(value) for value in row.values())
    assert secret not in repr(token) + str(token)


def test_it_opens_what_its_person_may_do_for_its_office(kari, bergen):
    token, secret = issue(kari, bergen)
    found = tokens.token_of(secret)
    assert (found, found.person, found.office) == (token, kari, bergen)


def test_a_network_has_tokens_too():
    network = make_network("north")
    _token, secret = issue(make_staff(network), network)
    assert tokens.token_of(secret).office == network


@pytest.mark.parametrize("wrong", ["", "x", "citynet_", "citynet_" + "0" * 8 + "_" + "0" * 64, "é"])
def test_another_secret_opens_nothing(kari, bergen, wrong):
    issue(kari, bergen)
    with pytest.raises(tokens.TokenRefused, match="no access token"):
        tokens.token_of(wrong)


def test_a_revoked_token_opens_nothing(kari, bergen):
    token, secret = issue(kari, bergen)
    first = tokens.revoke_token(actor=kari, token=token).revoked_at
    assert tokens.revoke_token(actor=kari, token=token).revoked_at == first
    with pytest.raises(tokens.TokenRefused, match="revoked"):
        tokens.token_of(secret)


def test_an_expired_token_opens_nothing(kari, bergen):
    token, secret = issue(kari, bergen, days=1)
    past = timezone.now() - datetime.timedelta(days=2)
    AccessToken.objects.filter(pk=token.pk).update(
        made_at=past, expires_at=past + datetime.timedelta(days=1)
    )
    with pytest.raises(tokens.TokenRefused, match="expired"):
        tokens.token_of(secret)


@pytest.mark.parametrize("state", ["revoked", "expired", "handed on", "withdrawn"])
def test_a_token_ends_with_the_claim(kari, bergen, state):
    _token, secret = issue(kari, bergen)
    Claim.objects.update(state=state)
    with pytest.raises(NotAllowed, match="do not act for Bergen"):
        tokens.token_of(secret)


def test_a_closed_account_has_no_way_in(kari, bergen):
    _token, secret = issue(kari, bergen)
    kari.is_active = False
    kari.save()
    with pytest.raises(NotAllowed, match="closed"):
        tokens.token_of(secret)


def test_nobody_gets_a_token_for_an_office_of_others(kari, bergen):
    with pytest.raises(NotAllowed):
        issue(make_person(), bergen)
    with pytest.raises(NotAllowed):
        issue(kari, make_city("oslo-no"))
    assert not AccessToken.objects.exists()


def test_nobody_revokes_the_token_of_another(kari, bergen):
    token, _secret = issue(kari, bergen)
    with pytest.raises(NotAllowed):
        tokens.revoke_token(actor=make_staff(bergen), token=token)


@pytest.mark.parametrize(
    ("name", "days", "field"),
    [
        ("", 90, "name"),
        (" ", 90, "name"),
        ("x" * 101, 90, "name"),
        ("a\u202eb", 90, "name"),
        ("x", 0, "days"),
        ("x", 366, "days"),
        ("x", -1, "days"),
    ],
)
def test_a_token_has_a_name_and_lasts_a_year_at_most(kari, bergen, name, days, field):
    with pytest.raises(Invalid) as refusal:
        issue(kari, bergen, name, days)
    assert set(refusal.value.errors) == {field}


def test_the_same_form_sent_again_makes_no_second_token(kari, bergen):
    token, _secret = issue(kari, bergen, "Register")
    with pytest.raises(Invalid, match="already"):
        issue(kari, bergen, " Register ")
    tokens.revoke_token(actor=kari, token=token)
    assert issue(kari, bergen, "Register")


def test_there_are_ten_live_ones_at_most(kari, bergen):
    made = [issue(kari, bergen, f"Program {number}")[0] for number in range(10)]
    with pytest.raises(NotPossible, match="10 tokens"):
        issue(kari, bergen, "Another")
    tokens.revoke_token(actor=kari, token=made[0])
    assert issue(kari, bergen, "Another")


def test_its_use_is_noted_now_and_then(kari, bergen, django_assert_num_queries):
    token, secret = issue(kari, bergen)
    tokens.token_of(secret)
    noted = AccessToken.objects.get(pk=token.pk).last_used_at
    assert noted is not None
    with django_assert_num_queries(2):
        tokens.token_of(secret)


def test_people_read_of_their_tokens_and_take_them_along_when_they_leave(kari, bergen):
    token, secret = issue(kari, bergen)
    read = personal_data.all_about(kari)["access_tokens"]
    assert [each["begins_with"] for each in read] == [f"citynet_{token.prefix}_"]
    assert secret not in str(read)
    assert token.digest not in str(read)
    personal_data.erase(kari)
    assert not AccessToken.objects.exists()
    with pytest.raises(tokens.TokenRefused):
        tokens.token_of(secret)


def test_a_claim_that_is_granted_anew_brings_back_no_token(bergen):
    ada, editor = make_person(), make_editor()
    claim = granted_claim(ada, bergen)
    _token, secret = issue(ada, bergen)
    claims.revoke(actor=editor, claim=claim, reason="The token was found on a public page")
    granted_claim(ada, bergen)
    with pytest.raises(tokens.TokenRefused, match="revoked"):
        tokens.token_of(secret)
