"""Whoever sits at the browser of a story: what they press, and what they can read on the whole page."""

import re
from collections.abc import Callable
from urllib.parse import urljoin

from playwright.sync_api import expect

from portal.accounts.models import User
from tests.dossiers.print_reading import text_of
from tests.e2e.walking import Walker
from tests.factories.dossiers import PNG

Seat = Callable[[User | None], "Person"]
"""Puts a person in front of the browser; None is a visitor who has not signed in."""


class Person(Walker):
    """Every press opens a page; every assertion reads only what is to be seen."""

    def press(self, name: str | re.Pattern[str]) -> None:
        with self.page.expect_navigation():
            super().press(name)

    def sees(self, *words: str) -> None:
        for part in words:
            expect(self.page.locator("body")).to_contain_text(part, use_inner_text=True)

    def misses(self, *words: str) -> None:
        """Once the page is there, none of these is on it."""
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        shown = self.page.locator("body").inner_text()
        assert [part for part in words if part in shown] == []

    def can_press(self, name: str | re.Pattern[str]) -> bool:
        main = self.page.locator("main")
        found = main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name))
        return bool(found.locator("visible=true").count())

    def choose_file(self, requirement: str, *names: str) -> None:
        files = [{"name": name, "mimeType": "image/png", "buffer": PNG} for name in names]
        self.page.set_input_files(f"[name=file-{requirement}]", files)  # type: ignore[arg-type]

    def download(self, name: str | re.Pattern[str]) -> str:
        """The words of the printed form behind a link of this page."""
        href = self.page.get_by_role("link", name=name).first.get_attribute("href")
        answer = self.page.request.get(urljoin(self.page.url, href))
        assert answer.ok, (href, answer.status)
        return text_of(answer.body())
