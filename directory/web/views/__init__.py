"""Views of the pages: each parses, calls and renders."""
