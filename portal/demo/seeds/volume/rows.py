"""A planned dossier as rows of every table it has a part in."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import cast

from dossiers.choices import (
    END_STATUSES,
    STAGES,
    Channel,
    FeeMode,
    FeeStatus,
    FileState,
    Medium,
    Outcome,
    PartyKind,
    PartyRole,
    Relation,
    Status,
)
from dossiers.commands import ManifestEntry
from dossiers.desk import build_place
from dossiers.models import Dossier, DossierEvent, Filing, Party
from dossiers.parties import index_identity
from dossiers.preparing import filing_digest
from dossiers.search import code_words
from dossiers.work import sort_moment
from portal.accounts.identity import index_phone
from portal.core.clock import to_local
from portal.core.jsontypes import Json
from portal.core.text import search_words
from portal.demo.seeds.volume.blobs import Blobs
from portal.demo.seeds.volume.copying import build_bytea_array, build_tsvector
from portal.demo.seeds.volume.histories import ASKED_AGAIN, Line, Owed, build_history
from portal.demo.seeds.volume.notices import Notices
from portal.demo.seeds.volume.plans import Plan, uuid7_at
from portal.demo.seeds.volume.sealing import Row, Sealer
from portal.demo.seeds.volume.tables import Tables

FEE = 75_000
_ANSWER_TIME = timedelta(days=30)
_AWAITING = {Status.AWAITING_SUPPLEMENT, Status.AWAITING_PAYMENT}


class Rows:
    """Turns plans into rows. One per process."""

    def __init__(self, tables: Tables, blobs: Blobs) -> None:
        self._to, self._blobs = tables, blobs
        self._notices = Notices(tables)
        self._answers, self._details = Sealer(Filing, "answers"), Sealer(Party, "details")
        self._payload = Sealer(DossierEvent, "payload")
        self._dossier = Dossier()

    def add(self, plan: Plan, *, step_id: int, decision_id: int) -> None:
        """All rows of one dossier, and its file in the storage."""
        owed = Owed(_due_at(plan), uuid7_at(plan.filed_at), FEE)
        filing_sha256 = self._add_filing(plan)
        history = build_history(plan, filing_sha256, owed)
        self._add_dossier(plan, owed, history[-1])
        for line in history:
            self._add_event(plan, line)
        self._add_relations(plan)
        self._add_wait(plan, owed)
        if plan.status == Status.PROCESSING:
            self._add_step(plan, step_id, owed.due_at)
        if plan.status in {Status.RESOLVED, Status.RETURNED}:
            self._add_decision(plan, decision_id)
        self._notices.add(plan, history, owed)

    def _add_filing(self, plan: Plan) -> bytes:
        filer_id = plan.filer.user_id if plan.filer else None
        uploader = filer_id or plan.office.officers["reception"].user_id
        file_id, attachment_id = uuid7_at(plan.filed_at), uuid7_at(plan.filed_at)
        name, size, sha256 = f"{plan.kind.paper}.png", len(self._blobs.content), self._blobs.sha256
        self._blobs.put(file_id)
        self._to.files.add(
            file_id,
            name,
            size,
            sha256,
            "image/png",
            FileState.CLEAN.value,
            uploader,
            plan.filed_at,
            plan.filed_at,
        )
        self._to.attachments.add(attachment_id, plan.id, plan.kind.paper, file_id, plan.filed_at)
        entry = ManifestEntry(attachment_id, plan.kind.paper, name, size, sha256.hex())
        answers = _answers(plan)
        digest = filing_digest(answers, (entry,))
        filing_id = uuid7_at(plan.filed_at)
        self._to.filings.add(
            filing_id, plan.id, 1, self._answers.seal(Row(filing_id), answers),
            [{"attachment": str(attachment_id), "requirement": entry.requirement, "name": name, "size": size,
              "sha256": entry.sha256}],
            digest, plan.filed_at, filer_id,
        )  # fmt: skip
        return digest

    def _add_dossier(self, plan: Plan, owed: Owed, last: Line) -> None:
        status, last_at, received_at = plan.status, plan.last_at, _received_at(plan)
        dossier = self._dossier  # only what sorting looks at; one for all, as making one takes long
        dossier.created_at = dossier.submitted_at = plan.filed_at
        dossier.check_by = _check_by(plan)
        dossier.due_at = None if status == Status.AWAITING_SUPPLEMENT else owed.due_at
        dossier.answer_by = last_at + _ANSWER_TIME if status in _AWAITING else None
        dossier.resolved_at = _resolved_at(plan)
        dossier.ended_at = last_at if status in END_STATUSES else None
        dossier.status, dossier.sort_at = status.value, sort_moment(dossier)
        words = {*search_words(plan.owner), *code_words(plan.code)}
        owners = self._add_parties(plan)
        self._to.dossiers.add(
            plan.id, plan.code, status.value, Status.ACCEPTED.value if status in _AWAITING else None, last.seq + 1,
            plan.kind.procedure_id, plan.kind.version_id, plan.kind.case, plan.channel.value,
            plan.office.agency_id, plan.filer.user_id if plan.filer else None, plan.owner, plan.filed_at,
            plan.filed_at, dossier.check_by, received_at, dossier.due_at, received_at,
            dossier.answer_by, dossier.resolved_at, dossier.ended_at, last.seq, last.hash,
            dossier.sort_at, build_tsvector(sorted(f"{plan.office.agency_id}:{word}" for word in words)),
            build_bytea_array(owners),
        )  # fmt: skip
        sort_at, is_promised = build_place(dossier)
        self._to.desks.add(plan.id, plan.office.agency_id, STAGES[status].value, sort_at, is_promised)

    def _add_parties(self, plan: Plan) -> list[bytes]:
        """One person who owns and hands in; the blind index goes to the dossier where it is verified."""
        party_id = plan.party_id
        details: dict[str, Json] = {
            "birth_date": "1990-01-01",
            "identity": {"type": "citizen_id", "number": plan.national_id},
            "phone": plan.phone,
        }
        index = index_identity(plan.national_id)
        sealed = self._details.seal(Row(party_id), details)
        self._to.parties.add(
            party_id, PartyKind.PERSON.value, plan.owner, sealed, index, index_phone(plan.phone)
        )
        self._to.roles.add(plan.id, party_id, PartyRole.OWNER.value)
        self._to.roles.add(plan.id, party_id, PartyRole.SUBMITTER.value)
        return [index]

    def _add_event(self, plan: Plan, line: Line) -> None:
        payload = self._payload.seal(Row(dossier_id=plan.id, seq=line.seq), dict(line.payload))
        self._to.events.add(
            plan.id, line.seq, line.kind, line.at, line.actor_kind, line.actor_user_id,
            line.actor_membership_id, line.actor_agency_id, line.actor_name, line.door, line.filing_sha256,
            payload, line.salt, line.payload_sha256, line.previous, line.hash,
        )  # fmt: skip

    def _add_relations(self, plan: Plan) -> None:
        relations: Iterable[Relation] = (Relation.RECEIVING, Relation.COMPETENT, Relation.RETURNING)
        if plan.was_accepted:
            relations = (*relations, Relation.HANDLING)
        for relation in relations:
            self._to.relations.add(plan.id, plan.office.agency_id, relation.value, plan.filed_at)

    def _add_wait(self, plan: Plan, owed: Owed) -> None:
        if plan.status == Status.AWAITING_PAYMENT:
            lines = [
                {"kind": "le_phi", "label": "Lệ phí", "amount": FEE, "explanation": "", "refundable": False}
            ]
            self._to.fees.add(
                owed.fee_id,
                plan.id,
                FeeMode.AFTER.value,
                FEE,
                lines,
                FeeStatus.OPEN.value,
                plan.filed_at,
                plan.last_at,
            )
        elif plan.status == Status.AWAITING_SUPPLEMENT:
            items = [{"requirement": plan.kind.paper, "field": "", "reason": ASKED_AGAIN}]
            asker = plan.office.officers["case_officer"].name
            self._to.requests.add(plan.id, 1, items, plan.last_at, asker)
            self._to.pauses.add(plan.id, "supplement", plan.last_at)

    def _add_step(self, plan: Plan, step_id: int, due_at: datetime | None) -> None:
        key, kind = plan.kind.step
        self._to.steps.add(step_id, plan.id, key, kind, plan.office.agency_id, plan.last_at, due_at)
        self._to.assignments.add(step_id, plan.office.officers["case_officer"].membership_id, plan.last_at)

    def _add_decision(self, plan: Plan, decision_id: int) -> None:
        approver, at = plan.office.officers["approver"], cast("datetime", _resolved_at(plan))
        number = plan.code.rpartition("-")[2]
        self._to.decisions.add(
            decision_id, plan.id, Outcome.GRANTED.value, at, approver.membership_id, approver.name, number,
            to_local(at).date().isoformat(),
        )  # fmt: skip
        handed_over = plan.last_at if plan.status == Status.RETURNED else None
        self._to.results.add(decision_id, plan.kind.result, Medium.PAPER.value, handed_over)


def _answers(plan: Plan) -> dict[str, Json]:
    answers: dict[str, Json] = {**plan.kind.answers, plan.kind.name_field: plan.owner}
    match plan.kind.number_field:
        case (field,):
            answers[field] = plan.national_id
        case (field, part):
            answers[field] = {"type": "citizen_id", part: plan.national_id}
    return answers


def _due_at(plan: Plan) -> datetime | None:
    """Limits in working days as calendar days; the true due moment is the business of the services."""
    received_at = _received_at(plan)
    return received_at + timedelta(days=plan.kind.limit_days * 7 / 5) if received_at else None


def _received_at(plan: Plan) -> datetime | None:
    return plan.moments[min(1, len(plan.moments) - 1)] if plan.was_accepted else None


def _check_by(plan: Plan) -> datetime | None:
    online = plan.channel == Channel.ONLINE
    return plan.filed_at + timedelta(days=1) if online and plan.status == Status.SUBMITTED else None


def _resolved_at(plan: Plan) -> datetime | None:
    if "resolve" in plan.events:
        return plan.moments[plan.events.index("resolve")]
    return plan.last_at if plan.status in {Status.RESOLVED, Status.RETURNED} else None
