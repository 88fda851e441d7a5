"""docs/access-matrix.md, generated from the addresses, the views' policies and the ownership rows.

`python -m tests.access.document` writes it; a test compares.
"""

from collections.abc import Sequence
from pathlib import Path

from portal.env import BASE_DIR
from tests.access.callers import CALLERS
from tests.access.rights import summarise
from tests.access.routes import Route, list_routes

FILE: Path = BASE_DIR / "docs" / "access-matrix.md"
INTRODUCTION = """# Who may call what

Written by `python -m tests.access.document`; do not edit by hand. Every address is called by every kind of
person in `tests/core/test_access_matrix.py`, with GET and POST, and with HEAD, PUT and DELETE by who comes through.

- **✓** comes through the view's policy and sees the thing; what may be done with it in its present state is
  the table of [dossier-states.md](dossier-states.md).
- **reads** may look, not write. **sign in**: to the sign-in page, or 401 from the API.
- **403** the role is missing. **404** not yours, answered exactly as if it were not there.

*owner* filed the dossier in question; *reception* to *approver* work at its agency; *other agency* holds all
four roles elsewhere; *leader* leads the province, *leader below* chose to look at the dossier's agency; the two
admins are members of the dossier's own agency.
"""


def build() -> str:
    """The whole document; Django's admin is one line, as one rule holds for all its pages."""
    routes = list_routes()
    own = [route for route in routes if not route.is_admin]
    admin = next(route for route in routes if route.name == "admin:index")
    rows = [_row(f"/{route.shape}", route) for route in own] + [_row("/admin/…", admin)]
    head = [_line(["address", "policy", *CALLERS]), _line(["---"] * (len(CALLERS) + 2))]
    return "\n".join([INTRODUCTION, *head, *sorted(rows), ""])


def _row(address: str, route: Route) -> str:
    policy = route.policy
    return _line(
        [f"`{address}`", policy.name if policy else "", *(summarise(route, caller) for caller in CALLERS)]
    )


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def write() -> None:
    FILE.write_text(build(), encoding="utf-8")


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    write()
