"""Finding networks and cities: terms, synonyms, spelling, facets, suggestions.

The order of hits is ours and the same on every database: the index is a table of terms,
what is found is scored in Python, and no query syntax of a search engine is ever involved.
"""
