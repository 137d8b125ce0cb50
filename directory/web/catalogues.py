"""The catalogues of messages: gathered from the source, kept in step with it, compiled.

All by Babel, so that no machine needs the programs of GNU gettext.
"""

import io
import re
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation.template import templatize

DOMAIN = "django"
SOURCES = ("api", "citynet", "directory", "templates")
# What the code calls the functions of Django, with the places of their messages.
KEYWORDS = {
    **dict.fromkeys(("_", "_lazy", "translated", "gettext", "gettext_lazy", "gettext_noop"), (1,)),
    "N_": (1,),
    **dict.fromkeys(("ngettext", "ngettext_lazy", "NS_"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy", "_pgettext", "P_", "PS_"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
# CLDR's rules, as Django's own catalogues have them: theirs and ours are merged.
PLURAL_FORMS = {
    "ar": (
        6,
        "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 "
        "? 4 : 5",
    ),
    "de": (2, "(n != 1)"),
    "es": (3, "n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2"),
    "fr": (3, "(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2"),
    "pt": (3, "(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2"),
}
# Places for what stands in its own language; not for addresses, of which programs make links.
NAMES = re.compile(
    r"%\((?:name|city|network|office|other|kept|duplicate|title|find|text|word|found)\)s"
)
TAGS = re.compile(r"(<[^<>]*>)")
REVIEWED_BY = re.compile(r"^# Reviewed by: (.+)$", re.MULTILINE)
NOBODY = "nobody yet"
HEADER = "# CityNet in another language; MIT licence.\n# Reviewed by: nobody yet"


class Message(NamedTuple):
    """A message in the source: its text, or texts of one and many, and where it stands."""

    text: str | tuple[str, str]
    context: str | None
    place: str
    comments: tuple[str, ...]


def languages() -> list[str]:
    """Return the languages that need a catalogue."""
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def path_of(language: str) -> Path:
    """Return the file of a catalogue."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """Return a catalogue as it is kept; an empty one where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, domain=DOMAIN, header_comment=HEADER, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def messages() -> Iterator[Message]:
    """Yield every message of the source, in the order of its files."""
    for folder in SOURCES:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.suffix in (".py", ".html", ".txt", ".xml", ".md"):
                yield from _messages_in(path)


def _messages_in(path: Path) -> Iterator[Message]:
    source = path.read_text(encoding="utf-8")
    place = str(path.relative_to(settings.BASE_DIR))
    if path.suffix != ".py":
        # What surrounds the messages is no Python: only its indentation would matter.
        source = "\n".join(map(str.lstrip, templatize(source, origin=place).splitlines()))
    found = extract_python(io.BytesIO(source.encode()), KEYWORDS, ["Translators:"], {})
    for _line, function, texts, comments in found:
        spec = KEYWORDS[function]
        texts = [texts] if isinstance(texts, str) else list(texts or [None])
        context = texts.pop(0) if isinstance(spec[0], tuple) else None
        texts = texts[: sum(isinstance(argument, int) for argument in spec)]
        if all(texts):
            text = texts[0] if len(texts) == 1 else (texts[0], texts[1])
            yield Message(text, context, place, tuple(comments))


def update(language: str) -> Catalog:
    """Bring a catalogue into step with the source: new messages stand empty, gone ones go."""
    kept = read(language)
    fresh = Catalog(
        locale=language,
        domain=DOMAIN,
        project="CityNet",
        version="",
        fuzzy=False,
        header_comment=kept.header_comment,
        msgid_bugs_address="",
        last_translator="CityNet",
        language_team="CityNet",
        creation_date=kept.creation_date,
        revision_date=kept.revision_date,
    )
    fresh._num_plurals, fresh._plural_expr = PLURAL_FORMS[language]
    for message in messages():
        known = kept.get(message.text, message.context)
        fresh.add(
            message.text,
            known.string if known else None,
            locations=[(message.place, None)],
            auto_comments=message.comments,
            context=message.context,
            flags=known.flags - {"python-format"} if known else (),
            user_comments=known.user_comments if known else (),
        )
    return fresh


def write(language: str, catalogue: Catalog) -> None:
    """Keep a catalogue: one way to write it, so that a change shows as what changed."""
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)


def compile_stale() -> list[str]:
    """Compile the catalogues that changed since they last were; returns their languages."""
    stale = [language for language in languages() if _is_stale(path_of(language))]
    for language in stale:
        path = path_of(language)
        # Others may read it meanwhile, or compile it, too.
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            write_mo(file, _compiled(language))
        Path(file.name).chmod(0o644)
        Path(file.name).replace(path.with_suffix(".mo"))
    return stale


def _compiled(language: str) -> Catalog:
    """Return a catalogue as it is compiled: read from the right, with names kept to themselves.

    A name in Latin letters that begins with a number, such as “100% Renewables”, would otherwise be
    read from both sides (Unicode Standard Annex 9, 2.4.2: first strong isolate).
    """
    catalogue = read(language)
    if get_language_info(language)["bidi"]:
        for message in catalogue:
            if message.id and message.string:
                texts = message.string
                message.string = (
                    _isolated(texts) if isinstance(texts, str) else tuple(map(_isolated, texts))
                )
    return catalogue


def _isolated(text: str) -> str:
    """Put isolates around the names in a text, not where they stand inside of a tag."""
    between_tags = TAGS.split(text)
    between_tags[::2] = [NAMES.sub("\u2068\\g<0>\u2069", each) for each in between_tags[::2]]
    return "".join(between_tags)


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return path.exists() and not (
        compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime
    )


@cache
def reviewed_by(language: str) -> str:
    """Return who has reviewed a catalogue, empty where nobody has."""
    if language not in languages():
        return ""
    reviewers = REVIEWED_BY.findall(read(language).header_comment)
    return ", ".join(name for name in reviewers if name != NOBODY)
