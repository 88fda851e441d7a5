"""The guided check as rules: every way through ends in a result, nothing unknown, nothing personal."""

from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from portal.core.errors import RuleViolation
from procedures.content import parse_content
from procedures.guide import outcome
from procedures.guide.carrying import list_params, read_carried
from procedures.guide.paths import list_paths
from procedures.guide.reach import list_unreached
from procedures.guide.walk import Walk
from procedures.judging import judge_document
from tests.factories.catalogue import CODES, make_document, read_catalogue
from tests.procedures.shipped import content_of

ON = date(2026, 8, 12)
PLACES = (("H1", "Xã A"), ("H2", "Xã B"))
GUIDED = tuple(code for code in CODES if "guide" in read_catalogue(code))
MOST, WITH_DOUBTS = 1500, 250

Document = dict[str, Any]


def walk(code: str, **given: str) -> Walk:
    return Walk(content_of(code), given, ON).run()


@lru_cache
def paths(code: str) -> tuple[Walk, ...]:
    return tuple(list_paths(content_of(code), ON, to_the_end=False, most=MOST))


def test_where_people_go_wrong_there_is_a_guide() -> None:
    assert len(GUIDED) >= 16


@pytest.mark.parametrize("code", CODES)
def test_every_way_through_ends_in_a_result(code: str) -> None:
    """With and without doubts, by every channel, at a place and at none."""
    ended = list_paths(content_of(code), ON, places=PLACES, with_doubts=True, most=WITH_DOUBTS)
    assert ended
    for each in ended:
        assert each.current is None
        assert not each.errors
        verdict = outcome.judge(each)
        assert verdict != outcome.NO or each.stop is not None
        if verdict != outcome.NO:
            assert outcome.describe_total(outcome.reckon(each, ON))
            assert any(vars(outcome.list_papers(each)).values())
            assert each.case is not None or not each.content.cases
            assert each.channel


@pytest.mark.parametrize("code", CODES)
def test_every_case_is_reached_and_every_stop_too(code: str) -> None:
    content = content_of(code)
    assert len(paths(code)) < MOST
    assert {each.case for each in paths(code)} >= {case.key for case in content.cases}
    stops = content.guide.stops if content.guide else ()
    assert {id(each.stop) for each in paths(code) if each.stop} >= {id(stop) for stop in stops}


@pytest.mark.parametrize("code", GUIDED)
def test_papers_asked_for_belong_to_the_case(code: str) -> None:
    for each in paths(code):
        if each.stop:
            continue
        lists = outcome.list_papers(each)
        keys = [item.requirement.key for found in vars(lists).values() for item in found]
        assert len(keys) == len(set(keys))
        assert set(keys) <= {item.key for item in each.content.requirements_for(each.case)}
        wanted = {
            item.key
            for item in each.content.requirements_for(each.case)
            if item.required and not item.replaces
        }
        assert wanted <= set(keys)


@pytest.mark.parametrize(
    ("code", "answers", "instead"),
    [
        ("1.001193", {"case": "co_giay_chung_sinh", "da_khai_sinh": "true"}, "2.000635"),
        (
            "1.001193",
            {"case": "co_giay_chung_sinh", "da_khai_sinh": "false", "noi_sinh": "vn", "hon_nhan": "ghi_cha"},
            "1.000689",
        ),
        ("1.000894", {"case": "trong_nuoc", "hai_cong_dan": "false"}, "2.000806"),
        (
            "1.004884",
            {"case": "con_ban_sao", "truoc_2016": "true", "con_song": "true", "so_goc": "con"},
            "2.000635",
        ),
        ("1.004194", {"case": "ca_nhan", "bao_lau": "duoi_30"}, "2.001159"),
        ("1.013229", {"case": "nha_o", "lam_gi": "xay_lai"}, "1.013225"),
        ("2.000815", {"ban_chinh": "mat"}, "2.000635"),
        ("1.014199", {"du_18": "true", "mien": "false", "tinh_huong": "gia_han"}, "1.014201"),
    ],
)
def test_a_stop_says_what_instead(code: str, answers: dict[str, str], instead: str) -> None:
    found = walk(code, **answers)
    assert outcome.judge(found) == outcome.NO
    assert found.stop is not None
    assert found.stop.instead == instead


BIRTH = {
    "case": "co_giay_chung_sinh", "da_khai_sinh": "false", "noi_sinh": "vn", "hon_nhan": "da", "lam_gop": "false",
    "nguoi_di": "ong_ba", "copies": "2", "channel": "desk",
}  # fmt: skip


