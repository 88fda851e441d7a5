"""What the form of an act needs to know about the dossier; every list is read when it is first asked for."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dossiers import proposals, selectors
from dossiers.choices import FeeStatus, PartyRole, Relation, Status
from dossiers.consents import OwnerConsent, list_consents
from dossiers.offers import Hanging
from dossiers.proposals import ApprovedSupplement
from onestop.casefile import CaseFile, ResultView, list_results, read_casefile
from onestop.worklist import get_holder
from payments.panel import Panel, build_panel
from portal.accounts import selectors as accounts
from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.audit.kinds import ProposalKind
from portal.core.templatetags.formats import vn_deadline, vnd
from procedures import selectors as catalogue
from procedures.choices import StepKind
from procedures.content import Content
from procedures.parts import StepPlan

if TYPE_CHECKING:
    from dossiers.models import Decision, Dossier, DossierEvent, Fee, Step, SupplementRequest
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
        return read_casefile(self.dossier, self.awaited)

    @property
    def awaited(self) -> frozenset[str]:
        """Keys of the papers that the citizen is to bring or send."""
        waits = self.dossier.status == Status.AWAITING_SUPPLEMENT
        items = self.supplement.items if waits and self.supplement else []
        return frozenset(item["requirement"] for item in items if item.get("requirement"))

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
    def proposal(self) -> "Proposal | None":
        """What waits for a second person: a decline, a later supplement round or a recall, by status.

        Asked for only where the history tells of a proposal.
        """
        return proposals.find_open(self.dossier) if self.proposing else None

    @cached_property
    def proposing(self) -> "DossierEvent | None":
        """The latest event that proposed something."""
        return next((event for event in reversed(self.events) if event.kind.startswith("propose_")), None)

    @property
    def is_own_proposal(self) -> bool:
        """Did this officer propose it, and so may not decide?"""
        return self.proposal is not None and self.proposal.proposed_by_id == self.actor.user_id

    def has_proposal(self, kind: ProposalKind) -> bool:
        """Does a proposal of this kind wait?"""
        return proposals.kind_of(self.proposal) is kind

    @property
    def proposed(self) -> Mapping[str, Any]:
        """What the open proposal holds."""
        payload = self.proposal.payload if self.proposal else None
        return payload if isinstance(payload, dict) else {}

    @cached_property
    def approved(self) -> ApprovedSupplement:
        """What the head of the desk allowed to ask for in a later round; read only where something was."""
        kinds = [event.kind for event in self.events]
        if "approve_supplement" not in kinds:
            return ApprovedSupplement()
        return proposals.find_approved_supplement(self.dossier)

    @cached_property
    def rounds(self) -> "list[DossierEvent]":
        """The requests for what was missing that count as rounds: those after acceptance."""
        accepted = next((event.seq for event in self.events if event.kind == "accept"), None)
        asked = [event for event in self.events if event.kind == "request_supplement"]
        return [event for event in asked if accepted is not None and event.seq > accepted]

    @property
    def asked_before(self) -> frozenset[str]:
        """Keys of the papers and answers that an earlier round named."""
        items = [item for event in self.rounds for item in (event.payload or {}).get("items", ())]
        return frozenset(item.get("requirement") or item.get("field") or "" for item in items)

    @cached_property
    def decision(self) -> "Decision | None":
        """The decision in force."""
        return selectors.get_decision(self.dossier)

    @cached_property
    def results(self) -> list[ResultView]:
        """Its documents, replaced ones too."""
        return list_results(self.content, self.dossier, self.decision)

    @cached_property
    def consents(self) -> list[OwnerConsent]:
        """The owners of the latest filing where all must agree, with their consent; nobody elsewhere."""
        filing = selectors.get_filing(self.dossier) if self.content.all_owners_consent else None
        return list_consents(filing) if filing else []

    @property
    def uncollected(self) -> list[ResultView]:
        """Corrected documents that still lie at the counter."""
        return [
            item
            for item in self.results
            if item.is_correction and not (item.is_replaced or item.handed_over_at)
        ]

    @cached_property
    def open_confirmation(self) -> "DossierEvent | None":
        """The question about a draft that waits for its answer."""
        told = [event for event in self.events if event.kind in ("ask_confirmation", "answer_confirmation")]
        waits = (
            bool(told) and told[-1].kind == "ask_confirmation" and self.dossier.status == Status.PROCESSING
        )
        return told[-1] if waits else None

    @property
    def hanging(self) -> Hanging:
        """What hangs on the dossier, for what is offered."""
        open_cards = [card for card in self.panel.cards if card.state in ("open", "unknown")]
        return Hanging(
            open_fee=any(card.state == "open" for card in open_cards),
            unknown_fee=any(card.state == "unknown" for card in open_cards),
            open_confirmation=self.open_confirmation is not None,
            lying_here=bool(self.casefile.held or self.uncollected),
            was_asked=bool(self.rounds),
            results=bool(self.results),
            proposal=proposals.kind_of(self.proposal),
            waiver=any(card.waiver_waits for card in open_cards),
            unwaived=any(not card.waiver_waits for card in open_cards),
        )

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

    def list_unknown_fees(self) -> "list[Fee]":
        """Fees whose amount nobody has written yet."""
        return [card.fee for card in self.panel.cards if card.state == "unknown"]

    def list_owners(self) -> Choices:
        """Owners of the latest filing."""
        parties = selectors.list_parties(self.dossier)
        owners = (PartyRole.OWNER, PartyRole.CO_OWNER)
        return [(str(link.party_id), link.party.name) for link in parties if link.role in owners]

    def find_text(self, kind: str, name: str) -> str:
        """What the latest event of a kind says under a name."""
        event = next((event for event in reversed(self.events) if event.kind == kind), None)
        return str((event.payload or {}).get(name, "")) if event else ""

    def find_moment(self, kind: str, name: str) -> str:
        """A moment of the latest event of a kind, as people read it."""
        text = self.find_text(kind, name)
        return vn_deadline(datetime.fromisoformat(text)) if text else ""

    def find_reason(self, kind: str) -> str:
        """The reason written at the latest event of a kind."""
        return self.find_text(kind, "reason")
