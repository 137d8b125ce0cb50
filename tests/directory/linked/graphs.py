"""Reads linked data as others do: with rdflib, from the bytes that the site sends."""

import warnings

from rdflib import Graph, Namespace
from rdflib.compare import isomorphic

SITE = "http://localhost:8000"
SCHEMA = Namespace("https://schema.org/")
OWN = Namespace(f"{SITE}/data/vocabulary/#")
FORMATS = {"jsonld": ("json-ld", "application/ld+json"), "ttl": ("turtle", "text/turtle")}


def read(client, address, suffix):
    """Return the graph of a file."""
    name, content_type = FORMATS[suffix]
    response = client.get(f"{address}.{suffix}")
    assert response.status_code == 200
    assert response.headers["Content-Type"].partition(";")[0] == content_type
    with warnings.catch_warnings():
        # One of rdflib's own parts warns of another.
        warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
        return Graph().parse(data=response.content.decode(), format=name)


def read_both(client, address):
    """Return the graph of a thing, which must be the same in both formats."""
    graph, same = (read(client, address, suffix) for suffix in FORMATS)
    assert isomorphic(graph, same)
    return graph
