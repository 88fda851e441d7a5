"""Bodies that the API accepts for filing and for each action, and the commands they become."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from dossiers import commands as c
from dossiers.assessing import MOST
from dossiers.choices import ConfirmationAnswer, ConsentManner, Medium, Outcome, PartyKind, PartyRole
from portal.core import clock
from portal.core.text import clean_line
from procedures.formschema.parties import PartyDraft
from procedures.formschema.types.base import Refused
from procedures.formschema.types.days import FIRST_YEAR, LAST_YEAR, parse_partial_day

TEXT = 2000
MOST_FILES, MOST_PARTIES, MOST_LINES = 200, 50, 200


class AttachmentBody(serializers.Serializer[object]):
    requirement = serializers.CharField(max_length=64)
    upload = serializers.UUIDField()


class IdentityBody(serializers.Serializer[object]):
    type = serializers.CharField(max_length=40)
    number = serializers.CharField(max_length=40)
    issued_on = serializers.DateField(required=False)
    issued_by = serializers.CharField(max_length=200, required=False)
    country = serializers.CharField(max_length=2, required=False)


class AddressBody(serializers.Serializer[object]):
    """Codes of province and commune as the catalogue of places has them."""

    province = serializers.CharField(max_length=2, required=False, allow_blank=True)
    commune = serializers.CharField(max_length=5, required=False, allow_blank=True)
    village = serializers.CharField(max_length=300, required=False, allow_blank=True)
    line = serializers.CharField(max_length=300, required=False, allow_blank=True)


class PartyBody(serializers.Serializer[object]):
    role = serializers.ChoiceField(choices=PartyRole.values, default=str(PartyRole.SUBMITTER))
    kind = serializers.ChoiceField(choices=PartyKind.values, default=str(PartyKind.PERSON))
    name = serializers.CharField(max_length=400)
    birth_date = serializers.RegexField(r"^\d{4}(-\d{2}(-\d{2})?)?$", required=False)
    identity = IdentityBody(required=False)
    phone = serializers.CharField(max_length=30, required=False)
    email = serializers.EmailField(required=False)
    address = AddressBody(required=False)
    tax_code = serializers.CharField(max_length=14, required=False)

    def validate_name(self, value: str) -> str:
        return clean_line(value)

    def validate_birth_date(self, value: str) -> str:
        today = clock.today()
        try:
            born = parse_partial_day(value, today)
        except Refused as refused:
            raise serializers.ValidationError(refused.message) from refused
        if born > today.isoformat():
            raise serializers.ValidationError(_("Ngày sinh không được sau hôm nay."))
        return born


class PaperBody(serializers.Serializer[object]):
    requirement = serializers.CharField(max_length=64)
    originals = serializers.IntegerField(min_value=0, max_value=999, default=0)
    copies = serializers.IntegerField(min_value=0, max_value=999, default=0)
    shown = serializers.BooleanField(default=False)
    borrowed = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs["originals"] and not attrs["copies"]:
            raise serializers.ValidationError({"originals": _("Hãy ghi số bản chính hoặc số bản sao.")})
        return attrs


class FilingBody(serializers.Serializer[object]):
    """`parties` and `papers` are read from officers only (channel desk or post)."""

    procedure = serializers.CharField(max_length=24)
    case = serializers.CharField(max_length=64, required=False, allow_blank=True, default="")
    agency = serializers.CharField(max_length=35)
    channel = serializers.ChoiceField(choices=["online", "desk", "post"], default="online")
    owner = PartyBody(required=False)
    answers = serializers.DictField(required=False, default=dict)
    attachments = serializers.ListField(
        child=AttachmentBody(), required=False, default=list, max_length=MOST_FILES
    )
    parties = serializers.ListField(child=PartyBody(), required=False, default=list, max_length=MOST_PARTIES)
    papers = serializers.ListField(child=PaperBody(), required=False, default=list, max_length=MOST_LINES)


class SupplementItemBody(serializers.Serializer[object]):
    requirement = serializers.CharField(max_length=64, required=False, default="")
    field = serializers.CharField(max_length=64, required=False, default="")
    reason = serializers.CharField(max_length=TEXT)


class ResultBody(serializers.Serializer[object]):
    kind = serializers.CharField(max_length=64)
    copies = serializers.IntegerField(min_value=1, max_value=99, default=1)
    medium = serializers.ChoiceField(choices=Medium.values, default=str(Medium.PAPER))
    upload = serializers.UUIDField(required=False, allow_null=True, default=None)
    number = serializers.CharField(max_length=64, required=False, allow_blank=True, default="")


class SignedBody(serializers.Serializer[object]):
    name = serializers.CharField(max_length=200)
    number = serializers.CharField(max_length=64, required=False, allow_blank=True, default="")
    on = serializers.DateField()


class ActionBody(serializers.Serializer[object]):
    """Every action names the version of the dossier that the caller saw."""

    version = serializers.IntegerField(min_value=1)


class ReasonBody(ActionBody):
    reason = serializers.CharField(max_length=TEXT, allow_blank=True, default="")


class MomentField(serializers.DateTimeField):
    """At the ends of the calendar, moments of two time zones cannot even be compared: far years are refused."""

    def to_internal_value(self, value: Any) -> datetime:
        try:
            moment = super().to_internal_value(value)
        except OverflowError:
            self.fail("overflow")
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            self.fail("overflow")
        return moment


class RedirectBody(ReasonBody):
    agency = serializers.CharField(max_length=35)


class RequestSupplementBody(ActionBody):
    items = serializers.ListField(child=SupplementItemBody(), max_length=MOST_LINES)
    legal_basis = serializers.CharField(max_length=400, required=False, allow_blank=True, default="")


class SupplementBody(ActionBody):
    answers = serializers.DictField(required=False, allow_null=True, default=None)
    attachments = serializers.ListField(
        child=AttachmentBody(), required=False, default=list, max_length=MOST_FILES
    )
    papers = serializers.ListField(child=PaperBody(), required=False, default=list, max_length=MOST_LINES)


class ProposeSupplementBody(RequestSupplementBody):
    """A later round needs its legal basis."""


class StartBody(ActionBody):
    """Without `assignee` a case officer keeps the dossier; null leaves it to nobody yet."""

    assignee = serializers.IntegerField(required=False, allow_null=True)


class TransferBody(ActionBody):
    assignee = serializers.IntegerField(required=False, allow_null=True, default=None)
    step = serializers.CharField(max_length=64)
    note = serializers.CharField(max_length=TEXT, required=False, allow_blank=True, default="")


class UploadBody(ActionBody):
    upload = serializers.UUIDField()


class AnswerBody(ActionBody):
    answer = serializers.ChoiceField(choices=[ConfirmationAnswer.CONFIRMED, ConfirmationAnswer.CORRECTION])
    text = serializers.CharField(max_length=TEXT, required=False, allow_blank=True, default="")


class ConsentBody(ActionBody):
    party = serializers.UUIDField(required=False, allow_null=True, default=None)
    how = serializers.ChoiceField(choices=ConsentManner.values, default=str(ConsentManner.ACCOUNT))


class FeeBody(ActionBody):
    fee = serializers.UUIDField()


class AssessFeeBody(FeeBody):
    """`amounts` in đồng, one for each line that is still unknown, in order; 0 means nothing is owed for it."""

    amounts = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=MOST), max_length=MOST_LINES
    )
    basis = serializers.CharField(max_length=200, allow_blank=True, default="")


class ProposeWaiverBody(FeeBody):
    """`basis`: the law that lets this person off; `paper`: what was shown."""

    reason = serializers.CharField(max_length=1000, allow_blank=True, default="")
    basis = serializers.CharField(max_length=200, allow_blank=True, default="")
    paper = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class RejectWaiverBody(FeeBody):
    reason = serializers.CharField(max_length=1000, allow_blank=True, default="")


class RescheduleBody(ReasonBody):
    due_at = MomentField()


class ResolveBody(ReasonBody):
    outcome = serializers.ChoiceField(choices=Outcome.values)
    results = serializers.ListField(child=ResultBody(), required=False, default=list, max_length=MOST_LINES)
    signed = SignedBody()


class WithdrawBody(ReasonBody):
    on_paper = serializers.BooleanField(default=False)


class ReturnBody(ActionBody):
    """`proxy`: who fetches it for the owner; `authorisation`: number and day of the paper that lets them."""

    identity_checked = serializers.BooleanField(default=False)
    proxy = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    authorisation = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class ReturnPapersBody(ActionBody):
    """Ids of `papers` and of corrected `results` as the dossier lists them.

    Without `papers` everything borrowed goes back, without `results` every correction that still lies here.
    """

    papers = serializers.ListField(
        child=serializers.IntegerField(), required=False, allow_null=True, default=None, max_length=MOST_LINES
    )
    results = serializers.ListField(
        child=serializers.IntegerField(), required=False, allow_null=True, default=None, max_length=MOST_LINES
    )
    receiver = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class CorrectResultBody(ReasonBody):
    """`result`: id of the faulty document, as the dossier lists it."""

    result = serializers.IntegerField()
    copies = serializers.IntegerField(min_value=1, max_value=99, default=1)
    medium = serializers.ChoiceField(choices=Medium.values, default=str(Medium.PAPER))
    upload = serializers.UUIDField(required=False, allow_null=True, default=None)
    number = serializers.CharField(max_length=64, required=False, allow_blank=True, default="")


class TrackBody(serializers.Serializer[object]):
    code = serializers.CharField(max_length=64)
    secret = serializers.CharField(max_length=20)


def to_party(body: Mapping[str, Any], role: str = "") -> PartyDraft:
    """A party as the API sends it."""
    identity = {key: str(value) for key, value in (body.get("identity") or {}).items()}
    texts = ("birth_date", "phone", "email", "tax_code")
    return PartyDraft(
        role=role or body["role"],
        kind=body["kind"],
        name=body["name"],
        identity=identity,
        address=body.get("address") or {},
        **{key: body.get(key) or "" for key in texts},
    )


def to_filing_request(body: Mapping[str, Any]) -> c.FilingRequest:
    """What is handed in, before anything is checked against the procedure."""
    at_desk = body["channel"] != "online"
    parties = [to_party(party) for party in body["parties"]] if at_desk else []
    if body.get("owner"):
        parties.append(to_party(body["owner"], PartyRole.OWNER))
    return c.FilingRequest(
        procedure_code=body["procedure"],
        case_key=body["case"],
        agency_code=body["agency"],
        answers=body["answers"],
        uploads=to_uploads(body["attachments"]),
        parties=tuple(parties),
        papers=to_papers(body["papers"]) if at_desk else (),
        channel=body["channel"],
    )


def to_uploads(rows: list[Mapping[str, Any]]) -> tuple[tuple[str, Any], ...]:
    return tuple((row["requirement"], row["upload"]) for row in rows)


def to_papers(rows: list[Mapping[str, Any]]) -> tuple[c.PaperLine, ...]:
    return tuple(c.PaperLine(**row) for row in rows)


def to_resolve(body: Mapping[str, Any]) -> c.Resolve:
    results = tuple(
        c.ResultDraft(row["kind"], row["copies"], Medium(row["medium"]), row["upload"], row["number"])
        for row in body["results"]
    )
    signed = c.Signature(body["signed"]["name"], body["signed"]["on"], body["signed"]["number"])
    return c.Resolve(Outcome(body["outcome"]), signed, body["reason"], results)


def to_correction(body: Mapping[str, Any]) -> c.Correction:
    return c.Correction(
        body["result"], body["reason"], body["copies"], Medium(body["medium"]), body["upload"], body["number"]
    )


def to_hand_back(body: Mapping[str, Any]) -> c.HandBack:
    papers, results = (None if body[name] is None else tuple(body[name]) for name in ("papers", "results"))
    return c.HandBack(papers, results, body["receiver"])
