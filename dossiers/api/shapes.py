"""Shapes of what the API answers about dossiers (documentation of `dossiers.api.present`)."""

from rest_framework import serializers

from dossiers.choices import Channel, FeeMode, FeeStatus, Medium, Outcome, PaperState, Status


class AgencyShape(serializers.Serializer[object]):
    code = serializers.CharField()
    name = serializers.CharField()


class FeeLineShape(serializers.Serializer[object]):
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    amount = serializers.IntegerField(allow_null=True, help_text="VND")
    explanation = serializers.CharField()


class WaiverShape(serializers.Serializer[object]):
    """A proposal to waive the fee that waits for a second person; officers only."""

    reason = serializers.CharField()
    basis = serializers.CharField()
    paper = serializers.CharField()
    proposed_at = serializers.DateTimeField()
    until = serializers.DateTimeField()


class FeeShape(serializers.Serializer[object]):
    id = serializers.UUIDField()
    mode = serializers.ChoiceField(choices=FeeMode.values)
    amount = serializers.IntegerField(allow_null=True, help_text="VND; null: not known yet")
    status = serializers.ChoiceField(choices=FeeStatus.values)
    lines = FeeLineShape(many=True)
    waiver = WaiverShape(allow_null=True)


class StepShape(serializers.Serializer[object]):
    key = serializers.CharField()
    kind = serializers.CharField()
    agency = AgencyShape()
    due_at = serializers.DateTimeField(allow_null=True)


class SupplementItemShape(serializers.Serializer[object]):
    id = serializers.CharField()
    requirement = serializers.CharField(required=False)
    field = serializers.CharField(required=False)
    reason = serializers.CharField()


class SupplementShape(serializers.Serializer[object]):
    round = serializers.IntegerField()
    answer_by = serializers.DateTimeField(allow_null=True)
    items = SupplementItemShape(many=True)


class ConfirmationShape(serializers.Serializer[object]):
    file = serializers.UUIDField()
    until = serializers.DateTimeField()


class ResultShape(serializers.Serializer[object]):
    """A document of the decision; one that `replaces` another was made for a faulty one."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    name = serializers.CharField()
    number = serializers.CharField()
    copies = serializers.IntegerField()
    medium = serializers.ChoiceField(choices=Medium.values)
    file = serializers.UUIDField(allow_null=True)
    handed_over_at = serializers.DateTimeField(allow_null=True)
    replaces = serializers.IntegerField(allow_null=True)


class PaperShape(serializers.Serializer[object]):
    """A physical paper and where it is."""

    id = serializers.IntegerField()
    requirement = serializers.CharField()
    name = serializers.CharField()
    originals = serializers.IntegerField()
    copies = serializers.IntegerField()
    state = serializers.ChoiceField(choices=PaperState.values)
    borrowed = serializers.BooleanField(help_text="to be given back with the result")
    given_back_at = serializers.DateTimeField(allow_null=True)


class ProposalItemShape(serializers.Serializer[object]):
    requirement = serializers.CharField()
    field = serializers.CharField()
    reason = serializers.CharField()


class ProposalShape(serializers.Serializer[object]):
    """What waits for a second person's yes or no; only officers read it."""

    kind = serializers.ChoiceField(choices=["dossier.decline", "dossier.recall", "dossier.supplement"])
    reason = serializers.CharField()
    items = ProposalItemShape(many=True)
    legal_basis = serializers.CharField()
    proposed_at = serializers.DateTimeField()
    until = serializers.DateTimeField()


class DossierShape(serializers.Serializer[object]):
    """One dossier as the caller may see it."""

    id = serializers.UUIDField()
    code = serializers.CharField(allow_null=True)
    procedure = serializers.CharField()
    case = serializers.CharField()
    channel = serializers.ChoiceField(choices=Channel.values)
    status = serializers.ChoiceField(choices=Status.values)
    status_label = serializers.CharField()
    national_status = serializers.IntegerField(min_value=0, max_value=10)
    version = serializers.IntegerField()
    agency = AgencyShape(allow_null=True)
    submitted_at = serializers.DateTimeField(allow_null=True)
    check_by = serializers.DateTimeField(allow_null=True)
    received_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    fees = FeeShape(many=True)
    step = StepShape(allow_null=True)
    supplement = SupplementShape(allow_null=True)
    confirmation = ConfirmationShape(allow_null=True)
    outcome = serializers.ChoiceField(choices=Outcome.values, allow_null=True)
    results = ResultShape(many=True)
    papers = PaperShape(many=True)
    proposal = ProposalShape(allow_null=True)
    actions = serializers.ListField(child=serializers.CharField())


class FiledShape(DossierShape):
    """The answer to a filing; a repeat with the same key gets the same body."""

    secret = serializers.CharField()
    due_estimate = serializers.DateTimeField(allow_null=True)


class DossierRowShape(serializers.Serializer[object]):
    id = serializers.UUIDField()
    code = serializers.CharField(allow_null=True)
    procedure = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.values)
    national_status = serializers.IntegerField()
    version = serializers.IntegerField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    check_by = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)


class DossierPageShape(serializers.Serializer[object]):
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = DossierRowShape(many=True)


class EventShape(serializers.Serializer[object]):
    seq = serializers.IntegerField()
    kind = serializers.CharField()
    title = serializers.CharField()
    at = serializers.DateTimeField()
    detail = serializers.CharField()
    who = serializers.CharField()


class UploadShape(serializers.Serializer[object]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    size = serializers.IntegerField(help_text="bytes")
    sha256 = serializers.CharField()
    mime = serializers.CharField()
    state = serializers.CharField()


class TrackLineShape(serializers.Serializer[object]):
    title = serializers.CharField()
    at = serializers.DateTimeField()
    detail = serializers.CharField()


class TrackShape(serializers.Serializer[object]):
    code = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.values)
    status_label = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)
    timeline = TrackLineShape(many=True)
