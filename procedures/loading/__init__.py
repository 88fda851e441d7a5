"""Loading procedures from outside: reading the file piece by piece, and planning what each record would do. Pure."""

from procedures.loading.archives import read_archive
from procedures.loading.entries import Entry
from procedures.loading.lines import read_lines
from procedures.loading.planning import Known, Plan, Planner

__all__ = ["Entry", "Known", "Plan", "Planner", "read_archive", "read_lines"]
