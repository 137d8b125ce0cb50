"""Backup and restore of the whole system, people's words and accounts included.

In the layers it stands between the data package and registration: it knows tables, the change log
and the search index, and none of the rules of who may change what.
"""
