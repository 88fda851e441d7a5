"""Every address of the installation, as the access matrix sees it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from portal.core.policy import Policy


@dataclass(frozen=True)
class Route:
    """One address: `name` with its namespaces, `shape` as written in urls.py, `kwargs` its parts that vary."""

    name: str
    shape: str
    view: Any
    kwargs: tuple[str, ...]
    ids: tuple[str, ...]

    @property
    def policy(self) -> Policy | None:
        """What the view states about itself; None is a fault of the build."""
        behind = getattr(self.view, "cls", None) or getattr(self.view, "view_class", None)
        stated = getattr(self.view, "policy", None) or getattr(behind, "policy", None)
        return stated if isinstance(stated, Policy) else None

    @property
    def is_api(self) -> bool:
        return self.shape.startswith("api/")

    @property
    def is_admin(self) -> bool:
        """Pages of Django's admin; their policy is the admin site's."""
        return self.shape.startswith("admin/")

    def build(self, values: Mapping[str, object]) -> str:
        return reverse(self.name, kwargs={name: values[name] for name in self.kwargs})


def list_routes() -> list[Route]:
    """All routes in the order of urls.py, without the nameless redirects of Django's admin."""
    return [
        _route(pattern, shape, spaces)
        for pattern, shape, spaces in _walk(get_resolver(), "", ())
        if pattern.name is not None or not shape.startswith("admin/")
    ]


def _walk(
    resolver: URLResolver, prefix: str, spaces: tuple[str, ...]
) -> Iterator[tuple[URLPattern, str, tuple[str, ...]]]:
    for entry in resolver.url_patterns:
        shape = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry, shape, inner)
        else:
            yield entry, shape, spaces


def _route(pattern: URLPattern, shape: str, spaces: tuple[str, ...]) -> Route:
    parts = list_parts(shape)
    return Route(
        name=":".join((*spaces, pattern.name or shape)),
        shape=shape,
        view=pattern.callback,
        kwargs=tuple(name for _kind, name in parts),
        ids=tuple(name for kind, name in parts if kind == "uuid"),
    )


def list_parts(shape: str) -> list[tuple[str, str]]:
    """`a/<uuid:id>/<str:code>/` -> [("uuid", "id"), ("str", "code")]."""
    inside = [piece.split(">")[0] for piece in shape.split("<")[1:]]
    return [(kind or "str", name) for kind, _colon, name in (part.rpartition(":") for part in inside)]
