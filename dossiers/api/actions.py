"""POST dossiers/<id>/actions/<action>: one small table from action name to body shape and service."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import path
from django.urls.resolvers import URLPattern
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dossiers import commands as c
from dossiers import precheck, selectors
from dossiers.api import bodies as b
from dossiers.api.present import present_dossier
from dossiers.api.shapes import DossierShape
from dossiers.choices import ConfirmationAnswer, ConsentManner
from dossiers.models import Dossier
from dossiers.parties import own_party
from dossiers.services import acting, supplementing
from dossiers.services.reading import open_dossier
from portal.accounts import selectors as accounts
from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.accounts.policy import SIGNED_IN, api_policy
from portal.accounts.requests import get_actor

Run = Callable[[UUID, Mapping[str, Any], Actor], Dossier]


@dataclass(frozen=True, slots=True)
class ApiAction:
    """An action of the contract: its body, what runs it, and what it does in a line of the OpenAPI document."""

    body: type[serializers.Serializer[Any]]
    run: Run
    summary: str | None = None


def _command(build: Callable[[Mapping[str, Any]], c.Command]) -> Run:
    def run(dossier_id: UUID, body: Mapping[str, Any], actor: Actor) -> Dossier:
        return acting.perform(dossier_id, build(body), actor=actor, version=body["version"])

    return run


def _reasoned(service: Callable[..., Dossier]) -> Run:
    def run(dossier_id: UUID, body: Mapping[str, Any], actor: Actor) -> Dossier:
        return service(dossier_id, body["reason"], actor=actor, version=body["version"])

    return run


def _request_supplement(body: Mapping[str, Any]) -> c.RequestSupplement:
    items = tuple(c.SupplementItem(**item) for item in body["items"])
    return c.RequestSupplement(items, body["legal_basis"])


def _propose_supplement(dossier_id: UUID, body: Mapping[str, Any], actor: Actor) -> Dossier:
    asked = _request_supplement(body)
    return acting.propose_supplement(dossier_id, asked, actor=actor, version=body["version"])


def _approve_supplement(dossier_id: UUID, body: Mapping[str, Any], actor: Actor) -> Dossier:
    return acting.approve_supplement(dossier_id, actor=actor, version=body["version"])


def _start(dossier_id: UUID, body: Mapping[str, Any], actor: Actor) -> Dossier:
    own = actor.membership_id if actor.has_role(Role.CASE_OFFICER) else None
    command = c.Start(body.get("assignee", own))
    return acting.perform(dossier_id, command, actor=actor, version=body["version"])


def _assess_fee(dossier_id: UUID, body: Mapping[str, Any], actor: Actor) -> Dossier:
    return acting.assess_fee(
        dossier_id, body["fee"], body["amounts"], body["basis"], actor=actor, version=body["version"]
    )


def _propose_waiver(dossier_id: UUID, body: Mapping[str, Any], actor: Actor) -> Dossier:
    return acting.propose_waiver(
        dossier_id, body["fee"], body["reason"], body["basis"], paper=body["paper"], actor=actor,
        version=body["version"],
    )  # fmt: skip


def _waive_fee(dossier_id: UUID, body: Mapping[str, Any], actor: Actor) -> Dossier:
    return acting.waive_fee(dossier_id, body["fee"], actor=actor, version=body["version"])


def _reject_waiver(dossier_id: UUID, body: Mapping[str, Any], actor: Actor) -> Dossier:
    return acting.reject_waiver(dossier_id, body["fee"], body["reason"], actor=actor, version=body["version"])


def _return_papers(dossier_id: UUID, body: Mapping[str, Any], actor: Actor) -> Dossier:
    return acting.return_papers(dossier_id, b.to_hand_back(body), actor=actor, version=body["version"])


def _correct_result(dossier_id: UUID, body: Mapping[str, Any], actor: Actor) -> Dossier:
    return acting.correct_result(dossier_id, b.to_correction(body), actor=actor, version=body["version"])


def _reissue_secret(dossier_id: UUID, body: Mapping[str, Any], actor: Actor) -> Dossier:
    return acting.reissue_secret(dossier_id, actor=actor, version=body["version"])


def _redirect(body: Mapping[str, Any]) -> c.Command:
    return c.Redirect(accounts.get_agency_now(body["agency"]).pk, body["reason"])


def _transfer(dossier_id: UUID, body: Mapping[str, Any], actor: Actor) -> Dossier:
    return acting.transfer(
        dossier_id, actor=actor, version=body["version"], step=body["step"], assignee_id=body["assignee"],
        note=body["note"],
    )  # fmt: skip


def _supplement(dossier_id: UUID, body: Mapping[str, Any], actor: Actor) -> Dossier:
    return supplementing.supplement(
        dossier_id, actor=actor, version=body["version"], answers=body["answers"],
        uploads=b.to_uploads(body["attachments"]), papers=b.to_papers(body["papers"]),
    )  # fmt: skip


def _ask_confirmation(dossier_id: UUID, body: Mapping[str, Any], actor: Actor) -> Dossier:
    return acting.ask_confirmation(dossier_id, body["upload"], actor=actor, version=body["version"])


def _answer_confirmation(dossier_id: UUID, body: Mapping[str, Any], actor: Actor) -> Dossier:
    answer = ConfirmationAnswer(body["answer"])
    return acting.answer_confirmation(dossier_id, answer, body["text"], actor=actor, version=body["version"])


def _consent(dossier_id: UUID, body: Mapping[str, Any], actor: Actor) -> Dossier:
    party = body["party"] or own_party(open_dossier(dossier_id, actor=actor, what="api:consent"), actor)
    how = ConsentManner(body["how"])
    return acting.give_consent(dossier_id, party, how, actor=actor, version=body["version"])


def _reschedule(dossier_id: UUID, body: Mapping[str, Any], actor: Actor) -> Dossier:
    return acting.reschedule(dossier_id, body["due_at"], body["reason"], actor=actor, version=body["version"])


ACTIONS: dict[str, ApiAction] = {
    "accept": ApiAction(b.ActionBody, _command(lambda body: c.Accept())),
    "propose_decline": ApiAction(b.ReasonBody, _reasoned(acting.propose_decline)),
    "decline": ApiAction(b.ReasonBody, _reasoned(acting.decline)),
    "redirect": ApiAction(b.RedirectBody, _command(_redirect)),
    "request_supplement": ApiAction(b.RequestSupplementBody, _command(_request_supplement)),
    "supplement": ApiAction(b.SupplementBody, _supplement),
    "start": ApiAction(b.StartBody, _start, "Begin work; a case officer keeps it unless somebody is named."),
    "transfer": ApiAction(b.TransferBody, _transfer),
    "ask_confirmation": ApiAction(b.UploadBody, _ask_confirmation),
    "answer_confirmation": ApiAction(b.AnswerBody, _answer_confirmation),
    "consent": ApiAction(b.ConsentBody, _consent),
    "request_payment": ApiAction(b.FeeBody, _command(lambda body: c.RequestPayment(body["fee"]))),
    "reschedule": ApiAction(b.RescheduleBody, _reschedule),
    "resolve": ApiAction(b.ResolveBody, _command(b.to_resolve)),
    "withdraw": ApiAction(
        b.WithdrawBody, _command(lambda body: c.Withdraw(body["reason"], body["on_paper"]))
    ),
    "request_withdrawal": ApiAction(b.ReasonBody, _reasoned(acting.request_withdrawal)),
    "stop": ApiAction(b.ReasonBody, _command(lambda body: c.Stop(body["reason"]))),
    "recall": ApiAction(b.ReasonBody, _reasoned(acting.recall)),
    "return_result": ApiAction(
        b.ReturnBody,
        _command(lambda body: c.ReturnResult(body["identity_checked"], body["proxy"], body["authorisation"])),
    ),
    "propose_supplement": ApiAction(
        b.ProposeSupplementBody, _propose_supplement, "Propose to ask for more in a later round."
    ),
    "approve_supplement": ApiAction(
        b.ActionBody, _approve_supplement, "The head of the desk agrees to a later round."
    ),
    "reject_proposal": ApiAction(
        b.ReasonBody, _reasoned(acting.reject_proposal), "The second person says no to what was proposed."
    ),
    "assess_fee": ApiAction(b.AssessFeeBody, _assess_fee, "Write what an unknown fee comes to."),
    "propose_waiver": ApiAction(
        b.ProposeWaiverBody, _propose_waiver, "Propose to waive an open fee; a second person decides."
    ),
    "waive_fee": ApiAction(b.FeeBody, _waive_fee, "The second person agrees: the fee is owed no more."),
    "reject_waiver": ApiAction(
        b.RejectWaiverBody, _reject_waiver, "The second person says no: the fee stays owed."
    ),
    "return_papers": ApiAction(
        b.ReturnPapersBody, _return_papers, "Give back papers and corrected documents, also after the end."
    ),
    "correct_result": ApiAction(
        b.CorrectResultBody, _correct_result, "Replace a faulty document that was handed over."
    ),
    "reissue_secret": ApiAction(
        b.ActionBody, _reissue_secret, "A lost receipt: a new tracking secret, the old one is void."
    ),
}


def build_action_view(name: str, action: ApiAction) -> type[APIView]:
    """One view per action, so that the OpenAPI document tells the body of each."""

    @extend_schema(
        operation_id=f"dossier_{name}", summary=action.summary, request=action.body, responses=DossierShape
    )
    def post(self: APIView, request: Request, dossier_id: UUID) -> Response:
        actor = get_actor(request._request)
        seen = open_dossier(dossier_id, actor=actor, what=f"api:{name}")
        version = request.data.get("version") if isinstance(request.data, dict) else None
        precheck.check_act(
            seen, name, actor, selectors.relations_of(seen), version if isinstance(version, int) else None
        )
        body = action.body(data=request.data)
        body.is_valid(raise_exception=True)
        dossier = action.run(dossier_id, body.validated_data, actor)
        return Response(present_dossier(dossier, actor))

    return api_policy(SIGNED_IN)(type(f"{name}_action", (APIView,), {"post": post}))


urlpatterns: list[URLPattern] = [
    path(f"dossiers/<uuid:dossier_id>/actions/{name}", build_action_view(name, action).as_view(), name=name)
    for name, action in ACTIONS.items()
]
