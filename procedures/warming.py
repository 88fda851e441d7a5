"""What the public pages need from the whole catalogue, made before the first visitor comes."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from procedures.browsing.events import list_events
from procedures.browsing.shelf import build_shelf
from procedures.finding.holding import prepare_index
from procedures.revision import catalogue_token
from procedures.rows import draw_shapes

_LEARNING_S = 15


def warm_catalogue() -> Iterator[str]:
    """The index, the events of life and the lines of lists; then the pages that most people see."""
    token = catalogue_token()
    index = prepare_index(token, within_s=_LEARNING_S)
    index.book.marked, index.book.pairs, index.digits, index.fields  # noqa: B018 - read once, kept
    shelf = build_shelf(token)
    list_events(shelf)
    with override(settings.LANGUAGE_CODE):
        draw_shapes(index.listed)
    yield reverse("procedures:home")
    yield reverse("procedures:search")
    shown = [entry for entry in index.listed if entry.is_own and not entry.is_closed] or list(shelf.local)
    for entry in shown[:1]:
        yield reverse("procedures:search") + "?" + urlencode({"q": entry.name})
        yield reverse("procedures:detail", args=[entry.code])
