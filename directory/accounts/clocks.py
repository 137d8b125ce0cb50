"""Clocks that disagree: those of two machines a little, one that was wrong by far more."""

import datetime

# A moment that lies further ahead than this was written by a clock that was wrong. What lies less
# far ahead is of another process, or of a machine whose clock is fast: it counts.
CLOCKS_APART = datetime.timedelta(minutes=2)
