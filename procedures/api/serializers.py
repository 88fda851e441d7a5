"""Shapes of the catalogue in the API; money is whole VND, days are ISO 8601."""

from typing import Any

from rest_framework import serializers

from procedures.choices import (
    Channel,
    FeeKind,
    FeeMode,
    LimitUnit,
    ProcedureStatus,
    RequirementMode,
    ResultMedium,
    ServiceLevel,
    StepKind,
    SupplementClock,
    Tier,
)


class ProcedureRowSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    everyday_name = serializers.CharField()
    level = serializers.ChoiceField(choices=ServiceLevel.choices)
    level_label = serializers.CharField(source="level.label")
    field = serializers.CharField()
    agency_scope = serializers.ListField(child=serializers.ChoiceField(choices=Tier.choices), source="tiers")
    status = serializers.ChoiceField(choices=ProcedureStatus.choices)
    province = serializers.CharField(help_text="Whose own procedure it is; empty: the whole country")
    variants = serializers.ListField(
        child=serializers.CharField(), help_text="Codes of provinces' own copies of it, shown by this one"
    )


class ProcedureListSerializer(serializers.Serializer[Any]):
    next = serializers.CharField(allow_null=True, help_text="Address of the next page")
    previous = serializers.CharField(allow_null=True, help_text="Address of the page before")
    results = ProcedureRowSerializer(many=True)


class CodeAndNameSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()


class CaseSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field named like an option of Field
    hint = serializers.CharField()


class RequirementSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    name = serializers.CharField()
    mode = serializers.ChoiceField(choices=RequirementMode.choices)
    required = serializers.BooleanField()  # type: ignore[assignment]  # likewise
    cases = serializers.ListField(child=serializers.CharField(), help_text="Empty: every case")
    originals = serializers.IntegerField()
    copies = serializers.IntegerField()
    hint = serializers.CharField()
    replaces = serializers.CharField()
    filled_online = serializers.BooleanField()


class TimeLimitSerializer(serializers.Serializer[Any]):
    case = serializers.CharField(allow_null=True)
    channel = serializers.ChoiceField(choices=Channel.choices, allow_null=True)
    value = serializers.IntegerField()
    unit = serializers.ChoiceField(choices=LimitUnit.choices)


class CountedSerializer(serializers.Serializer[Any]):
    field = serializers.CharField()
    group = serializers.CharField()
    times = serializers.CharField()
    name = serializers.CharField()


class BandSerializer(serializers.Serializer[Any]):
    up_to = serializers.IntegerField(allow_null=True)
    price = serializers.IntegerField()


class FeeSerializer(serializers.Serializer[Any]):
    """`amount` null without bands: the provincial council sets it. With `counted` it is the price of one."""

    key = serializers.CharField()
    kind = serializers.ChoiceField(choices=FeeKind.choices)
    mode = serializers.ChoiceField(choices=FeeMode.choices)
    label = serializers.CharField()  # type: ignore[assignment]  # a field named like an option of Field
    case = serializers.CharField(allow_null=True)
    channel = serializers.ChoiceField(choices=Channel.choices, allow_null=True)
    amount = serializers.IntegerField(allow_null=True)
    counted = CountedSerializer(allow_null=True)
    bands = BandSerializer(many=True)
    cap = serializers.IntegerField(allow_null=True)
    basis = serializers.CharField()
    until = serializers.DateField(allow_null=True)
    refund_on_withdraw = serializers.BooleanField()
    illustrative = serializers.BooleanField()


