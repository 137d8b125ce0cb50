"""What was probably meant: the nearest of the names that would have been right."""

import difflib
from collections.abc import Iterable


def nearest(written: str, known: Iterable[str]) -> str | None:
    """Return the known name nearest to what was written, or None where none is near."""
    # Longer input than any name is no typing mistake, and difflib takes quadratic time on it.
    matches = difflib.get_close_matches(written[:80].lower(), list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None
