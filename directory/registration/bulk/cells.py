"""Cells to values: what people write for dates, roles and yes, checked by the rules of the site."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from directory.models.tables import TABLES
from directory.models.text import fold
from directory.registration.memberships import EDITABLE
from directory.registration.problems import Invalid
from directory.registration.values import checked

EVIDENCE = ("source", "source_year")
NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "?", "unknown", "none", "null"})
STILL = frozenset({"present", "now", "today", "current", "ongoing", "heute", "aujourd hui"})
YES = frozenset({"yes", "y", "true", "1", "x", "oui", "ja", "si", "sim", "да", "tak", "evet"})
NO = frozenset({"no", "n", "false", "0", "non", "nein", "nao", "нет", "nie", "hayir", "nei"})
ROLES = {
    **dict.fromkeys(("full member", "membre", "mitglied", "miembro", "membro", "lid"), "member"),
    **dict.fromkeys(("medlem", "jasen", "socio", "czlonek", "clen", "uye", "член"), "member"),
    **dict.fromkeys(("president", "presidency", "chairperson", "lead city", "vorsitz"), "chair"),
    **dict.fromkeys(("associate member", "associated", "membre associe", "partner"), "associate"),
    **dict.fromkeys(("observer city", "observateur", "beobachter", "observador"), "observer"),
    **dict.fromkeys(("laureate", "winner", "title", "awarded"), "title holder"),
}
BEGINS_LIKE_A_FORMULA = ("=", "+", "-", "@")
TAG = re.compile(r"<\s*[a-zA-Z/!]")
DOTTED = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})", re.ASCII)
SLASHED = re.compile(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})", re.ASCII)
WITH_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]\d{2}:\d{2}(:\d{2})?(\.\d+)?", re.ASCII)

Errors = dict[str, list[str]]


def text_of(meaning: str, cell: str, errors: Errors) -> str:
    """Return the text of a cell that names something; notes what no name may be."""
    cell = " ".join(cell.split())
    if cell.lower() in NOTHING:
        return ""
    if cell.startswith(BEGINS_LIKE_A_FORMULA):
        errors[meaning] = [_("This is a formula, or begins like one. Write the value itself.")]
        return ""
    if TAG.search(cell):
        errors[meaning] = [_("This holds HTML. Write plain text.")]
        return ""
    return cell


def values_of(cells: Mapping[str, str], errors: Errors) -> dict[str, Any]:
    """Return what the cells (by meaning) say of a membership and its source.

    What is left empty is not said, and absent.
    """
    said: dict[str, Any] = {}
    for meaning in (*EDITABLE, *EVIDENCE):
        text = text_of(meaning, cells.get(meaning, ""), errors)
        if text and not (meaning == "left" and fold(text) in STILL):
            said[meaning] = _READERS.get(meaning, str)(text)
    found: dict[str, Any] = {}
    for table, allowed in (("memberships", EDITABLE), ("statements", EVIDENCE)):
        own = {name: value for name, value in said.items() if name in allowed}
        try:
            found |= checked(TABLES[table], own, allowed=allowed)
        except Invalid as refusal:
            errors.update(refusal.errors)
    if found.get("ended") is False and found.get("left"):
        del found["ended"]
    return found


def _flag(text: str) -> str:
    key = fold(text)
    if key in YES:
        return "yes"
    return "no" if key in NO else text


def _role(text: str) -> str:
    key = fold(text)
    return ROLES.get(key, key)


def _date(text: str) -> str:
    """Return a date in the order of the calendar, where it can be read in one way alone.

    >>> [_date(text) for text in ("3.5.2019", "05/2019", "17/05/2019", "2019/5/3", "3/5/2019")]
    ['2019-05-03', '2019-05', '2019-05-17', '2019-05-03', '3/5/2019']
    """
    if match := WITH_TIME.fullmatch(text):
        return match[1]
    if match := DOTTED.fullmatch(text):
        return _joined(match[3], match[2], match[1])
    if match := SLASHED.fullmatch(text):
        first, second, year = match.groups()
        if first is None:
            return _joined(year, second)
        # Day or month first? Told only where one of them can be no month, or both are the same.
        if int(first) > 12 or first == second:
            return _joined(year, second, first)
        return _joined(year, first, second) if int(second) > 12 else text
    if re.fullmatch(r"\d{4}([-/]\d{1,2}){1,2}", text, re.ASCII):
        return _joined(*re.split("[-/]", text))
    return text


def _joined(year: str, month: str, day: str | None = None) -> str:
    return "-".join((year, month.zfill(2), *([day.zfill(2)] if day else [])))


def _year(text: str) -> str:
    return text[:4] if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", text, re.ASCII) else text


_READERS = {
    "role": _role,
    "founder": _flag,
    "ended": _flag,
    "joined": _date,
    "left": _date,
    "source_year": _year,
}
