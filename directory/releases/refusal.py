"""Why no release was made."""


class ReleaseRefused(Exception):
    """Raised, with what to do, where no release can be made; none is listed that was not before."""
