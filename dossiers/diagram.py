"""docs/dossier-states.md, made from the state table: `python -m dossiers.diagram > docs/dossier-states.md`."""

import os
from collections.abc import Iterator

HEADER = """# The life of a dossier

Made from `dossiers/workflow.py` by `python -m dossiers.diagram`; a test fails when the two differ.

```mermaid
stateDiagram-v2
    [*] --> draft
"""
BETWEEN = """```

`resume_to` is where a wait began; `awaiting_* (submitted)` means a wait that began before acceptance.

| from | action | to | who | needs |
|---|---|---|---|---|
"""
BESIDE_HEAD = """
Beside the table (they change no status themselves, or only the clock):

| act | from | who |
|---|---|---|
"""


def draw() -> str:
    """The whole document."""
    return HEADER + "".join(_edges()) + BETWEEN + "".join(_rows()) + BESIDE_HEAD + "".join(_beside())


def _edges() -> Iterator[str]:
    from dossiers.choices import END_STATUSES
    from dossiers.workflow import RESUME, TABLE

    seen: set[tuple[str, str, str]] = set()
    for row in TABLE:
        resumed = [str(status) for status in sorted(row.resume_to)] or ["submitted", "accepted", "processing"]
        targets = resumed if row.target == RESUME else [str(row.target)]
        for source in row.source:
            for target in targets:
                edge = (str(source), str(target), str(row.action))
                if edge not in seen:
                    seen.add(edge)
                    yield f"    {edge[0]} --> {edge[1]}: {edge[2]}\n"
    for status in sorted(END_STATUSES):
        yield f"    {status} --> [*]\n"


def _rows() -> Iterator[str]:
    from dossiers.workflow import TABLE

    for row in TABLE:
        waits = f" ({', '.join(sorted(row.resume_to))})" if row.resume_to else ""
        sources = ", ".join(s + (waits if s.startswith("awaiting_") else "") for s in row.source)
        who = ", ".join(sorted(row.by))
        yield f"| {sources} | {row.action} | {row.target} | {who} | {', '.join(row.guards)} |\n"


def _beside() -> Iterator[str]:
    from dossiers.workflow import BESIDE

    for name, act in BESIDE.items():
        yield f"| {name} | {', '.join(act.source)} | {', '.join(sorted(act.by))} |\n"


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    print(draw(), end="")  # noqa: T201
