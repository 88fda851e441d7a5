"""The words of the search: shipped files, what may be kept, two admins, releases beside edits."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from portal.audit.models import AuditEntry
from portal.core.errors import Conflict, Forbidden, NotFound, RuleViolation
from procedures import services
from procedures.editing_choices import ConceptKind
from procedures.knowledge import read_shipped_events, read_shipped_words
from procedures.knowledge.rules import MOST_SAID, Wording, is_greedy, judge_wording, read_lines
from procedures.models import SearchConcept
from procedures.revision import catalogue_token
from procedures.selectors import search_procedures
from procedures.services.knowledge import load_shipped_words
from procedures.word_selectors import access_concept, list_concepts
from tests.factories import catalogue as make
from tests.factories.people import Officer, make_officer

EVERYDAY = ConceptKind.EVERYDAY
SHIPPED = read_shipped_words()


def say(*says: str, **more: tuple[str, ...]) -> Wording:
    return Wording(EVERYDAY, says, **{"means": ("chứng thực",), **more})


def test_the_shipped_words_are_whole() -> None:
    words = [concept for concept in SHIPPED if concept.wording.kind != ConceptKind.QUESTION]
    phrases = [phrase.lower() for concept in words for phrase in concept.wording.says]
    assert len(words) > 900
    assert len(phrases) == len(set(phrases)), "one phrase, one concept"
    assert all(
        concept.wording.means or concept.wording.codes
        for concept in SHIPPED
        if concept.wording.kind in (EVERYDAY, ConceptKind.EVENT)
    )


def test_the_shipped_events_name_the_products_own_procedures_first() -> None:
    named = {code for event in read_shipped_events() for code in event.codes}
    assert set(make.CODES) - named == {"1.009994"}, "only the one that is closed is left out"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"kind": "proverb"}, "kind"),
        ({"says": []}, "says"),
        ({"says": ["giấy"]}, "says"),
        ({"codes": ["DROP TABLE"]}, "names"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_faulty_file_is_refused_by_name(tmp_path: Path, row: dict[str, object], words: str) -> None:
    whole = {"key": "thu", "kind": "everyday", "says": ["giấy thử"], "means": ["giấy"], **row}
    (tmp_path / "topic.json").write_text(json.dumps([whole]), encoding="utf-8")
    with pytest.raises(ValueError, match=rf"topic\.json.*thu.*{words}"):
        read_shipped_words(tmp_path)


@pytest.mark.parametrize(
    ("phrase", "kind", "expected"),
    [
        ("giấy", EVERYDAY, True),
        ("  GIẤY ", EVERYDAY, True),
        ("giay", EVERYDAY, True),
        ("giấy độc thân", EVERYDAY, False),
        ("tía", ConceptKind.REGIONAL, False),
        ("hs", ConceptKind.SHORT, False),
        ("dat", ConceptKind.SHORT, False),
        ("tin", ConceptKind.ENGLISH, True),
        ("passport", ConceptKind.ENGLISH, False),
    ],
)
def test_one_common_syllable_answers_to_too_much(phrase: str, kind: str, expected: bool) -> None:
    assert is_greedy(phrase, kind) is expected


@pytest.mark.parametrize(
    ("wording", "field"),
    [
        (say(), "says"),
        (say("?!"), "says"),
        (say("x" * 121), "says"),
        (say(*(f"câu {number}" for number in range(MOST_SAID + 1))), "says"),
        (say("giấy thử", means=("x" * 201,)), "means"),
        (say("giấy thử", codes=tuple("1.000001" for _ in range(31))), "codes"),
        (say("giấy thử", unless=("x" * 121,)), "unless"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_box(wording: Wording, field: str) -> None:
    assert list(judge_wording(wording)) == [field]


def test_lines_are_read_as_typed_once_each() -> None:
    assert read_lines("  sang  tên xe \n\nSang tên xe\r\nđổi chủ") == ("Sang tên xe", "đổi chủ")


@pytest.fixture
def admin(db: None) -> Officer:
    return make.make_catalogue_admin()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release of five concepts: what holds for them holds for all."""
    monkeypatch.setattr("procedures.services.knowledge.read_shipped_words", lambda: SHIPPED[:5])


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_a_release_keeps_what_an_admin_wrote(admin: Officer) -> None:
    first = load_shipped_words()
    assert (first.created, first.kept) == (5, 0)
    token = catalogue_token()
    assert not load_shipped_words().is_change, "a repeat changes nothing"
    assert catalogue_token() == token
    edited, switched_off = SHIPPED[0].key, SHIPPED[1].key
    services.save_concept(admin.actor, edited, say("câu của tỉnh"), row_version=1)
    assert services.remove_concept(admin.actor, switched_off, row_version=1) is False
    SearchConcept.objects.filter(key=SHIPPED[2].key).update(says=["chữ của bản trước"])
    SearchConcept.objects.create(
        key="gone",
        kind=EVERYDAY,
        says=["bản trước có"],
        is_shipped=True,
        changed_at=access_concept(edited).changed_at,
    )
    again = load_shipped_words()
    assert (again.created, again.updated, again.removed, again.kept) == (0, 1, 1, 2)
    assert access_concept(edited).says == ["câu của tỉnh"]
    assert not access_concept(switched_off).is_active
    assert access_concept(SHIPPED[2].key).says == list(SHIPPED[2].wording.says)


