"""Text in CSV that a spreadsheet would take for a formula, kept from being one, and back.

A guard is one apostrophe in front of what would begin a formula: ``=``, ``+``, ``-``, ``@``
and their full-width forms, at the beginning of a text or behind a semicolon, at which spreadsheets
of many countries cut cells. Text that has such an apostrophe already gets one more, so that
``unguarded`` gives back every text as it was. All other text, ``#`` and ``'s-Hertogenbosch``
included, stays as it is; numbers and dates are no text and never guarded.
"""

import re

# With one of these begins what may get a guard; nearly all cells begin with none.
_FIRST = frozenset("'=+-@＝＋－＠")
_BEGINS_FORMULA = re.compile(r"(^|;)('*[=+\-@＝＋－＠])")
_GUARDED = re.compile(r"(^|;)'('*[=+\-@＝＋－＠])")


def guarded(text: str) -> str:
    """Return the text with a guard wherever a spreadsheet would begin a formula."""
    if text[:1] not in _FIRST and ";" not in text:
        return text
    return _BEGINS_FORMULA.sub(r"\1'\2", text)


def unguarded(text: str) -> str:
    """Return the text that was guarded."""
    return _GUARDED.sub(r"\1\2", text)
