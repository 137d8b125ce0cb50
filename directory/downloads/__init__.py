"""Whole lists as files: which columns, which rows, and how each format writes them down."""
