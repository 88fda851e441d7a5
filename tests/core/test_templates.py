"""House rules of the templates, read from the files: what the security policy and the components ask for."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
STYLES = "".join(sheet.read_text() for sheet in (settings.BASE_DIR / "static" / "css").glob("*.css"))
SCRIPTS = "".join(script.read_text() for script in (settings.BASE_DIR / "static" / "js").glob("*.js"))
ICONS = set(re.findall(r'<symbol id="([^"]+)"', (settings.BASE_DIR / "static/img/icons.svg").read_text()))


def _name(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


def _markup(path: Path) -> str:
    """The template without its comments."""
    return re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.DOTALL)


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_a_template_compiles_and_keeps_scripts_and_styles_in_files(path: Path) -> None:
    get_template(_name(path))
    markup = _markup(path)
    assert not re.search(r"\sstyle=", markup), "no style attribute: the security policy refuses it"
    assert not re.search(r"\son[a-z]+=\"", markup), "no handler attribute: scripts are files"
    assert not re.search(r"<script(?![^>]*\ssrc=)", markup), "no inline script"
    assert "<style" not in markup, "no inline style"
    assert "javascript:" not in markup
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", markup), "nothing from another host"


@pytest.mark.parametrize("path", COMPONENTS, ids=_name)
def test_a_component_says_what_it_is_and_which_variables_it_takes(path: Path) -> None:
    comment = re.match(r"{% comment %}\n(.+?){% endcomment %}", path.read_text(), flags=re.DOTALL)
    assert comment, "a component begins with its description"


def _icon_uses() -> Iterator[tuple[str, str]]:
    for path in PAGES:
        for name in re.findall(r'icon\.html" with name="([^"]+)"|icon(?:_after)?="([^"]+)"', _markup(path)):
            yield _name(path), "".join(name)


def test_every_icon_is_in_the_sprite() -> None:
    assert [use for use in _icon_uses() if use[1] not in ICONS] == []


@pytest.mark.parametrize("path", [*COMPONENTS, TEMPLATES / "base.html", TEMPLATES / "desk.html"], ids=_name)
def test_every_class_of_a_component_has_a_style_or_a_script(path: Path) -> None:
    markup = re.sub(r"{%.*?%}|{{.*?}}", " ", _markup(path))
    classes = {name for value in re.findall(r'class="([^"]*)"', markup) for name in value.split()}
    unknown = {name for name in classes if f".{name}" not in STYLES + SCRIPTS and not name.endswith("-")}
    assert unknown == set()


def test_the_sprite_draws_each_icon_once() -> None:
    names = re.findall(r'<symbol id="([^"]+)"', (settings.BASE_DIR / "static/img/icons.svg").read_text())
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "path", sorted((settings.BASE_DIR / "static" / "img").glob("*.svg")), ids=lambda p: p.name
)
def test_a_drawing_carries_no_style_and_no_script(path: Path) -> None:
    assert not re.search(r"<style|<script|style=|\son[a-z]+=", path.read_text())
