"""Who must know of every change of public data before it is committed, such as the search index."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from directory.history.change_sets import Changes

followers: list[Callable[["Changes"], None]] = []
"""Called in order, inside the transaction, with the changes of one change set.

An app appends its function in ``AppConfig.ready()``; ``changes.touched`` names the records.
"""
