"""Workbooks for tests, honest ones and bombs."""

import io
import zipfile

from openpyxl import Workbook


def workbook(*sheets: list[list[object]]) -> bytes:
    """Return a workbook with these tables, a sheet for each."""
    made = Workbook(write_only=True)
    for rows in sheets:
        sheet = made.create_sheet()
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return a workbook with one part replaced, or added."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return changed.getvalue()
