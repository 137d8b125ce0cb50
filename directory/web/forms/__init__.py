"""Forms of the pages on which people act."""
