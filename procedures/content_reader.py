"""Reads the JSON document of a procedure: shape first, then what its parts say about each other."""

from typing import Any

from django.utils.translation import gettext as _

from portal.accounts.choices import Role
from portal.core.errors import RuleViolation
from procedures.choices import (
    Channel,
    LimitUnit,
    PaperPicture,
    RequirementMode,
    ResultMedium,
    ServiceLevel,
    StepKind,
    SupplementClock,
    Tier,
)
from procedures.codes import is_procedure_code
from procedures.content import CURRENT_SCHEMA, Content, upgrade
from procedures.content_checks import check_content
from procedures.fee_reader import read_fee, read_relief
from procedures.formschema.schema import FormSchema, parse_form
from procedures.guide.reader import read_guide
from procedures.parts import (
    Agencies,
    BlankForm,
    Case,
    LegalText,
    OtherPortal,
    Requirement,
    ResultKind,
    StepPlan,
    SupplementPolicy,
    TimeLimit,
    Way,
)
from procedures.reading import Node
from procedures.texts import EMPTY


def read_content(document: object) -> Content:
    """See `procedures.content.parse_content`."""
    if isinstance(document, dict):
        document = upgrade(document)
    node = Node(document, "")
    content = _read(node)
    node.close()
    check_content(content, node)
    if node.faults:
        raise RuleViolation(
            code="invalid_content",
            message=_("Nội dung thủ tục chưa đúng mẫu. Hãy sửa các chỗ được nêu."),
            errors=dict(sorted(node.faults.items())),
        )
    return content


def _read(node: Node) -> Content:
    form = _form(node)
    return Content(
        schema=_schema(node),
        code=_code(node),
        name=node.text("name", required=True),
        everyday_name=node.text("everyday_name", required=True),
        aliases=node.strings("aliases"),
        field=node.text("field", required=True),
        province=node.string("province"),
        partial=node.boolean("partial"),
        tiers=node.strings("tiers", allowed=Tier.values),
        audience=node.text("audience", required=True),
        level=_level(node),
        summary=node.text("summary", required=True),
        effective_from=node.day("effective_from"),
        case_question=node.text("case_question"),
        cases=node.read_all("cases", _case),
        requirements=node.read_all("requirements", _requirement),
        sets=node.integer("sets", default=1, least=1),
        channels=node.strings("channels", allowed=Channel.values),
        limits=node.read_all("limits", _limit),
        limit_note=node.text("limit_note"),
        fees=node.read_all("fees", read_fee),
        performed_by=node.strings("performed_by"),
        agencies=_agencies(node),
        steps=node.read_all("steps", _step),
        supplement=_supplement(node),
        check_hours=node.integer("check_hours", default=8, least=1),
        same_day=node.boolean("same_day"),
        authorised_desk=node.boolean("authorised_desk"),
        quick=node.boolean("quick"),
        all_owners_consent=node.boolean("all_owners_consent"),
        draft_confirmation=node.boolean("draft_confirmation"),
        form=form,
        results=node.read_all("results", _result),
        legal_basis=node.read_all("legal_basis", _legal_text),
        conditions=node.texts("conditions"),
        how_steps=node.texts("how_steps"),
        submit_ways=node.read_all("submit_ways", _way),
        receive_ways=node.read_all("receive_ways", _way),
        forms_files=node.read_all("forms_files", _blank_form),
        samples=node.read_all("samples", _blank_form),
        other_portal=_other_portal(node),
        source_url=_https(node, "source_url"),
        next_codes=node.strings("next_codes"),
        guide=read_guide(node),
        reliefs=node.read_all("reliefs", lambda part: read_relief(part, form)),
    )


def _schema(node: Node) -> int:
    number = node.integer("schema", least=1)
    if number > CURRENT_SCHEMA:
        node.fault("schema", _("Phần mềm này chưa đọc được tài liệu có mẫu mới hơn."))
    return number


