"""Which network a row means: by its name, acronym, other names, or its id."""

from django.utils import timezone

from directory.matching.named import network_names
from directory.models import Network, Redirect
from directory.models.choices import RecordType
from directory.registration.bulk.finding import CLOSE, Match, choose


class NetworkFinder:
    """Finds networks by what is written of them."""

    def __init__(self) -> None:
        self.slugs = set(Network.objects.public().values_list("slug", flat=True))
        self._names = network_names.get(timezone.now().date())
        self._renamed = dict(
            Redirect.objects.filter(record_type=RecordType.NETWORK).values_list(
                "old_slug", "new_slug"
            )
        )
        self._found: dict[str, Match] = {}

    def find(self, written: str) -> Match:
        """Return what is meant."""
        if written not in self._found:
            self._found[written] = self._find(written)
        return self._found[written]

    def _find(self, written: str) -> Match:
        slug = self._renamed.get(written, written)
        if slug in self.slugs:
            return Match(slug, 1.0)
        scores, is_sure = self._names.find(written)
        if is_sure:
            slug, score = next(iter(scores.items()))
            return Match(slug, round(score, 2))
        return choose(scores, is_close=max(scores.values(), default=0) >= CLOSE)