@pytest.mark.django_db
def test_a_question_names_its_procedure_and_may_be_shared(admin: Officer) -> None:
    make.import_catalogue("2.000815", "1.001193")
    question = Wording(ConceptKind.QUESTION, ("con mới đẻ",), codes=("1.001193",))
    services.save_concept(admin.actor, "", question, row_version=0)
    services.save_concept(admin.actor, "", replace(question, codes=("2.000815",)), row_version=0)
    services.save_concept(admin.actor, "", say("con mới đẻ", codes=("1.001193",)), row_version=0)
    with pytest.raises(RuleViolation) as refused:
        services.save_concept(admin.actor, "", replace(question, codes=()), row_version=0)
    assert "codes" in refused.value.errors


@pytest.mark.django_db
def test_words_lead_to_the_procedure_as_soon_as_they_are_kept(admin: Officer) -> None:
    make.import_catalogue("2.000815", "1.001193")
    assert not search_procedures("wifi youtube").entries
    wording = say("wifi youtube", means=("chứng thực bản sao từ bản chính",), codes=("2.000815",))
    concept = services.save_concept(admin.actor, "", wording, row_version=0)
    assert [entry.code for entry in search_procedures("làm wifi youtube ở đâu").entries][:1] == ["2.000815"]
    note = AuditEntry.objects.get(action="concept.saved")
    assert (note.user_id, note.subject) == (admin.user.pk, f"concept:{concept.key}")
    assert services.remove_concept(admin.actor, concept.key, row_version=1) is True
    assert not search_procedures("wifi youtube").entries


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wording", "field"),
    [
        (say(), "says"),
        (say("giấy"), "says"),
        (say("giấy thử", means=()), "means"),
        (say("giấy thử", codes=("1.999999", "x'; --")), "codes"),
    ],
)
def test_a_refusal_stands_at_its_box_and_nothing_is_kept(
    admin: Officer, wording: Wording, field: str
) -> None:
    with pytest.raises(RuleViolation) as refusal:
        services.save_concept(admin.actor, "", wording, row_version=0)
    assert list(refusal.value.errors) == [field]
    assert not SearchConcept.objects.exists()


@pytest.mark.django_db
def test_a_phrase_with_two_meanings_is_shown_and_may_be_meant(admin: Officer) -> None:
    first = services.save_concept(admin.actor, "", say("giấy đỏ"), row_version=0)
    services.save_concept(
        admin.actor, "", say("giấy đỏ", unless=("hồng",)), row_version=0
    )  # the same meaning
    other = say("giấy vàng", "Giấy Đỏ", means=("đất đai",))
    with pytest.raises(RuleViolation) as refusal:
        services.save_concept(admin.actor, "", other, row_version=0)
    assert refusal.value.code == "said_elsewhere"
    assert refusal.value.extra["clashes"][0].concept == first
    assert services.save_concept(admin.actor, "", other, row_version=0, accept_clashes=True).pk


@pytest.mark.django_db
def test_two_admins_at_once_lose_nothing(admin: Officer) -> None:
    concept = services.save_concept(admin.actor, "", say("giấy thử"), row_version=0)
    services.save_concept(admin.actor, concept.key, say("giấy của người kia"), row_version=1)
    with pytest.raises(Conflict) as conflict:
        services.save_concept(admin.actor, concept.key, say("giấy của tôi"), row_version=1)
    extra = conflict.value.extra
    assert (extra["yours"]["says"], extra["theirs"]["says"]) == (["giấy của tôi"], ["giấy của người kia"])
    assert extra["row_version"] == 2
    with pytest.raises(Conflict):
        services.remove_concept(admin.actor, concept.key, row_version=1)


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_back_to_what_was_shipped(admin: Officer) -> None:
    make.load_knowledge()
    key = SHIPPED[0].key
    services.save_concept(admin.actor, key, say("câu của tỉnh"), row_version=1)
    assert services.restore_concept(admin.actor, key, row_version=2).is_shipped
    assert access_concept(key).says == list(SHIPPED[0].wording.says)
    own = services.save_concept(admin.actor, "", say("chữ riêng"), row_version=0)
    with pytest.raises(RuleViolation):
        services.restore_concept(admin.actor, own.key, row_version=1)


@pytest.mark.django_db
def test_words_are_for_catalogue_admins(admin: Officer) -> None:
    other = make_officer()
    for act in (
        lambda: services.save_concept(other.actor, "", say("giấy thử"), row_version=0),
        lambda: services.remove_concept(other.actor, "x", row_version=1),
        lambda: services.restore_concept(other.actor, "x", row_version=1),
        lambda: services.move_life_event(other.actor, "x", up=True),
    ):
        with pytest.raises(Forbidden):
            act()
    with pytest.raises(NotFound):
        services.remove_concept(admin.actor, "x", row_version=1)


@pytest.mark.django_db
def test_the_list_is_searched_and_paged() -> None:
    make.load_knowledge()
    page, after = list_concepts()
    following, _more = list_concepts(after=after)
    assert page[-1].key == after < following[0].key
    found, _more = list_concepts(words="Giấy Độc Thân")
    assert found
    assert all("độc thân" in str(row.says + row.means).lower() for row in found)
    assert {row.kind for row in list_concepts(kind="short")[0]} == {"short"}
    assert list_concepts(words="2.000815")[0]
    assert not list_concepts(origin="edited")[0]
