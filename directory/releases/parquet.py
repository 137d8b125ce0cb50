"""A table as Apache Parquet, for pandas, R, DuckDB and their like.

pyarrow is large and wanted by nobody who only serves the site, so it is an optional extra.
"""

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from directory.downloads.formats.values import typed
from directory.models.columns import Column, Row
from directory.releases.refusal import ReleaseRefused


def write_parquet(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    """Write the rows with a type and a description for each column.

    Raises ReleaseRefused where pyarrow is not installed.
    """
    arrow, parquet = _arrow()
    rows = list(rows)
    schema = arrow.schema([_field(arrow, column) for column in columns])
    arrays = [
        arrow.array([_value(column, row[column.name]) for row in rows], type=field.type)
        for column, field in zip(columns, schema, strict=True)
    ]
    parquet.write_table(arrow.Table.from_arrays(arrays, schema=schema), path, compression="zstd")


def _arrow() -> tuple[ModuleType, ModuleType]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise ReleaseRefused(
            "Parquet files need pyarrow, which is not installed: .venv/bin/pip install "
            "'.[releases]', then make the release again."
        ) from None
    return pyarrow, parquet


def _field(arrow: ModuleType, column: Column) -> Any:
    types = {
        "string": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "date": arrow.date32(),
        "list": arrow.list_(arrow.string()),
    }
    return arrow.field(
        column.name,
        types[column.type],
        nullable=not column.required,
        metadata={"description": column.description},
    )


def _value(column: Column, value: Any) -> Any:
    value = typed(column, value)
    if column.type == "date" and value is not None:
        return datetime.date.fromisoformat(value)
    return value
