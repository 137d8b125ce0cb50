"""Which errors say that the database is away, full or can only be read, and not that we are wrong.

Both databases name the same trouble differently: a write where nothing can be written is an
internal error to PostgreSQL, a damaged file a nameless one to SQLite.
"""

import sqlite3

from django.db import DatabaseError, InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _

# What people and programs are told then.
ONLY_READ = _("The directory can only be read for the moment; nothing was changed.")

# read_only_sql_transaction: a standby, or a server that was told to take no writes.
READ_ONLY = "25006"


def is_outage(exception: BaseException | None) -> bool:
    """Tell whether an error is one of the database itself, which passes without our doing."""
    if isinstance(exception, OperationalError | InterfaceError):
        return True
    # Django raises it, too, but then nothing of the driver stands behind it.
    is_nameless = type(exception) is DatabaseError and exception.__cause__ is not None
    return is_nameless or can_only_be_read(exception)


def can_only_be_read(exception: BaseException | None) -> bool:
    """Tell whether an error says that the database takes no writes at the moment."""
    cause = exception.__cause__ if isinstance(exception, DatabaseError) else None
    code = getattr(cause, "sqlite_errorcode", None)
    is_of_sqlite = code is not None and code & 0xFF == sqlite3.SQLITE_READONLY
    return is_of_sqlite or getattr(cause, "pgcode", None) == READ_ONLY
