"""Nobody but an editor with a second factor gets anywhere near the editors' pages."""

import ast
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from directory.accounts.gates import EDITOR_PREFIXES
from directory.models import ChangeSet, Claim
from tests.directory.accounts.people import make_user, signed_in
from tests.directory.registration.people import make_staff
from tests.directory.web.editors.browsers import browser_of, correction, make_editor
from tests.factories import make_city, make_network

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[4]
FACES = [ROOT / "directory" / "web", ROOT / "api"]
# What only editors may do, by module of directory.registration.
EDITORS_RULES = {
    "claims": {"grant", "refuse", "revoke"},
    "disputes": {"settle", "leave"},
    "editing": {"create_record", "edit_record", "rename_record", "end_network"},
    "editors": {"appoint_editor", "make_editor", "dismiss_editor"},
    "evidence": {"person_record", "claims_like", "items_behind", "earlier_claims"},
    "merging": {"merge_duplicates", "merge_network_into", "end_city"},
    "queue": {"take", "put_back", "ask_back", "keep_note", "close", "open_items"},
    "reverts": {"revert_change_set"},
    "review": {"approve", "approve_together", "refuse"},
}


@pytest.fixture
def addresses():
    """An address of every page of the editors, by its name."""
    make_city("bergen-no")
    make_network("c40")
    make_staff(make_city("oslo-no"))
    item, claim, other = correction(), Claim.objects.get(), make_editor()
    revision = ChangeSet.objects.latest("revision").revision if ChangeSet.objects.exists() else 1
    return {
        "queue": "/editors/",
        "review-together": f"/editors/together/?item={item.pk}",
        "review-item": f"/editors/items/{item.pk}/",
        "review-take": f"/editors/items/{item.pk}/take/",
        "review-put-back": f"/editors/items/{item.pk}/put-back/",
        "review-decide": f"/editors/items/{item.pk}/approve/",
        "editor-records": "/editors/records/",
        "editor-new-record": "/editors/records/cities/new/",
        "editor-record": "/editors/records/cities/bergen-no/",
        "editor-rename": "/editors/records/cities/bergen-no/rename/",
        "editor-end": "/editors/records/networks/c40/end/",
        "editor-merge": "/editors/records/networks/c40/merge/",
        "editor-changes": "/editors/changes/",
        "editor-change-set": f"/editors/changes/{revision}/",
        "editor-revert": f"/editors/changes/{revision}/revert/",
        "editor-claims": "/editors/claims/",
        "editor-claim": f"/editors/claims/{claim.pk}/",
        "editor-people": "/editors/people/",
        "editor-appoint": "/editors/people/appoint/",
        "editor-dismiss": f"/editors/people/{other.pk}/dismiss/",
    }


def patterns(resolver, prefix="/"):
    """Every address of the site with its pattern: prefix, pattern."""
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, path)
        else:
            yield path, pattern


def test_no_page_is_forgotten(addresses):
    named = {
        pattern.name for path, pattern in patterns(get_resolver()) if path.startswith("/editors/")
    }
    assert named == addresses.keys()


def test_visitors_are_asked_to_sign_in(addresses):
    for path in addresses.values():
        for answer in (Client().get(path), Client().post(path)):
            assert answer.status_code == 302, path
            assert answer.headers["Location"].startswith("/account/login/?next=/editors/"), path


def test_others_are_refused(addresses):
    client = browser_of(make_user())
    for path in addresses.values():
        assert client.get(path).status_code == 403, path
        assert client.post(path).status_code == 403, path


def test_editors_without_a_second_factor_are_led_to_set_one_up(addresses):
    client = signed_in(make_user("plain@citynet.example", is_editor=True))
    for path in addresses.values():
        for answer in (client.get(path), client.post(path)):
            assert answer.headers["Location"] == "/account/2fa/", path


def test_editors_get_there_and_no_cache_keeps_it(addresses):
    client = browser_of(make_editor())
    steps = {"review-take", "review-put-back", "review-decide"}
    for name, path in addresses.items():
        if name in ("editor-change-set", "editor-revert") and not ChangeSet.objects.exists():
            continue
        answer = client.get(path)
        assert answer.status_code == (302 if name in steps else 200), path
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_form_from_another_site_is_refused(addresses):
    editor = make_editor()
    client = browser_of(editor)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    for path in addresses.values():
        assert strict.post(path, {"reason": "x"}).status_code == 403, path


def test_no_other_methods_are_known(addresses):
    client = browser_of(make_editor())
    for path in addresses.values():
        assert client.delete(path).status_code == 405, path


def calls_of(tree):
    """The editors' rules that a module names, as ``module.function``."""
    modules, found = {}, set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            "directory.registration"
        ):
            inner = node.module.removeprefix("directory.registration").lstrip(".")
            for alias in node.names:
                if not inner:
                    modules[alias.asname or alias.name] = alias.name
                elif alias.name in EDITORS_RULES.get(inner, ()):
                    found.add(f"{inner}.{alias.name}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = modules.get(node.value.id, "")
            if node.attr in EDITORS_RULES.get(module, ()):
                found.add(f"{module}.{node.attr}")
    return found


def modules_of_faces():
    """Every module of pages and API: its name, its tree."""
    for face in FACES:
        for path in sorted(face.rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield name.removesuffix(".__init__"), ast.parse(path.read_text(encoding="utf-8"))


def imports_of(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_address_that_calls_what_only_editors_may_do_lies_behind_the_gate():
    trees = dict(modules_of_faces())
    guilty = {name for name, tree in trees.items() if calls_of(tree)}
    assert guilty, "the test must see something"
    while more := {
        name
        for name, tree in trees.items()
        if name not in guilty and not name.endswith("urls") and guilty & set(imports_of(tree))
    }:
        guilty |= more
    reached = {}
    for path, pattern in patterns(get_resolver()):
        module = getattr(pattern.callback, "__module__", "")
        if module in guilty:
            reached[path] = module
    assert reached, "the test must see something"
    outside = {path: one for path, one in reached.items() if not path.startswith(EDITOR_PREFIXES)}
    assert not outside
