"""Checks that dependencies are pinned exactly, installed as pinned, and under accepted licences.

So are the tools of checks that npm brings; of those that apt brings, that somebody looked at them.

Run by the environment's own Python: `.venv/bin/python .ci/licences.py`. Prints every problem and
exits 1 when there is one.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent

# Come with every virtual environment and are no part of the project.
TOOLS = {"pip", "setuptools", "wheel"}

# What an SPDX identifier or the wording of older metadata may start with, in lower case.
ACCEPTED = (
    "mit",
    "bsd",
    "0bsd",
    "new bsd",
    "3-clause bsd",
    "isc",
    "apache",
    "psf",
    "python software foundation",
    "mpl-2.0",
    "mozilla public license 2.0",
    "lgpl",
    "gnu library or lesser general public license",
    "gnu lesser general public license",
    "unlicense",
    "the unlicense",
    "cc0",
    "public domain",
)

# Licences outside that list which we have looked at, each with the reason. One that is no longer
# needed is a problem too.
EXCEPTIONS = {
    "fontpkg-noto-serif": (
        "a font under OFL-1.1: anyone may use it, unmodified, and draw pictures with it; no code"
    ),
    "numpy": "BSD-3-Clause with parts under 0BSD, MIT, Zlib and CC0-1.0, all of them permissive",
    "qrcode": (
        "BSD-3-Clause with a part under MIT, as its LICENSE file says; the classifier "
        "Other/Proprietary stands for the trademark on the words QR Code alone"
    ),
    "text-unidecode": (
        "offered under the Artistic License or the GPL, whichever one likes; used under the "
        "former, unmodified, by frictionless in tests alone, never distributed"
    ),
}

# Folders of .ci/ whose package-lock.json says what npm installs.
NPM_FOLDERS = ("node", "lighthouse")
NPM_EXCEPTIONS = {
    "graceful-fs": "BlueOak-1.0.0, as permissive as MIT",
    "parse-cache-control": "BSD-3-Clause, as its LICENSE file says; npm reads no old field",
}

# What .ci/install has apt-get install: programs that run beside ours and are never part of it, so
# that their own licence binds their makers alone. Debian's copyright files say which.
APT_TOOLS = {
    "postgresql": "PostgreSQL Licence, like MIT",
    "chromium": "BSD-3-Clause; drives the journeys",
    "fonts-dejavu-core": "Bitstream Vera Licence, free",
    "default-jre-headless": "GPL-2.0 with the Classpath exception; runs vnu-jar",
    "npm": "Artistic-2.0; installs axe-core, vnu-jar and Lighthouse",
    "wrk": "Apache-2.0 with changes",
    "nginx-light": "BSD-2-Clause; the proxy in front, in the test of several machines",
    "redis-server": "BSD-3-Clause in Debian's version 7.0; the shared cache, in the same test",
    "r-base-core": "GPL-2.0 or later; runs the lines for R that /data/ shows, in one test",
}


def main() -> int:
    """Print all problems; the exit status says whether there was one."""
    found = list(problems())
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


def problems() -> Iterator[str]:
    """Everything that is wrong with pins, installation and licences, in sentences."""
    pins: dict[str, str] = {}
    for file_name in ("requirements.txt", "requirements-dev.txt"):
        yield from read_pins(ROOT / file_name, pins)
    extras: dict[str, str] = {}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for group, lines in project.get("optional-dependencies", {}).items():
        for line in lines:
            yield from read_pin(line, f"pyproject.toml, extra {group}", extras)
    installed = {canonicalize_name(found.name): found for found in metadata.distributions()}
    yield from check_installation(pins, extras, installed)
    yield from check_licences(installed)
    for folder in NPM_FOLDERS:
        yield from check_npm(ROOT / ".ci" / folder)
    yield from check_apt((ROOT / ".ci" / "install").read_text(encoding="utf-8"))
    tool_pins: dict[str, str] = {}
    yield from read_pins(ROOT / ".ci" / "audit.txt", tool_pins)


def check_npm(folder: Path) -> Iterator[str]:
    """Yield what is wrong with the pins and licences of an npm package and all that it needs."""
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    place = f".ci/{folder.name}/package-lock.json"
    for name, version in wanted.items():
        if not re.fullmatch(r"\d+(\.\d+)+", version):
            yield f".ci/{folder.name}/package.json: {name} must name one version, not {version}"
        elif lock.get(f"node_modules/{name}", {}).get("version") != version:
            yield f"{place}: {name} is not locked to {version}"
    for path, package in lock.items():
        name = path.rpartition("node_modules/")[2]
        if not name:
            continue
        terms = package.get("license", "")
        if not package.get("integrity", "").startswith("sha512-"):
            yield f"{place}: {name} has no checksum"
        if name in NPM_EXCEPTIONS:
            if is_accepted(terms):
                yield f"{place}: {name} needs no exception in .ci/licences.py"
        elif not is_accepted(terms):
            yield f"{place}: {name}: its licence, {terms or 'unknown'}, is not one we accept"


def check_apt(script: str) -> Iterator[str]:
    """Yield packages that `.ci/install` installs and nobody looked at, and the reverse."""
    calls = re.findall(r'ensure "[^"]+" (?:"[^"]*"|\w+)((?:[ \\\n]+[a-z0-9-]+)+)', script)
    named = {name for call in calls for name in re.findall(r"[a-z0-9-]+", call)} - {"ensure"}
    for name in sorted(named - APT_TOOLS.keys()):
        yield f".ci/install: {name} is in no line of APT_TOOLS in .ci/licences.py"
    for name in sorted(APT_TOOLS.keys() - named):
        yield f".ci/licences.py: {name} is installed by nothing in .ci/install"


def read_pins(path: Path, pins: dict[str, str]) -> Iterator[str]:
    """Add the file's pins, name to version; yield what is no pin."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.split("#", 1)[0].strip()
        if text and text != "-r requirements.txt":
            yield from read_pin(text, f"{path.name}:{number}", pins)


