"""What a table may be at most, and the refusal of one that cannot be read at all."""

from dataclasses import dataclass, field

from directory.registration.problems import Invalid

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 1_000


class Refused(Invalid):
    """The whole table cannot be read; the sentence says why and what to do instead."""

    def __init__(self, sentence: str, *, column: str = "file") -> None:
        super().__init__({column: [sentence]})


@dataclass
class TableRead:
    """A table as text: its header, its rows by their number, and what was taken for what."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    notes: list[str] = field(default_factory=list)
    is_workbook: bool = False
    delimiter: str = ","
