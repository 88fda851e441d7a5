"""Documents: every fault is named at its exact path, older ones are upgraded, questions are answered."""

import copy
from math import ceil
from typing import Any

import pytest

from portal.core.errors import RuleViolation
from procedures.choices import ServiceLevel
from procedures.content import parse_content, upgrade
from procedures.parts import TimeLimit
from tests.factories.catalogue import CODES, make_document, read_catalogue

_CASES = [{"key": "mot", "label": {"vi": "Một"}}, {"key": "hai", "label": {"vi": "Hai"}}]
_ASKED = {"cases": _CASES, "case_question": {"vi": "Trường hợp nào?"}}
_FEE = {"key": "le_phi", "kind": "le_phi", "mode": "before", "label": {"vi": "Lệ phí"}, "amount": 1000}
_BANDS = [{"up_to": 2, "price": 2000}, {"up_to": None, "price": 1000}]
_PER = {"field": "copies", "name": {"vi": "trang"}}


def _without(name: str) -> dict[str, Any]:
    return {name: None}


FAULTS: list[tuple[str, dict[str, Any], str]] = [
    ("no name", _without("name"), "name"),
    ("a name that is text only", {"name": "Tên"}, "name"),
    ("an empty Vietnamese name", {"name": {"vi": " "}}, "name.vi"),
    ("a third language", {"name": {"vi": "Tên", "fr": "Nom"}}, "name"),
    ("an unknown part", {"colour": "red"}, "colour"),
    ("a newer schema", {"schema": 99}, "schema"),
    ("no schema", _without("schema"), "schema"),
    ("a code with letters", {"code": "abc"}, "code"),
    ("level 5", {"level": 5}, "level"),
    ("level as text", {"level": "4"}, "level"),
    ("an unknown channel", {"channels": ["online", "fax"]}, "channels[1]"),
    ("a channel twice", {"channels": ["online", "online"]}, "channels[1]"),
    ("level 4 without the online channel", {"channels": ["desk"]}, "channels"),
    ("level 4 without a form", _without("form"), "form"),
    ("no papers", {"requirements": []}, "requirements"),
    ("no law", {"legal_basis": []}, "legal_basis"),
    ("nobody performs it", {"performed_by": []}, "performed_by"),
    ("no agencies", _without("agencies"), "agencies"),
    ("an agency without a name", {"agencies": {"competent": {"vi": "A"}}}, "agencies.performing"),
    ("a paper of an unknown mode",
     {"requirements": [{"key": "don", "name": {"vi": "Đơn"}, "mode": "show"}]}, "requirements[0].mode"),
    ("a paper twice",
     {"requirements": [{"key": "don", "name": {"vi": "Đơn"}, "mode": "submit"}] * 2}, "requirements[1].key"),
    ("a key with diacritics",
     {"requirements": [{"key": "đơn", "name": {"vi": "Đơn"}, "mode": "submit"}]}, "requirements[0].key"),
    ("a paper for an unknown case",
     {"requirements": [{"key": "don", "name": {"vi": "Đơn"}, "mode": "submit", "cases": ["ba"]}]},
     "requirements[0].cases[0]"),
    ("a paper that replaces itself",
     {"requirements": [{"key": "don", "name": {"vi": "Đơn"}, "mode": "submit", "replaces": "don"}]},
     "requirements[0].replaces"),
    ("a misspelt name in a part",
     {"requirements": [{"key": "don", "name": {"vi": "Đơn"}, "mode": "submit", "requird": True}]},
     "requirements[0].requird"),
    ("a limit of no days", {"limits": [{"value": 0, "unit": "working_day"}]}, "limits[0].value"),
    ("a limit in weeks", {"limits": [{"value": 1, "unit": "week"}]}, "limits[0].unit"),
    ("a limit of an unknown case", {"limits": [{"value": 1, "unit": "hour", "case": "ba"}]}, "limits[0].case"),
    ("two limits for the same", {"limits": [{"value": 1, "unit": "hour"}] * 2}, "limits[1].key"),
    ("same day without such a limit", {"same_day": True}, "same_day"),
    ("cases without a question", {"cases": _CASES}, "case_question"),
    ("a fee with an amount and bands",
     {"fees": [{**_FEE, "bands": _BANDS, "per": _PER}]}, "fees[0]"),
    ("bands without what is counted", {"fees": [{**_FEE, "amount": None, "bands": _BANDS}]}, "fees[0].per"),
    ("bands that fall",
     {"fees": [{**_FEE, "amount": None, "per": _PER, "bands": [{"up_to": 5, "price": 1}, {"up_to": 2, "price": 1},
                                                              {"up_to": None, "price": 1}]}]}, "fees[0].bands"),
    ("bands that end", {"fees": [{**_FEE, "amount": None, "per": _PER, "bands": [{"up_to": 5, "price": 1}]}]},
     "fees[0].bands"),
    ("a negative amount", {"fees": [{**_FEE, "amount": -1}]}, "fees[0].amount"),
    ("a fee until no day", {"fees": [{**_FEE, "until": "31/12/2026"}]}, "fees[0].until"),
    ("one charge at two moments", {"fees": [_FEE, {**_FEE, "mode": "after", "channel": "online"}]}, "fees[1].mode"),
    ("the same charge twice", {"fees": [_FEE, _FEE]}, "fees[1].key"),
    ("a fee counted by no question",
     {"fees": [{**_FEE, "amount": None, "unit": {"field": "pages", "price": 1, "name": {"vi": "trang"}}}]}, "fees[0]"),
    ("a step of an unknown role",
     {"steps": [{"key": "a", "name": {"vi": "A"}, "kind": "receive", "hours": 1, "role": "boss"}]}, "steps[0].role"),
    ("nobody decides",
     {"steps": [{"key": "a", "name": {"vi": "A"}, "kind": "receive", "hours": 1, "role": "reception"}]}, "steps"),
    ("a supplement of no rounds", {"supplement": {"rounds": 0}}, "supplement.rounds"),
    ("a portal without TLS", {"other_portal": {"name": {"vi": "Cổng"}, "url": "http://a.vn"}}, "other_portal.url"),
    ("papers that are no list", {"requirements": {"don": {}}}, "requirements"),
    ("a paper that is no object", {"requirements": ["Đơn"]}, "requirements[0]"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "changes", "path"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_it_names_the_fault_at_its_path(what: str, changes: dict[str, Any], path: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        parse_content(make_document(**changes))
    assert refusal.value.code == "invalid_content"
    assert path in refusal.value.errors
    assert all(message.endswith(".") for messages in refusal.value.errors.values() for message in messages)


def test_it_names_faults_inside_the_form() -> None:
    document = make_document()
    document["form"]["pages"][0]["fields"][0]["type"] = "telepathy"
    with pytest.raises(RuleViolation) as refusal:
        parse_content(document)
    assert "form.pages[0].fields[0].type" in refusal.value.errors


def test_a_file_must_belong_to_a_paper() -> None:
    document = make_document()
    document["form"]["pages"][0]["fields"][2]["requirement"] = "khac"
    with pytest.raises(RuleViolation) as refusal:
        parse_content(document)
    assert "form" in refusal.value.errors


@pytest.mark.parametrize("value", [None, [], "text", 3])
def test_it_refuses_what_is_no_document(value: object) -> None:
    with pytest.raises(RuleViolation):
        parse_content(value)


def test_it_reports_all_faults_at_once() -> None:
    with pytest.raises(RuleViolation) as refusal:
        parse_content(make_document(name=None, level=9, channels=["fax"]))
    assert {"name", "level", "channels[0]"} <= set(refusal.value.errors)


def test_it_upgrades_older_documents_and_leaves_them_alone() -> None:
    old = {"schema": 1, "title": "Tên"}
    steps = {1: lambda doc: {"name": doc["title"]}, 2: lambda doc: {**doc, "level": 4}}
    kept = copy.deepcopy(old)
    assert upgrade(old, upgrades=steps, current=3) == {"schema": 3, "name": "Tên", "level": 4}
    assert old == kept


def test_it_picks_the_most_specific_limit() -> None:
    limits = [
        {"value": 10, "unit": "working_day"},
        {"value": 7, "unit": "working_day", "case": "mot"},
        {"value": 2, "unit": "hour", "channel": "online"},
        {"value": 1, "unit": "hour", "case": "mot", "channel": "online"},
    ]
    content = parse_content(make_document(limits=limits, **_ASKED))
    asked = [("hai", "desk"), ("mot", "desk"), ("hai", "online"), ("mot", "online"), (None, "post")]
    found = [content.limit_for(case, channel) for case, channel in asked]
    assert [(limit.value, limit.unit) for limit in found if limit] == [
        (10, "working_day"), (7, "working_day"), (2, "hour"), (1, "hour"), (10, "working_day")
    ]  # fmt: skip


def test_a_procedure_without_a_limit_has_none() -> None:
    assert parse_content(make_document(limits=[])).limit_for(None, "desk") is None


def test_papers_follow_the_case() -> None:
    papers = [
        {"key": "don", "name": {"vi": "Đơn"}, "mode": "submit"},
        {"key": "rieng", "name": {"vi": "Giấy riêng"}, "mode": "submit", "cases": ["hai"]},
    ]
    content = parse_content(make_document(requirements=papers, **_ASKED))
    assert [paper.key for paper in content.requirements_for("mot")] == ["don"]
    assert [paper.key for paper in content.requirements_for("hai")] == ["don", "rieng"]
    assert [paper.key for paper in content.requirements_for(None)] == ["don"]


@pytest.mark.parametrize(
    ("level", "download", "submit", "pay", "receive", "label"),
    [
        (1, False, False, False, False, "Cung cấp thông tin"),
        (2, True, False, False, False, "Cung cấp thông tin"),
        (3, True, True, False, False, "Một phần"),
        (4, True, True, True, True, "Toàn trình"),
    ],
)
def test_the_level_says_what_may_be_done_online(
    level: int, download: bool, submit: bool, pay: bool, receive: bool, label: str
) -> None:
    service = ServiceLevel(level)
    assert (service.can_download_forms, service.can_submit_online) == (download, submit)
    assert (service.can_pay_online, service.can_receive_online) == (pay, receive)
    assert str(service.label) == label
    assert str(service.promise)


def _working_days(limit: TimeLimit) -> int:
    """At most this many working days lie in a limit of days."""
    return ceil(limit.value * 5 / 7) if limit.unit == "calendar_day" else limit.value


@pytest.mark.parametrize("code", CODES)
def test_the_catalogue_files_are_valid_and_complete(code: str) -> None:
    content = parse_content(read_catalogue(code))
    assert content.code == code
    assert content.everyday_name.vi != content.name.vi
    assert content.how_steps
    assert content.submit_ways
    assert content.receive_ways
    assert content.limits
    assert content.legal_basis
    assert content.agencies.competent
    assert not content.level.can_submit_online or content.form
    budget = sum(step.hours for step in content.steps)
    days = [limit for limit in content.limits if limit.unit in ("working_day", "calendar_day")]
    assert budget <= min(map(_working_days, days), default=1) * 8
