"""docs/threat-model.md names, for each defence, tests that are there."""

import re

from portal.env import BASE_DIR

NAMED = re.compile(r"tests/[\w/]+\.py")


def test_the_tests_it_relies_on_exist() -> None:
    named = set(NAMED.findall((BASE_DIR / "docs" / "threat-model.md").read_text(encoding="utf-8")))

    assert len(named) > 20
    assert [name for name in sorted(named) if not (BASE_DIR / name).is_file()] == []
