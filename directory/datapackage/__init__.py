"""The data package: reading, checking, loading and exporting all public data.

``directory.models.tables`` says what stands in it; here is how it becomes files and back.
"""
