"""What the form of an act needs to know about the dossier; every list is read when it is first asked for."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from dossiers import proposals, selectors
from dossiers.choices import FeeStatus, PartyRole, Relation, Status
from onestop.casefile import CaseFile, read_casefile
from onestop.worklist import get_holder
from payments.panel import Panel, build_panel
from portal.accounts import selectors as accounts
from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.core.templatetags.formats import vnd
from procedures import selectors as catalogue
from procedures.choices import StepKind
from procedures.content import Content
from procedures.parts import StepPlan

if TYPE_CHECKING:
    from dossiers.models import Dossier, DossierEvent, Step, SupplementRequest
    from portal.audit.models import Proposal

Choices = list[tuple[str, str]]


class Scene:
    """One dossier before one officer."""

    def __init__(self, dossier: "Dossier", actor: Actor) -> None:
        self.dossier = dossier
        self.actor = actor

    @cached_property
    def content(self) -> Content:
        return catalogue.get_content(self.dossier.procedure_version_id)

    @cached_property
    def casefile(self) -> CaseFile:
        return read_casefile(self.dossier)

    @cached_property
    def relations(self) -> Sequence[tuple[int, str]]:
        return selectors.relations_of(self.dossier)

    @cached_property
    def step(self) -> "Step | None":
        return selectors.get_current_step(self.dossier)

    @cached_property
    def events(self) -> "list[DossierEvent]":
        return selectors.list_events(self.dossier)

    @cached_property
    def supplement(self) -> "SupplementRequest | None":
        return selectors.get_open_supplement(self.dossier)

    @cached_property
    def panel(self) -> Panel:
        """What is owed and paid."""
        return build_panel(self.dossier, self.actor)

    @cached_property
    def decline_proposal(self) -> "Proposal | None":
        if self.dossier.status != Status.SUBMITTED:
            return None
        return proposals.open_proposal_of(self.dossier, proposals.DECLINE)

    @cached_property
    def recall_proposal(self) -> "Proposal | None":
        if self.dossier.status != Status.RESOLVED:
            return None
        return proposals.open_proposal_of(self.dossier, proposals.RECALL)

    @property
    def step_name(self) -> str:
        """The open step in the words of the procedure."""
        if self.step is None:
            return ""
        plan = next((plan for plan in self.content.steps if plan.key == self.step.key), None)
        return str(plan.name) if plan else str(StepKind(self.step.kind).label)

    @property
    def holder(self) -> str:
        return get_holder(self.step)

    def list_assignees(self, *roles: Role) -> Choices:
        """Who may be given a step at the handling agency; nobody in particular comes first."""
        agencies = [agency for agency, relation in self.relations if relation == Relation.HANDLING]
        members = [member for agency in agencies for member in accounts.list_officers(agency)]
        fitting = [member for member in members if set(member.roles) & set(roles)]
        named = [(str(m.pk), ", ".join(filter(None, (m.user.full_name, m.title)))) for m in fitting]
        return [("", _("Chưa giao cho ai")), *named]

    def list_steps(self) -> Choices:
        """Steps a dossier can be handed to, in the order of the plan."""
        return [(plan.key, str(plan.name)) for plan in self.plans]

    @property
    def plans(self) -> list[StepPlan]:
        kept = (StepKind.PROCESS, StepKind.APPROVE, StepKind.ISSUE)
        return [plan for plan in self.content.steps if plan.kind in kept]

    @property
    def next_step(self) -> str:
        """Key of the step after the open one, else of the first."""
        keys = [plan.key for plan in self.plans]
        at = keys.index(self.step.key) + 1 if self.step and self.step.key in keys else 0
        return keys[min(at, len(keys) - 1)] if keys else ""

    def list_agencies(self) -> Choices:
        """Other agencies that perform the procedure."""
        performing = catalogue.list_performing_agencies(self.content)
        others = [agency for agency in performing if agency.pk != self.dossier.agency_id]
        return [("", _("Chọn cơ quan")), *((str(agency.pk), agency.name) for agency in others)]

    def list_open_fees(self) -> Choices:
        """Fees with a known amount that are still owed."""
        fees = selectors.list_fees(self.dossier)
        owed = [fee for fee in fees if fee.status == FeeStatus.OPEN and fee.amount]
        return [(str(fee.pk), vnd(fee.amount)) for fee in owed]

    def list_owners(self) -> Choices:
        """Owners of the latest filing."""
        parties = selectors.list_parties(self.dossier)
        owners = (PartyRole.OWNER, PartyRole.CO_OWNER)
        return [(str(link.party_id), link.party.name) for link in parties if link.role in owners]

    def find_text(self, kind: str, name: str) -> str:
        """What the latest event of a kind says under a name."""
        event = next((event for event in reversed(self.events) if event.kind == kind), None)
        return str((event.payload or {}).get(name, "")) if event else ""

    def find_reason(self, kind: str) -> str:
        """The reason written at the latest event of a kind."""
        return self.find_text(kind, "reason")
