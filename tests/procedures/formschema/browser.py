"""A page of the shared browser for the form's own scripts."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from tests.browser import start_browser


@contextmanager
def open_page(*, width: int = 1280) -> Iterator[Page]:
    """A blank page of a fresh visitor, closed with the block."""
    context = start_browser().new_context(viewport={"width": width, "height": 800})
    try:
        yield context.new_page()
    finally:
        context.close()
