"""What lies at the counter: borrowed papers go back, a faulty result is made anew, a lost paper is no obstacle."""

from datetime import datetime, timedelta

import pytest
import time_machine

from dossiers import commands as c
from dossiers.choices import Medium
from dossiers.deadlines import add_working_days
from dossiers.models import Dossier, PaperItem, ResultItem
from dossiers.services import acting, system
from dossiers.services.finding import find_of_person
from dossiers.timeline import build_timeline
from portal.accounts import selectors as accounts
from portal.accounts.choices import Role
from portal.audit.models import ReadLog
from portal.core.clock import VN_TZ, to_local
from portal.core.errors import Conflict, Forbidden, NotFound, RuleViolation
from portal.notifications.models import Message
from procedures import selectors as catalogue
from procedures.formschema.parties import PartyDraft
from tests.factories import states
from tests.factories.catalogue import make_document, publish
from tests.factories.dossiers import (
    PERMIT,
    Desk,
    Request,
    accept,
    file_birth,
    file_dossier,
    make_desk,
    make_old_desk,
    make_upload,
)
from tests.factories.people import make_officer

pytestmark = pytest.mark.django_db
WRONG = "Sai tên đệm: “Thi” thành “Thị”."


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def on_paper(desk: Desk) -> Dossier:
    """A permit application over the counter: an original is borrowed, a drawing kept."""
    papers = (
        c.PaperLine("giay_to_dat", 1, borrowed=True),
        c.PaperLine("ban_ve_thiet_ke", 2),
    )
    return file_dossier(desk, Request(PERMIT, "nha_o", channel="desk", papers=papers))


def give_back(desk: Desk, dossier: Dossier, back: c.HandBack) -> Dossier:
    return acting.return_papers(dossier.pk, back, actor=desk.reception.actor, version=dossier.version)


def states_of(dossier: Dossier) -> list[str]:
    return list(dossier.papers.order_by("pk").values_list("state", flat=True))


def test_without_a_choice_what_was_borrowed_goes_back(desk: Desk) -> None:
    dossier = give_back(desk, on_paper(desk), c.HandBack(receiver="Hờ A Páo"))
    assert states_of(dossier) == ["given_back", "held"]
    assert dossier.events.order_by("-seq")[0].payload == {
        "papers": [{"requirement": "giay_to_dat", "originals": 1, "copies": 0}],
        "results": [],
        "receiver": "Hờ A Páo",
    }


def test_after_the_end_everything_may_go_back(desk: Desk) -> None:
    dossier = on_paper(desk)
    ended = acting.perform(
        dossier.pk, c.Withdraw("Đổi ý.", on_paper=True), actor=desk.reception.actor, version=dossier.version
    )
    ids = tuple(PaperItem.objects.filter(dossier=ended).values_list("pk", flat=True))
    back = give_back(desk, ended, c.HandBack(ids))
    assert states_of(back) == ["given_back", "given_back"]
    assert back.status == "withdrawn"


@pytest.mark.parametrize("papers", [(), (0,), (2**40,)])
def test_what_does_not_lie_here_is_refused(desk: Desk, papers: tuple[int, ...]) -> None:
    dossier = on_paper(desk)
    with pytest.raises(RuleViolation) as refused:
        give_back(desk, dossier, c.HandBack(papers, ()))
    assert list(refused.value.errors) == ["papers"]


def test_a_paper_goes_back_once(desk: Desk) -> None:
    dossier = give_back(desk, on_paper(desk), c.HandBack())
    with pytest.raises(RuleViolation):
        give_back(desk, dossier, c.HandBack())


def returned(desk: Desk) -> tuple[Dossier, ResultItem]:
    dossier = states.returned(desk)
    return dossier, ResultItem.objects.get(decision__dossier=dossier)


def correct(desk: Desk, dossier: Dossier, made: c.Correction) -> Dossier:
    return acting.correct_result(dossier.pk, made, actor=desk.approver.actor, version=dossier.version)


