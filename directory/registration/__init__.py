"""Registration: the rules of who may change what, and how a change comes about."""
