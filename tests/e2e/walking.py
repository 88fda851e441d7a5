"""A person in a browser: signing in, answering a form, pressing a button."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

PASSWORD = "motcua-demo"


@dataclass
class Walker:
    """One person's browser. `seen` collects every address that was opened, for the accessibility check."""

    page: Page
    url: str
    scripts: bool = True
    seen: list[str] = field(default_factory=list)
    login: str = ""

    def open(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.url + path)

    def sign_in(self, login: str) -> None:
        self.login = login
        self.open("/accounts/login/")
        self.page.fill("[name=login]", login)
        self.page.fill("[name=password]", PASSWORD)
        self.page.locator("form").last.locator("button[type=submit]").click()
        self.page.wait_for_url(re.compile(r"^(?!.*login)"))

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press a visible button, or follow a visible link, in the main part of the page."""
        main = self.page.locator("main")
        both = main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name))
        both.locator("visible=true").last.click()
        self.page.wait_for_load_state()

    def fill(self, answers: Mapping[str, str]) -> None:
        """Answer the questions of a page by the names of their controls, in the given order."""
        for name, value in answers.items():
            control = self.page.locator(f'main [name="{name}"]')
            if not self.scripts and not control.first.is_visible():
                with self.page.expect_navigation():
                    self.press("Lưu và tiếp tục")  # a question that an answer opens comes after saving
            control.first.wait_for(state="visible")
            kind = control.first.evaluate("e => e.type")
            if kind == "radio":
                self.page.check(f'main [name="{name}"][value="{value}"]')
            elif kind == "checkbox":
                control.set_checked(value == "true")
            elif kind == "select-one":
                self._choose(control, name, value)
            else:
                control.fill(value)

    def _choose(self, control: Locator, name: str, value: str) -> None:
        """Without scripts the communes come after a press of the button beside the province."""
        control.select_option(value)
        step = self.page.locator(f'main button[name="address-{name.removesuffix("-province")}-province"]')
        if name.endswith("-province") and step.count() and step.is_visible():
            with self.page.expect_navigation():
                step.click()

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()