def test_a_faulty_result_is_made_anew_and_the_owner_is_told(desk: Desk) -> None:
    dossier, faulty = returned(desk)
    fixed = correct(desk, dossier, c.Correction(faulty.pk, WRONG, number="13/GPXD"))
    made = ResultItem.objects.get(replaces=faulty)
    assert (fixed.status, made.number, made.handed_over_at) == ("returned", "13/GPXD", None)
    faulty.refresh_from_db()
    assert faulty.handed_over_at is not None
    message = Message.objects.get(event="dossier.result_corrected")
    assert message.context["reason"] == WRONG
    handed = give_back(desk, fixed, c.HandBack())
    made.refresh_from_db()
    assert made.handed_over_at is not None
    lines = build_timeline(
        handed.events.order_by("seq"), catalogue.get_content(handed.procedure_version_id), audience="owner"
    )
    assert [line.title for line in lines[-2:]] == ["Đã sửa kết quả, có bản thay thế", "Đã trả lại giấy tờ"]
    assert WRONG in lines[-2].detail


def test_an_electronic_correction_is_there_at_once(desk: Desk) -> None:
    dossier, faulty = returned(desk)
    upload = make_upload(desk.approver.actor)
    made = c.Correction(faulty.pk, WRONG, medium=Medium.ELECTRONIC, file_id=upload.pk)
    correct(desk, dossier, made)
    assert ResultItem.objects.get(replaces=faulty).handed_over_at is not None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"item_id": 2**40}, "result"),
        ({"copies": 0}, "results"),
        ({"copies": 100}, "results"),
        ({"medium": Medium.ELECTRONIC}, "results"),
        ({"number": "1" * 65}, "results"),
    ],
)
def test_a_correction_is_whole(desk: Desk, change: dict[str, object], field: str) -> None:
    dossier, faulty = returned(desk)
    made = c.Correction(**{"item_id": faulty.pk, "reason": WRONG, **change})  # type: ignore[arg-type]
    with pytest.raises(RuleViolation) as refused:
        correct(desk, dossier, made)
    assert list(refused.value.errors) == [field]


def test_a_replaced_result_is_not_replaced_again_but_its_correction_may_be(desk: Desk) -> None:
    dossier, faulty = returned(desk)
    fixed = correct(desk, dossier, c.Correction(faulty.pk, WRONG))
    with pytest.raises(RuleViolation):
        correct(desk, fixed, c.Correction(faulty.pk, WRONG))
    second = ResultItem.objects.get(replaces=faulty)
    correct(desk, fixed, c.Correction(second.pk, "Sai cả năm sinh."))
    assert ResultItem.objects.filter(replaces=second).exists()


def test_nobody_corrects_an_own_result_nor_with_the_file_of_another(desk: Desk) -> None:
    dossier, faulty = returned(desk)
    own = make_officer(Role.APPROVER, agency=desk.agency, user=desk.citizen)
    with pytest.raises(Forbidden, match="own_dossier"):
        acting.correct_result(
            dossier.pk, c.Correction(faulty.pk, WRONG), actor=own.actor, version=dossier.version
        )
    upload = make_upload(desk.reception.actor)
    with pytest.raises(NotFound):
        correct(desk, dossier, c.Correction(faulty.pk, WRONG, medium=Medium.ELECTRONIC, file_id=upload.pk))


def test_two_approvers_do_not_correct_one_result_twice(desk: Desk) -> None:
    dossier, faulty = returned(desk)
    correct(desk, dossier, c.Correction(faulty.pk, WRONG))
    with pytest.raises(Conflict, match="conflict"):
        correct(desk, dossier, c.Correction(faulty.pk, WRONG))


def file_plain(desk: Desk, *parties: PartyDraft) -> Dossier:
    """A paper procedure without an e-form: the parties are what the counter wrote."""
    version = publish(
        make_document(
            level=2, form=None, channels=["desk"], fees=[],
            requirements=[{"key": "don", "name": {"vi": "Đơn"}, "mode": "submit"}],
        )
    )  # fmt: skip
    papers = (c.PaperLine("don", 1),)
    code = version.procedure.code
    return file_dossier(desk, Request(code, "", {}, channel="desk", parties=parties, papers=papers))


@pytest.fixture
def lost(desk: Desk) -> Dossier:
    person = PartyDraft(
        role="submitter", kind="person", name="Y Blăm Êban", birth_date="1990-08-15",
        identity={"type": "citizen_id", "number": "066190001234"},
    )  # fmt: skip
    return file_plain(desk, person)