def read_pin(text: str, place: str, pins: dict[str, str]) -> Iterator[str]:
    """Add one pin, or yield why it is none."""
    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        yield f"{place}: {text!r} is no requirement"
        return
    pinned = re.fullmatch(r"==([^*,]+)", str(requirement.specifier))
    if not pinned or requirement.url:
        yield f"{place}: {text!r} must name one version with =="
        return
    name = canonicalize_name(requirement.name)
    if name in pins:
        yield f"{place}: {name} is pinned twice"
    pins[name] = pinned[1]


def check_installation(
    pins: dict[str, str], extras: dict[str, str], installed: dict[str, metadata.Distribution]
) -> Iterator[str]:
    """Yield differences between pins and what is installed, in either direction."""
    for name, version in pins.items():
        if name not in installed:
            yield f"{name} is pinned but not installed: make install-dev"
        elif installed[name].version != version:
            there = installed[name].version
            yield f"{name} is pinned to {version} but {there} is installed: make install-dev"
    for name in sorted(installed.keys() - pins.keys() - extras.keys() - TOOLS):
        there = installed[name].version
        yield f"{name} {there} is installed but pinned nowhere: pin it or uninstall it"


def check_licences(installed: dict[str, metadata.Distribution]) -> Iterator[str]:
    """Yield distributions under a licence that is not accepted, and exceptions that are stale."""
    for name, found in sorted(installed.items()):
        terms = licence(found)
        if is_accepted(terms):
            if name in EXCEPTIONS:
                yield f"{name}: {terms} is accepted without the exception in .ci/licences.py"
        elif name not in EXCEPTIONS:
            yield f"{name}: its licence, {terms or 'unknown'}, is not one we accept"
    for name in sorted(EXCEPTIONS.keys() - installed.keys()):
        yield f"{name}: not installed, so .ci/licences.py needs no exception for it"


def licence(found: metadata.Distribution) -> str:
    """The distribution's licence as an expression, from the clearest place that states it."""
    if expression := found.metadata.get("License-Expression"):
        return expression
    classifiers = [
        line.rsplit(" :: ", 1)[-1]
        for line in found.metadata.get_all("Classifier") or []
        if line.startswith("License :: ") and line != "License :: OSI Approved"
    ]
    if classifiers:
        return " AND ".join(sorted(classifiers))
    return (found.metadata.get("License") or "").strip().split("\n")[0]


def is_accepted(terms: str) -> bool:
    """Whether an expression leaves us a way of use under accepted licences alone.

    Each side of an AND must be accepted, one side of an OR suffices; parentheses nest.
    """
    tokens = [part.strip() for part in re.split(r"(\(|\)|\bAND\b|\bOR\b)", terms) if part.strip()]

    def alternatives() -> bool:
        results = [conjunction()]
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            results.append(conjunction())
        return any(results)

    def conjunction() -> bool:
        results = [single()]
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            results.append(single())
        return all(results)

    def single() -> bool:
        if not tokens:
            return False
        token = tokens.pop(0)
        if token == "(":
            result = alternatives()
            return bool(tokens) and tokens.pop(0) == ")" and result
        # What stands in parentheses after a classifier's name repeats it: "(LGPL)".
        if tokens and tokens[0] == "(" and not re.match(r"(AND|OR)$", token):
            del tokens[: tokens.index(")") + 1 if ")" in tokens else len(tokens)]
        return token.lower().startswith(ACCEPTED)

    balanced = tokens.count("(") == tokens.count(")")
    return balanced and alternatives() and not tokens


if __name__ == "__main__":
    sys.exit(main())
