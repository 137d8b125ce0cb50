"""How rows become the bytes of a file, format by format; none of them knows the database.

Each writer takes columns and rows and yields bytes as they become ready, whatever the number of
rows, so that releases and live downloads write the same.
"""