class ReliefSerializer(serializers.Serializer[Any]):
    """Takes `percent`, or `amount` đồng, off the fees named in `of` (empty: all). `claimed`: it depends on who asks."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field named like an option of Field
    percent = serializers.IntegerField(allow_null=True)
    amount = serializers.IntegerField(allow_null=True)
    of = serializers.ListField(child=serializers.CharField())
    claimed = serializers.BooleanField(source="is_claimed")
    case = serializers.CharField(allow_null=True)
    channel = serializers.ChoiceField(choices=Channel.choices, allow_null=True)
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    basis = serializers.CharField()
    paper = serializers.CharField()


class StepSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=StepKind.choices)
    hours = serializers.IntegerField(help_text="Working hours")


class SupplementSerializer(serializers.Serializer[Any]):
    policy = serializers.ChoiceField(choices=SupplementClock.choices)
    rounds = serializers.IntegerField()
    window_days = serializers.IntegerField(help_text="Working days")


class AgenciesSerializer(serializers.Serializer[Any]):
    competent = serializers.CharField()
    performing = serializers.CharField()
    authorised = serializers.CharField()
    coordinating = serializers.CharField()


class ResultSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    name = serializers.CharField()
    medium = serializers.ChoiceField(choices=ResultMedium.choices)


class LegalTextSerializer(serializers.Serializer[Any]):
    number = serializers.CharField()
    title = serializers.CharField()


class WaySerializer(serializers.Serializer[Any]):
    channel = serializers.ChoiceField(choices=Channel.choices)
    text = serializers.CharField()


class BlankFormSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    name = serializers.CharField()
    hint = serializers.CharField()


class OtherPortalSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    url = serializers.URLField()


class ContentSerializer(serializers.Serializer[Any]):
    """The eleven items of a procedure (Decree 43/2011 Art. 3) and the rules of its flow."""

    code = serializers.CharField()
    name = serializers.CharField()
    everyday_name = serializers.CharField()
    aliases = serializers.ListField(child=serializers.CharField())
    field = serializers.CharField()
    agency_scope = serializers.ListField(child=serializers.ChoiceField(choices=Tier.choices), source="tiers")
    audience = serializers.CharField()
    level = serializers.ChoiceField(choices=ServiceLevel.choices)
    level_label = serializers.CharField(source="level.label")
    summary = serializers.CharField()
    case_question = serializers.CharField()
    cases = CaseSerializer(many=True)
    requirements = RequirementSerializer(many=True)
    sets = serializers.IntegerField()
    channels = serializers.ListField(child=serializers.ChoiceField(choices=Channel.choices))
    limits = TimeLimitSerializer(many=True)
    limit_note = serializers.CharField()
    fees = FeeSerializer(many=True)
    reliefs = ReliefSerializer(many=True)
    competence = AgenciesSerializer(source="agencies")
    steps = StepSerializer(many=True)
    supplement = SupplementSerializer()
    check_hours = serializers.IntegerField(help_text="Working hours in which an online dossier is checked")
    same_day = serializers.BooleanField()
    all_owners_consent = serializers.BooleanField()
    results = ResultSerializer(many=True)
    legal_basis = LegalTextSerializer(many=True)
    conditions = serializers.ListField(child=serializers.CharField())
    how_steps = serializers.ListField(child=serializers.CharField())
    submit_ways = WaySerializer(many=True)
    receive_ways = WaySerializer(many=True)
    forms_files = BlankFormSerializer(many=True)
    other_portal = OtherPortalSerializer(allow_null=True)
    has_form = serializers.SerializerMethodField()

    def get_has_form(self, content: Any) -> bool:
        return content.form is not None


class ProcedureSerializer(ContentSerializer):
    """A procedure as people may read it today."""

    version = serializers.IntegerField()
    effective_from = serializers.DateField()
    status = serializers.ChoiceField(choices=ProcedureStatus.choices)
    successor = CodeAndNameSerializer(allow_null=True)
    agencies = CodeAndNameSerializer(many=True, help_text="Agencies that perform it today")


class FormAnswerSerializer(serializers.Serializer[Any]):
    """`schema`: JSON Schema of the answers; `form`: the form's own document."""

    code = serializers.CharField()
    version = serializers.IntegerField()
    schema = serializers.DictField()
    form = serializers.DictField()
