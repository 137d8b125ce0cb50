"""Bytes of a file to text: in which encoding they are, told rather than guessed in silence."""

import codecs
import re

from django.utils.translation import gettext as _

from directory.registration.bulk.refusals import Refused

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
# Words of which most letters are foreign: another alphabet's code page read as Western European.
FOREIGN_SHARE = 0.6
HTML = re.compile(r"\s*<(!doctype|html|head|body|table|meta|\?xml|script)\b", re.IGNORECASE)
LOST = "\ufffd"


def decode(content: bytes) -> tuple[str, list[str]]:
    """Return the text of a file, and what must be said of how it was read.

    Raises ``Refused`` for what is no text in a known encoding.
    """
    text, notes = _decoded(content)
    check_text(text)
    return text, notes


def check_text(text: str) -> None:
    """Raise ``Refused`` for text that is no table: HTML, or characters that were lost."""
    if HTML.match(text[:1000]):
        raise Refused(
            _(
                "This is a web page (HTML), whatever its name says. Open it in a spreadsheet and "
                "save it as .xlsx or CSV."
            )
        )
    if LOST in text:
        raise Refused(
            _(
                "Letters were lost in this file before it came here (it holds “�”). Save it "
                "again from the original, as CSV in UTF-8 or as .xlsx."
            )
        )


def _decoded(content: bytes) -> tuple[str, list[str]]:
    for mark, codec, name in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            try:
                return content.decode(codec), []
            except UnicodeDecodeError as error:
                raise Refused(
                    _("The file says that it is %(name)s, but it is not. Save it as UTF-8.")
                    % {"name": name}
                ) from error
    if b"\0" in content:
        raise Refused(_("This is no text file. Send CSV in UTF-8, or a workbook saved as .xlsx."))
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        return _western(content), [
            _(
                "The file is not in UTF-8; it was read as Windows-1252 (Western European). Look "
                "whether letters such as é and ö are right."
            )
        ]


def _western(content: bytes) -> str:
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Refused(_unknown_encoding()) from error
    foreign = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    letters = "".join(foreign)
    if letters and sum(not c.isascii() for c in letters) > FOREIGN_SHARE * len(letters):
        raise Refused(_unknown_encoding())
    return text


def _unknown_encoding() -> str:
    return _("The letters of this file cannot be told. Save it as CSV in UTF-8, or as .xlsx.")
