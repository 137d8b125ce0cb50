"""The check of pins and licences accepts what we accept and names what we do not."""

import json
import os
import runpy
import subprocess
from types import SimpleNamespace

import pytest
from django.conf import settings

LICENCES = SimpleNamespace(**runpy.run_path(str(settings.BASE_DIR / ".ci" / "licences.py")))


@pytest.mark.parametrize(
    "terms",
    [
        "MIT",
        "MIT License",
        "BSD-3-Clause",
        "Apache-2.0 OR BSD-2-Clause",
        "MPL-2.0 AND (Apache-2.0 OR MIT)",
        "MIT OR GPL-3.0-or-later",
        "MIT AND PSF-2.0",
        "LGPL with exceptions",
        "GNU Library or Lesser General Public License (LGPL)",
        "Mozilla Public License 2.0 (MPL 2.0) AND MIT License",
        "ISC License (ISCL)",
        "CC0-1.0",
    ],
)
def test_accepted(terms):
    assert LICENCES.is_accepted(terms)


@pytest.mark.parametrize(
    "terms",
    [
        "",
        "GPL-3.0-only",
        "AGPL-3.0-or-later",
        "GNU General Public License v2 (GPLv2)",
        "MIT AND GPL-2.0",
        "(MIT OR Apache-2.0) AND AGPL-3.0",
        "MIT OR (",
        "(MIT",
        "MIT)",
        "Proprietary",
        "SSPL-1.0",
        "Artistic License",
    ],
)
def test_refused(terms):
    assert not LICENCES.is_accepted(terms)


@pytest.mark.parametrize(
    "line",
    ["django", "django>=5", "django==5.*", "django==5,!=5.1", "django @ file:///x", "-e .", "a b"],
)
def test_everything_but_one_exact_version_is_refused(tmp_path, line):
    path = tmp_path / "requirements.txt"
    path.write_text(f"# comment\n\n{line}\n")
    problems = list(LICENCES.read_pins(path, {}))
    assert len(problems) == 1
    assert problems[0].startswith("requirements.txt:3: ")


def test_pins_are_read_and_doubles_named(tmp_path):
    path = tmp_path / "requirements.txt"
    path.write_text("-r requirements.txt\nDjango==5.2.19  # why\ndjango==5.2.18\n")
    pins = {}
    assert list(LICENCES.read_pins(path, pins)) == ["requirements.txt:3: django is pinned twice"]


def test_what_is_installed_differs_from_the_pins():
    installed = {
        name: SimpleNamespace(version=version)
        for name, version in {"a": "1", "b": "2", "pip": "9", "stray": "3"}.items()
    }
    problems = list(LICENCES.check_installation({"a": "1", "b": "1", "c": "1"}, {}, installed))
    assert problems == [
        "b is pinned to 1 but 2 is installed: make install-dev",
        "c is pinned but not installed: make install-dev",
        "stray 3 is installed but pinned nowhere: pin it or uninstall it",
    ]


def npm_folder(tmp_path, *, wanted="1.2.3", **package):
    known = {"version": "1.2.3", "integrity": "sha512-abc", "license": "MIT"}
    lock = {"packages": {"": {}, "node_modules/tool": known | package}}
    (tmp_path / "package.json").write_text(json.dumps({"dependencies": {"tool": wanted}}))
    (tmp_path / "package-lock.json").write_text(json.dumps(lock))
    return tmp_path


def test_an_npm_tool_that_is_pinned_and_free_is_accepted(tmp_path):
    assert list(LICENCES.check_npm(npm_folder(tmp_path))) == []


@pytest.mark.parametrize(
    ("package", "said"),
    [
        ({"wanted": "^1.2.3"}, "must name one version"),
        ({"version": "1.2.4"}, "is not locked to 1.2.3"),
        ({"integrity": ""}, "has no checksum"),
        ({"license": "GPL-3.0-only"}, "is not one we accept"),
        ({"license": ""}, "unknown, is not one we accept"),
    ],
)
def test_an_npm_tool_that_is_not_is_named(tmp_path, package, said):
    (problem,) = LICENCES.check_npm(npm_folder(tmp_path, **package))
    assert said in problem


def test_every_package_of_apt_was_looked_at():
    script = (settings.BASE_DIR / ".ci" / "install").read_text()
    assert list(LICENCES.check_apt(script)) == []
    more = script + 'ensure "Toys" "command -v toys" toys\n'
    assert list(LICENCES.check_apt(more)) == [
        ".ci/install: toys is in no line of APT_TOOLS in .ci/licences.py"
    ]
    assert len(list(LICENCES.check_apt(""))) == len(LICENCES.APT_TOOLS)


def test_every_tool_of_the_audit_is_pinned():
    pins = {}
    problems = list(LICENCES.read_pins(settings.BASE_DIR / ".ci" / "audit.txt", pins))
    assert problems == []
    assert "pip-audit" in pins


def test_an_audit_that_reaches_nobody_says_so_and_fails():
    """Else a machine without internet would seem to have nothing to mend."""
    done = subprocess.run(
        [settings.BASE_DIR / ".ci" / "audit"],
        env=os.environ | {"AUDIT_SERVICE": "http://127.0.0.1:9/json"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 69
    assert "NOTHING WAS CHECKED" in done.stderr
