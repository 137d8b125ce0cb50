"""A table of made-up columns, one of each type, and rows of it by chance."""

import datetime

from hypothesis import strategies as st

from directory.models.columns import Column

COLUMNS = tuple(
    Column(name=name, description=name, read=lambda row: None, type=name)
    for name in ("string", "integer", "number", "boolean", "date", "list")
)
# As the models take it: without control characters, and without half of a character.
TEXTS = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), max_size=30)
NUMBERS = st.floats(-180, 180, allow_nan=False, allow_infinity=False)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "string": TEXTS
            | st.from_regex(r"(;|')*[=+\-@#].*", alphabet="=+-@#';x1", fullmatch=True),
            "integer": st.none() | st.integers(-(2**31), 2**31),
            "number": st.none() | NUMBERS,
            "boolean": st.booleans(),
            "date": st.dates(datetime.date(1900, 3, 1)).map(datetime.date.isoformat) | st.just(""),
            "list": st.lists(TEXTS.filter(lambda item: item and ";" not in item), max_size=3),
        }
    ),
    max_size=5,
)
