"""Progress is for people: a bar on a terminal, nothing in a log."""

import io
import sys

from directory.datapackage.progress import progress_on_terminal


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_a_bar_and_every_item_passes(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert list(progress_on_terminal()([1, 2], "cities")) == [1, 2]
    assert "cities" in sys.stderr.getvalue()


def test_anything_else_sees_none(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert progress_on_terminal() is None