def test_papers_by_what_is_done_with_them() -> None:
    lists = outcome.list_papers(walk("1.001193", **BIRTH))
    assert [item.requirement.key for item in lists.submit] == ["to_khai", "giay_chung_sinh"]
    assert [item.requirement.key for item in lists.show] == ["giay_to_tuy_than"]
    assert [item.requirement.key for item in lists.lookup] == ["giay_ket_hon", "noi_cu_tru"]
    assert lists.maybe == ()
    assert "in rồi điền" in lists.submit[0].note
    by_proxy = outcome.list_papers(
        walk("1.001193", **{**BIRTH, "nguoi_di": "duoc_uy_quyen", "channel": "online"})
    )
    assert "van_ban_uy_quyen" in [item.requirement.key for item in by_proxy.submit]
    assert by_proxy.submit[0].amount == "Điền trên mạng"


@pytest.mark.parametrize(
    ("code", "answers", "total"),
    [
        ("1.001193", BIRTH, "16.000 đ"),
        ("1.001193", {**BIRTH, "copies": "0"}, "Không phải nộp tiền"),
        (
            "1.000656",
            {
                "quoc_tich": "true", "bao_tu": "co", "qua_15": "true", "biet_noi_o": "true", "nguoi_di": "con",
                "copies": "3", "fee_group": "khong", "channel": "desk",
            },
            "32.000 đ",
        ),
        (
            "2.000815",
            {
                "ban_chinh": "co", "hong": "false", "mat": "false", "noi_cap": "vn",
                "pages": "4", "copies": "3",
            },
            "18.000 đ",
        ),
        (
            "1.004194",
            {"case": "danh_sach", "bao_lau": "tu_30", "cung_xa": "false", "bi_cam": "false", "people": "12",
             "channel": "online"},
            "60.000 đ",
        ),
        (
            "3.000333",
            {"case": "duoc_giam", "loai": "so_1", "cho_ai": "chinh_toi", "muc_dich": "khac", "copies": "1",
             "channel": "desk"},
            "100.000 đ",
        ),
        ("1.014199", {"du_18": "true", "mien": "false", "tinh_huong": "doi_vi_tri", "giay_nn": "false",
                      "nho_nop": "false", "channel": "desk"}, "Chưa xác định, do HĐND tỉnh quy định"),
    ],
)  # fmt: skip
def test_the_total_is_what_one_reckons_by_hand(code: str, answers: dict[str, str], total: str) -> None:
    found = walk(code, **answers)
    assert found.current is None
    assert outcome.describe_total(outcome.reckon(found, ON)) == total


def test_a_doubt_that_matters_says_ask_and_keeps_the_paper_as_perhaps() -> None:
    doubtful = {"case": "trong_nuoc", "hai_cong_dan": "true", "du_tuoi": "true", "dang_co": "unsure"}
    rest = {"ho_hang": "false", "ly_hon_nn": "unsure", "cung_den": "true", "copies": "0", "channel": "desk"}
    found = walk("1.000894", **doubtful, **rest)
    assert outcome.judge(found) == outcome.ASK
    assert outcome.list_doubts(found) == ["Có ai đang có vợ hoặc có chồng không?"]
    assert "ghi_chu_ly_hon" in [item.requirement.key for item in outcome.list_papers(found).maybe]


def test_without_a_guide_case_conditions_copies_and_channel_are_asked() -> None:
    found = walk(
        "1.000689", case="cam_doan", dieu_kien="du", copies="1", recognition_copies="1",
        fee_group="khong", channel="online",
    )  # fmt: skip
    assert found.current is None
    asked = ["case", "dieu_kien", "copies", "copies", "fee_group", "channel"]
    assert [item.step for item in found.taken] == asked
    assert outcome.describe_total(outcome.reckon(found, ON)) == "31.000 đ"
    assert outcome.judge(walk("1.000689", case="cam_doan", dieu_kien="chua_du")) == outcome.NO
    unsure = walk(
        "1.000689", case="cam_doan", dieu_kien="unsure", copies="0", recognition_copies="0", channel="desk"
    )
    assert outcome.judge(unsure) == outcome.ASK


def test_answers_are_carried_and_judged_again() -> None:
    found = walk("1.001193", **BIRTH)
    params = dict(list_params(found))
    assert params == {"case": "co_giay_chung_sinh", "nguoi_di": "ong_ba", "copies": "2"}
    carried = read_carried(content_of("1.001193"), params, ON)
    assert carried.answers == {"requester_relation": "ong_ba", "wants_copies": True, "copies": 2}
    none = read_carried(content_of("1.001193"), {**params, "copies": "0"}, ON)
    assert none.answers == {"requester_relation": "ong_ba", "wants_copies": False}