def _code(node: Node) -> str:
    code = node.string("code", required=True)
    if code and not is_procedure_code(code):
        node.fault("code", _("Mã thủ tục có dạng 1.001193 hoặc 1.012796.H36."))
    return code


def _level(node: Node) -> ServiceLevel:
    number = node.integer("level", least=1)
    if number not in ServiceLevel.values:
        node.fault("level", _("Mức độ phải từ 1 đến 4."))
        return ServiceLevel.INFORMATION
    return ServiceLevel(number)


def _case(node: Node) -> Case:
    return Case(node.key(), node.text("label", required=True), node.text("hint"))


def _requirement(node: Node) -> Requirement:
    return Requirement(
        key=node.key(),
        name=node.text("name", required=True),
        mode=node.one_of("mode", RequirementMode.values),
        required=node.boolean("required", default=True),
        cases=node.strings("cases"),
        originals=node.integer("originals", default=1),
        copies=node.integer("copies", default=0),
        hint=node.text("hint"),
        replaces=node.string("replaces"),
        filled_online=node.boolean("filled_online"),
        database=node.text("database"),
        picture=node.optional_one_of("picture", PaperPicture.values) or "",
    )


def _limit(node: Node) -> TimeLimit:
    return TimeLimit(
        value=node.integer("value", least=1),
        unit=node.one_of("unit", LimitUnit.values),
        case=node.string("case") or None,
        channel=node.optional_one_of("channel", Channel.values),
    )


def _step(node: Node) -> StepPlan:
    return StepPlan(
        key=node.key(),
        name=node.text("name", required=True),
        kind=node.one_of("kind", StepKind.values),
        hours=node.integer("hours"),
        role=node.one_of("role", Role.values),
    )


def _supplement(node: Node) -> SupplementPolicy:
    part = node.part("supplement") or Node({}, "supplement", node.faults)
    policy = SupplementPolicy(
        policy=part.one_of("policy", SupplementClock.values, default=SupplementClock.RESET.value),
        rounds=part.integer("rounds", default=1, least=1),
        window_days=part.integer("window_days", default=3, least=1),
    )
    part.close()
    return policy


def _agencies(node: Node) -> Agencies:
    part = node.part("agencies")
    if part is None:
        node.fault("agencies", _("Thiếu nội dung này."))
        return Agencies(EMPTY, EMPTY)
    agencies = Agencies(
        competent=part.text("competent", required=True),
        performing=part.text("performing", required=True),
        authorised=part.text("authorised"),
        coordinating=part.text("coordinating"),
    )
    part.close()
    return agencies


def _result(node: Node) -> ResultKind:
    return ResultKind(
        key=node.key(),
        name=node.text("name", required=True),
        medium=node.one_of("medium", ResultMedium.values),
    )


def _legal_text(node: Node) -> LegalText:
    return LegalText(node.string("number", required=True), node.text("title", required=True))


def _way(node: Node) -> Way:
    return Way(node.one_of("channel", Channel.values), node.text("text", required=True))


def _blank_form(node: Node) -> BlankForm:
    return BlankForm(node.key(), node.text("name", required=True), node.text("hint"))


def _other_portal(node: Node) -> OtherPortal | None:
    part = node.part("other_portal")
    if part is None:
        return None
    portal = OtherPortal(part.text("name", required=True), _https(part, "url", required=True))
    part.close()
    return portal


def _https(node: Node, name: str, *, required: bool = False) -> str:
    url = node.string(name, required=required)
    if url and not url.startswith("https://"):
        node.fault(name, _("Địa chỉ phải bắt đầu bằng https://."))
    return url


def _form(node: Node) -> FormSchema | None:
    document: Any = node.take("form")
    if document is None:
        return None
    try:
        return parse_form(document)
    except RuleViolation as error:
        for path, messages in error.errors.items():
            for message in messages:
                node.fault(f"form.{path}" if path else "form", message)
        return None
