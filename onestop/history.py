"""The course of a dossier for officers: stops of the timeline, and its stays at each step (Mẫu 05)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.choices import END_STATUSES, Status
from dossiers.timeline import Line
from onestop.acts.scene import Scene
from onestop.worklist import Mark, describe_span
from portal.core import clock
from procedures.choices import StepKind
from procedures.content import Content

if TYPE_CHECKING:
    from dossiers.models import Step

SHORT = 5
_WAITING = {
    Status.SUBMITTED: gettext_lazy("Chờ kiểm tra"),
    Status.ACCEPTED: gettext_lazy("Chờ giải quyết"),
    Status.RESOLVED: gettext_lazy("Chờ trả kết quả"),
}
"""What is awaited now, where the name of the status says what was done."""


@dataclass(frozen=True)
class Stop:
    """For components/timeline.html."""

    title: str
    state: str
    at: datetime | None = None
    when: str = ""
    text: str = ""


@dataclass(frozen=True)
class Stay:
    """One line of Mẫu 05: who held the dossier at a step, from when to when, early or late."""

    step: str
    agency: str
    holders: str
    started_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    mark: Mark


def build_stops(lines: Sequence[Line], scene: Scene) -> list[Stop]:
    """The latest events and where the dossier stands now."""
    stops = [
        Stop(line.title, "done" if line.state == "done" else "stop", line.at, text=line.who)
        for line in lines[-SHORT:]
    ]
    status = Status(scene.dossier.status)
    if status in END_STATUSES:
        return stops
    where = ", ".join(filter(None, (scene.step_name, scene.holder)))
    return [*stops, Stop(str(_WAITING.get(status, status.label)), "now", text=where)]


def build_stays(content: Content, steps: "Sequence[Step]") -> list[Stay]:
    """Every stay, oldest first."""
    names = {plan.key: str(plan.name) for plan in content.steps}
    return [
        Stay(
            step=names.get(step.key, str(StepKind(step.kind).label)),
            agency=step.agency.name,
            holders=", ".join(a.membership.user.full_name for a in step.assignments.all()),
            started_at=step.started_at,
            due_at=step.due_at,
            ended_at=step.ended_at,
            mark=_judge(step),
        )
        for step in steps
    ]


def _judge(step: "Step") -> Mark:
    if step.due_at is None:
        return Mark("")
    end = step.ended_at or clock.now()
    if end > step.due_at:
        return Mark(_("Trễ %(time)s") % {"time": describe_span(step.due_at, end)}, "late")
    return Mark(_("Đúng hạn"), "done") if step.ended_at else Mark(_("Trong hạn"))
