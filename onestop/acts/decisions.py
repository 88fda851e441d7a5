"""The decision box: exactly what this officer may do now, one of it in red."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from dossiers import offers
from dossiers.choices import END_STATUSES, FeeMode, Status
from dossiers.proposals import DECLINE
from onestop.acts.asking import can_ask
from onestop.acts.scene import Scene
from onestop.acts.table import ACTS
from payments.panel import FeeCard
from portal.accounts.choices import Role
from portal.core.money import format_vnd
from procedures.choices import StepKind

_FIRST = {
    Status.SUBMITTED: ("decline", "accept"),
    Status.ACCEPTED: ("approve_supplement", "start", "resolve"),
    Status.PROCESSING: ("approve_supplement", "resolve", "transfer"),
    Status.AWAITING_SUPPLEMENT: ("supplement",),
    Status.RESOLVED: ("return_result",),
    **dict.fromkeys(END_STATUSES, ("return_papers",)),
}
"""The usual next act of each status; the first one that is offered is the red button."""


@dataclass(frozen=True)
class Decision:
    """A button. `is_direct`: it posts at once; else it is a link to the page of the act."""

    name: str
    label: str
    href: str
    key: str = ""
    is_direct: bool = False
    is_ending: bool = False


@dataclass(frozen=True)
class Decisions:
    """`primary` is red; `others` are outlined; `endings` are links below them."""

    primary: Decision | None
    others: tuple[Decision, ...]
    endings: tuple[Decision, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.primary or self.others or self.endings)


def build_decisions(scene: Scene) -> Decisions:
    """Offers of the state table without those that this dossier's facts already rule out."""
    found = list(_list_decisions(scene))
    paying = next((d for d in found if d.name == "pay"), None)
    wanted = _FIRST.get(Status(scene.dossier.status), ())
    primary = paying or next((d for name in wanted for d in found if d.name == name), None)
    rest = [decision for decision in found if decision is not primary]
    return Decisions(
        primary,
        tuple(decision for decision in rest if not decision.is_ending),
        tuple(decision for decision in rest if decision.is_ending),
    )


def _list_decisions(scene: Scene) -> Iterator[Decision]:
    offered = offers.offered_actions(scene.dossier, scene.actor, scene.relations, scene.hanging)
    card = _find_due_now(scene)
    if card is not None:
        href = reverse("payments:fee", args=[card.fee.pk])
        yield Decision("pay", _("Thu %(amount)s") % {"amount": format_vnd(card.amount)}, href, key="p")
    if "supplement" in offered:
        href = reverse("onestop:supplement", args=[scene.dossier.pk])
        yield Decision("supplement", _("Nhận bổ sung tại quầy"), href, key="b")
    for name in ACTS:
        if name in (*offered, *_beside_offers(scene)) and _is_possible(name, scene):
            yield _build(name, scene)


def _build(name: str, scene: Scene) -> Decision:
    act = ACTS[name]
    href = reverse("onestop:act", args=[scene.dossier.pk, name])
    return Decision(name, str(act.label), href, act.key, act.is_direct, act.is_ending)


def _beside_offers(scene: Scene) -> tuple[str, ...]:
    """Acts of the desk that the table does not offer by itself."""
    at_desk = scene.actor.has_role(Role.RECEPTION) and not scene.actor.is_read_only
    if at_desk and scene.content.all_owners_consent and scene.dossier.status == Status.SUBMITTED:
        return ("consent",)
    return ()


def _is_possible(name: str, scene: Scene) -> bool:
    """Facts that would make the service refuse whatever is typed."""
    may_decide = not scene.is_own_proposal
    if name == "decline":
        return scene.has_proposal(DECLINE) and may_decide
    if name in ("approve_supplement", "reject_proposal", "recall"):
        return may_decide
    if name == "resolve":
        return _can_resolve(scene)
    if name == "request_supplement":
        return can_ask(scene)
    if name == "request_payment":
        return scene.hanging.open_fee
    return name != "ask_confirmation" or scene.content.draft_confirmation


def _can_resolve(scene: Scene) -> bool:
    if scene.open_confirmation is not None:
        return False
    if scene.dossier.status == Status.ACCEPTED:
        return scene.content.same_day
    return scene.step is not None and scene.step.kind == StepKind.APPROVE


def _find_due_now(scene: Scene) -> FeeCard | None:
    """A fee that must be paid before the dossier can go on, and that this desk may take."""
    status = scene.dossier.status
    cards = [card for card in scene.panel.cards if card.can_collect]
    if status == Status.SUBMITTED:
        cards = [card for card in cards if card.fee.mode == FeeMode.BEFORE]
    elif status not in (Status.AWAITING_PAYMENT, Status.RESOLVED):
        return None
    return next(iter(cards), None)
