"""Draws the pictures that other sites show beside a link to a network or a city (Open Graph).

The same words give the same bytes. Colours are those of the site; the font comes from a package of
its own. Pillow is imported when the first picture is drawn, since most processes draw none.
"""

import io
from bisect import bisect_right
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from directory.web.previews import Preview
from directory.web.stylesheets import tokens

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
EDGE = 80
ROOM = WIDTH - 2 * EDGE
REGULAR, SEMIBOLD = 400, 600
FONT_WIDTH = 100
NAME_SIZES = (88, 72, 58, 46, 40)
NAME_LEADING, NAME_ROOM = 1.16, 190
AREA_LINES = 2
# More letters than any picture has room for.
LONGEST = 200
KEPT = 256

Line = tuple[str, "ImageFont.FreeTypeFont"]


@lru_cache(maxsize=KEPT)
def png(preview: Preview) -> bytes:
    """Return a picture as a PNG file."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH, HEIGHT), _colour("paper"))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, WIDTH, 12), fill=_colour("accent"))
    picture.paste(_mark(), (EDGE, 57))
    pen.text((EDGE + 68, 84), "CityNet", _colour("ink"), _font(44, SEMIBOLD), anchor="lm")
    pen.line((EDGE, 140, WIDTH - EDGE, 140), fill=_colour("ink"), width=2)
    below = _write(pen, 156, [_cut(preview.kind, _font(30, REGULAR))], "quiet")
    below = _write(pen, below + 8, _fitted(preview.name), "ink", leading=NAME_LEADING)
    areas = _wrapped(" · ".join(preview.areas), _font(30, REGULAR), AREA_LINES)
    _write(pen, below + 16, areas, "accent")
    pen.rectangle((0, HEIGHT - 96, WIDTH, HEIGHT), fill=_colour("accent-wash"))
    count = _font(36, SEMIBOLD)
    pen.text((EDGE, HEIGHT - 48), preview.count, _colour("ink"), count, anchor="lm")
    # Far fewer than 64 shades are in it, which makes a file of a third of the size.
    palette = picture.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    written = io.BytesIO()
    palette.save(written, format="PNG", compress_level=6)
    return written.getvalue()


def _colour(token: str) -> str:
    return tokens()[token].light


@cache
def _font(size: int, weight: int) -> "ImageFont.FreeTypeFont":
    import fontpkg_noto_serif
    from PIL import ImageFont

    [upright] = (fontpkg_noto_serif.ROOT / "files").glob("NotoSerif[[]*.ttf")
    # The layout that needs no library of the machine, so that all machines draw the same.
    font = ImageFont.truetype(str(upright), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight, FONT_WIDTH])
    return font


@cache
def _mark() -> "Image.Image":
    """The mark of the site as in static/img/marks.svg, drawn larger and made small: smooth."""
    from PIL import Image, ImageDraw

    size, finer = 56, 8
    unit = size * finer / 32
    large = Image.new("RGB", (size * finer, size * finer), _colour("paper"))
    pen = ImageDraw.Draw(large)
    accent, stroke = _colour("accent"), round(2.5 * unit)
    for ends in ((9.5, 10.5, 19, 7.5), (8.5, 14, 13, 22.5), (23.5, 11, 19.5, 22)):
        pen.line([end * unit for end in ends], fill=accent, width=stroke)
    for x, y, radius in ((7, 11, 4.5), (16.5, 25, 4.5)):
        pen.circle((x * unit, y * unit), radius * unit, fill=accent)
    ring = ((23.5 * unit, 7 * unit), 5.75 * unit)
    pen.circle(*ring, fill=_colour("paper"), outline=accent, width=stroke)
    return large.resize((size, size), Image.Resampling.LANCZOS)


def _write(
    pen: "ImageDraw.ImageDraw", top: float, lines: list[Line], token: str, leading: float = 1.4
) -> float:
    """Write lines below each other; returns where the next one would stand."""
    for text, font in lines:
        top += leading * font.size
        pen.text((EDGE, top), text, _colour(token), font, anchor="ls")
    return top + (leading - 1) * lines[-1][1].size if lines else top


def _fitted(name: str) -> list[Line]:
    """Return a name as large as it fits into its room."""
    for size in NAME_SIZES:
        font = _font(size, SEMIBOLD)
        most = int(NAME_ROOM // (NAME_LEADING * size))
        if len(_lines(name, font)) <= most:
            break
    return _wrapped(name, font, most)


def _wrapped(text: str, font: "ImageFont.FreeTypeFont", most: int) -> list[Line]:
    """Return a text in so many lines at most; the last one says where there is more."""
    lines = _lines(text, font)
    kept = [(line, font) for line in lines[:most]]
    return kept if len(lines) <= most else [*kept[:-1], _cut(f"{kept[-1][0]} {lines[most]}", font)]


def _lines(text: str, font: "ImageFont.FreeTypeFont") -> list[str]:
    """Return a text in lines that fit, broken between words where that is possible."""
    lines = [""]
    for word in text[:LONGEST].split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= ROOM:
            lines[-1] = longer
            continue
        while word:
            fitting = _fitting(word, font)
            lines.append(word[:fitting])
            word = word[fitting:]
    return [line for line in lines if line]


def _cut(text: str, font: "ImageFont.FreeTypeFont") -> Line:
    """Return what of a text fits into one line."""
    text = text[:LONGEST]
    if font.getlength(text) <= ROOM:
        return text, font
    fitting = _fitting(text, font, less=font.getlength("…"))
    return text[:fitting].rstrip(" ·,") + "…", font


def _fitting(text: str, font: "ImageFont.FreeTypeFont", less: float = 0) -> int:
    """Return how many letters of a text fit into a line that is so much shorter."""
    lengths = range(len(text) + 1)
    return bisect_right(lengths, ROOM - less, key=lambda most: font.getlength(text[:most])) - 1
