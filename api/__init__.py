"""The REST face of the directory: maps what `directory` finds to JSON, and decides nothing."""