@pytest.mark.parametrize(
    "given",
    [
        {"nguoi_di": "<script>"},
        {"copies": "-1"},
        {"copies": "9999"},
        {"requester_name": "Ai đó"},
        {"nguoi_di": "\x00"},
    ],
)
def test_what_is_unknown_or_wrong_is_not_carried(given: dict[str, str]) -> None:
    carried = read_carried(content_of("1.001193"), given, ON)
    assert (carried.params, carried.answers) == ((), {})


def _guide(**parts: Any) -> Document:
    question = {"key": "q", "type": "boolean", "label": {"vi": "Đủ chưa?"}}
    return make_document(guide={"questions": [question], **parts})


def _never() -> Document:
    return {"if": {"all": [{"field": "q", "is": True}, {"field": "q", "is": False}]}}


def _rule(**more: Any) -> Document:
    return {"if": {"all": [{"field": "q", "is": True}]}, **more}


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        ({"questions": []}, "guide.questions"),
        ({"questions": "x"}, "guide.questions"),
        ({"questions": [{"key": "case", "type": "boolean", "label": {"vi": "?"}}]}, "guide.questions[0].key"),
        ({"questions": [{"key": "q", "type": "text", "label": {"vi": "?"}}]}, "guide.questions[0].type"),
        ({"questions": [{"key": "q", "type": "choice", "label": {"vi": "?"}}]}, "guide.questions[0].options"),
        (
            {"questions": [{"key": "q", "type": "date", "label": {"vi": "Ngày sinh của bạn?"}}]},
            "guide.questions[0].label",
        ),
        (
            {"questions": [{"key": "q", "type": "boolean", "label": {"vi": "?"}, "fills": "nothing"}]},
            "guide.questions[0].fills",
        ),
        (
            {"questions": [{"key": "q", "type": "boolean", "label": {"vi": "?"}, "fills": "full_name"}]},
            "guide.questions[0].fills",
        ),
        ({"stops": [_rule(message={"vi": "Không."}, instead="abc")]}, "guide.stops[0].instead"),
        ({"stops": [{"message": {"vi": "Không."}}]}, "guide.stops[0].if"),
        ({"stops": [_rule()]}, "guide.stops[0].message"),
        ({"cases": [_rule(case="none")]}, "guide.cases[0].case"),
        ({"papers": [_rule(requirement="none")]}, "guide.papers[0].requirement"),
        (
            {"papers": [{"if": {"all": [{"field": "z", "is": True}]}, "requirement": "don"}]},
            "guide.papers[0].if.all[0].field",
        ),
        ({"more": 1}, "guide.more"),
    ],
)  # fmt: skip
def test_a_faulty_guide_is_refused_where_it_is_faulty(parts: Document, path: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        parse_content(_guide(**parts))
    assert path in refusal.value.errors


@pytest.mark.parametrize(
    ("parts", "unreached"),
    [
        ({"stops": [_rule(message={"vi": "Một."})]}, []),
        ({"stops": [_rule(message={"vi": "Một."}), _rule(message={"vi": "Hai."})]}, ["guide.stops[1]"]),
        (
            {"cases": [_rule(case="a"), {**_never(), "case": "b"}], "document_cases": ["a", "b"]},
            ["guide.cases[1]"],
        ),
        (
            {"stops": [_rule(message={"vi": "Một."})], "papers": [_rule(requirement="don")]},
            ["guide.papers[0]"],
        ),
    ],
)
def test_what_no_answer_leads_to_is_named(parts: Document, unreached: list[str]) -> None:
    cases = [{"key": key, "label": {"vi": key.upper()}} for key in parts.pop("document_cases", [])]
    document = {**_guide(**parts), "cases": cases, "case_question": {"vi": "Bạn thuộc trường hợp nào?"}}
    assert list(list_unreached(parse_content(document), ON)) == unreached
    assert {each.path for each in judge_document(document) if each.is_stop} >= set(unreached)


@pytest.mark.parametrize(
    "key", ["mother_birth_date", "requester_name", "child_birth_date", "requester_phone"]
)
def test_nothing_that_says_who_somebody_is_stands_in_an_address(key: str) -> None:
    document = read_catalogue("1.001193")
    field = content_of("1.001193").form.by_key.get(key)  # type: ignore[union-attr]
    kind = field.type if field and field.type in ("date", "choice") else "date"
    document["guide"] = {"questions": [{"key": "q", "type": kind, "label": {"vi": "?"}, "fills": key}]}
    with pytest.raises(RuleViolation) as refusal:
        parse_content(document)
    assert "guide.questions[0].fills" in refusal.value.errors