FINDS: list[tuple[dict[str, str], bool]] = [
    ({"number": "066190001234"}, True),
    ({"number": "066 190 001 234"}, True),
    ({"number": "066190001235"}, False),
    ({"number": "06619000123"}, False),
    ({"name": "Y Blăm Êban"}, False),
    ({"birth": "1990-08-15"}, False),
    ({}, False),
]


@pytest.mark.parametrize(("asked", "found"), FINDS)
def test_a_person_is_found_by_the_whole_number_only(
    desk: Desk, lost: Dossier, asked: dict[str, str], found: bool
) -> None:
    assert [row.pk for row in find_of_person(desk.reception.actor, **asked)] == ([lost.pk] if found else [])
    assert ReadLog.objects.filter(dossier_id=lost.pk, what="desk:find").exists() is found


@pytest.mark.parametrize(
    ("name", "birth", "found"),
    [
        ("Trần Văn Sông", "1990-05-12", True),
        ("tran van song", "1990", True),
        ("Trần Văn Sông", "1991", False),
        ("Trần Văn", "1990", False),
        ("Trần Văn Sôn", "1990", False),
    ],
)
def test_or_by_the_whole_name_with_the_birth_date(desk: Desk, name: str, birth: str, found: bool) -> None:
    owner = PartyDraft(role="owner", kind="person", name="Trần Văn Sông", birth_date="1990-05-12")
    dossier = file_plain(desk, PartyDraft("submitter", "person", "Hờ A Páo"), owner)
    got = find_of_person(desk.reception.actor, name=name, birth=birth)
    assert [row.pk for row in got] == ([dossier.pk] if found else [])


def test_other_agencies_find_nothing(desk: Desk, lost: Dossier) -> None:
    stranger = make_officer(Role.RECEPTION)
    assert find_of_person(stranger.actor, number="066190001234") == []


def test_a_question_about_a_draft_is_closed_only_while_it_matters() -> None:
    desk = make_old_desk()
    with time_machine.travel(datetime(2026, 3, 2, 9, 0, tzinfo=VN_TZ), tick=False) as clock:
        asked = states.processing(desk)
        upload = make_upload(desk.case_officer.actor)
        asked = acting.ask_confirmation(
            asked.pk, upload.pk, actor=desk.case_officer.actor, version=asked.version
        )
        stopped = acting.perform(
            asked.pk, c.Stop("Đất đang có tranh chấp."), actor=desk.approver.actor, version=asked.version
        )
        clock.shift(timedelta(days=7))
        assert system.expire_due() == 0
    stopped.refresh_from_db()
    assert stopped.status == "stopped"


def test_the_apology_is_late_from_the_day_before_on(desk: Desk) -> None:
    """One working day before the old date is in time, on the date itself is late (Decree 61/2018 Art. 19.9)."""
    late = {}
    for day, dossier in ((-1, accept(desk, file_birth(desk))), (0, states.accepted(desk))):
        assert dossier.due_at is not None
        due = to_local(dossier.due_at)
        announced = move(due.replace(hour=9), desk, day) if day else due.replace(hour=9)
        with time_machine.travel(announced, tick=False):
            moved = acting.reschedule(
                dossier.pk, move(due, desk, 5), "Chờ ý kiến.", actor=desk.case_officer.actor,
                version=dossier.version,
            )  # fmt: skip
        late[day] = (moved.events.order_by("-seq")[0].payload or {})["late"]
    assert late == {-1: False, 0: True}


def move(moment: datetime, desk: Desk, days: int) -> datetime:
    """The same hour so many working days away."""
    day = add_working_days(moment.date(), days, accounts.get_work_calendar(desk.agency.pk))
    return moment.replace(year=day.year, month=day.month, day=day.day)


def test_a_day_beyond_the_calendar_is_refused_in_words(desk: Desk) -> None:
    dossier = states.accepted(desk)
    with pytest.raises(RuleViolation, match="calendar_unknown") as refused:
        acting.reschedule(
            dossier.pk, datetime(2039, 1, 3, 17, 0, tzinfo=VN_TZ), "Chờ.", actor=desk.case_officer.actor,
            version=dossier.version,
        )  # fmt: skip
    assert "Lịch làm việc chỉ có từ" in refused.value.message
