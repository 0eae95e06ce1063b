"""Finding an endpoint among hundreds without trying them all."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern


def by_first_word(
    route: str, patterns: Sequence[URLPattern | URLResolver], app_name: str, namespace: str
) -> URLResolver:
    """Like Django's `path(route, (patterns, app_name, namespace))`, but a request is matched only
    against the patterns that begin with its first word after `route` (`orders`, `lots`).

    Django tries one pattern after the other: 35 µs for a request of the main job, 6 µs so.
    """
    return _ByFirstWord(RoutePattern(route), patterns, None, app_name, namespace)


class _ByFirstWord(URLResolver):
    @cached_property
    def _resolvers(self) -> dict[str, URLResolver]:
        groups: dict[str, list[URLPattern | URLResolver]] = defaultdict(list)
        for pattern in self.url_patterns:
            word = _first_word(str(pattern.pattern))
            if "<" in word:
                raise ValueError(f"{pattern.pattern} does not begin with a word")
            groups[word].append(pattern)
        return {
            word: URLResolver(self.pattern, group, None, self.app_name, self.namespace)
            for word, group in groups.items()
        }

    def resolve(self, path: str) -> ResolverMatch:
        """The match of the first word's patterns; raises Resolver404."""
        word = _first_word(path.removeprefix(str(self.pattern)))
        resolver = self._resolvers.get(word)
        if resolver is None:
            raise Resolver404({"path": path})
        return resolver.resolve(path)


def _first_word(path: str) -> str:
    return path.partition("/")[0]
