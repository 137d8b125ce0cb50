"""Proof that what is stored twice agrees: derived columns, the search index, the change log.

In the layers it stands beside the backup, between the data package and registration. Nothing here
repairs anything.
"""
