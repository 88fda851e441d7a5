"""Drafts begin, are copied, go back and forward; refusals and rights."""

from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.choices import Role
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, NotFound, RuleViolation
from procedures import services
from procedures.editing.merging import MINE, THEIRS, list_differences, merge
from procedures.editing.reads import access_desk, find_moves, list_revisions, list_used_keys, read_base
from procedures.models import DraftRevision, ProcedureDraft
from tests.factories.catalogue import make_catalogue_admin, make_document, publish
from tests.factories.people import Officer, make_officer

pytestmark = pytest.mark.django_db
Document = dict[str, Any]


@pytest.fixture
def admin() -> Officer:
    return make_catalogue_admin()


def write(admin: Officer, draft: ProcedureDraft, summary: str, **changes: Any) -> ProcedureDraft:
    content = {**draft.content, **changes}
    return services.save_draft(
        admin.actor, draft.code, content=content, row_version=draft.row_version, summary=summary
    )


def test_a_draft_begins_with_what_is_published_and_a_repeat_is_harmless(admin: Officer) -> None:
    version = publish()
    code = version.procedure.code
    draft = services.start_draft(admin.actor, code)
    assert (draft.content, draft.row_version) == (version.content, 1)
    assert services.start_draft(admin.actor, code).pk == draft.pk
    with pytest.raises(NotFound):
        services.start_draft(admin.actor, "1.909099")


def test_undo_and_redo_walk_over_the_states(admin: Officer) -> None:
    draft = services.start_draft(admin.actor, publish().procedure.code)
    one = write(admin, draft, "một", sets=2)
    two = write(admin, one, "hai", sets=3)
    assert services.undo_draft(admin.actor, draft.code, row_version=two.row_version).summary == "hai"
    back = ProcedureDraft.objects.get(code=draft.code)
    assert (back.content["sets"], back.state, back.row_version) == (2, 2, 4)
    assert find_moves(back).undo == "một"
    assert find_moves(back).redo == "hai"
    services.undo_draft(admin.actor, draft.code, row_version=4)
    with pytest.raises(RuleViolation) as refusal:
        services.undo_draft(admin.actor, draft.code, row_version=5)
    assert refusal.value.code == "nothing_to_undo"
    services.redo_draft(admin.actor, draft.code, row_version=5)
    assert services.redo_draft(admin.actor, draft.code, row_version=6).summary == "hai"
    with pytest.raises(RuleViolation) as refusal:
        services.redo_draft(admin.actor, draft.code, row_version=7)
    assert refusal.value.code == "nothing_to_redo"
    assert ProcedureDraft.objects.get(code=draft.code).content["sets"] == 3


def test_redo_after_another_change_follows_the_newest(admin: Officer) -> None:
    draft = write(admin, services.start_draft(admin.actor, publish().procedure.code), "một", sets=2)
    services.undo_draft(admin.actor, draft.code, row_version=2)
    other = write(admin, ProcedureDraft.objects.get(code=draft.code), "khác", sets=9)
    assert find_moves(other).redo == ""
    services.undo_draft(admin.actor, draft.code, row_version=other.row_version)
    assert services.redo_draft(admin.actor, draft.code, row_version=5).summary == "khác"
    assert [row.summary for row in list_revisions(draft.code)] == ["khác", "một", "Bắt đầu từ bản 1"]


def test_undo_takes_a_proposal_back_and_whoever_did_it_is_the_author(admin: Officer) -> None:
    draft = write(admin, services.start_draft(admin.actor, publish().procedure.code), "một", sets=2)
    proposed = services.propose_draft(
        admin.actor, draft.code, row_version=draft.row_version, effective_from=clock.today()
    )
    second = make_catalogue_admin("Người thứ hai")
    services.undo_draft(second.actor, draft.code, row_version=proposed.row_version)
    back = ProcedureDraft.objects.get(code=draft.code)
    assert (back.proposed_at, back.proposed_by_id, back.author_id) == (None, None, second.user.pk)
    assert back.effective_from is None


@pytest.mark.parametrize("act", [services.undo_draft, services.redo_draft, services.discard_draft])
def test_who_saw_an_old_draft_moves_nothing(admin: Officer, act: Callable[..., object]) -> None:
    draft = write(admin, services.start_draft(admin.actor, publish().procedure.code), "một", sets=2)
    with pytest.raises(Conflict):
        act(admin.actor, draft.code, row_version=1)
    assert ProcedureDraft.objects.get(code=draft.code).content["sets"] == 2
    services.discard_draft(admin.actor, draft.code, row_version=2)
    with pytest.raises(Conflict):
        act(admin.actor, draft.code, row_version=2)
    assert DraftRevision.objects.filter(code=draft.code).count() == 2


def test_a_save_after_the_draft_is_gone_keeps_what_was_typed(admin: Officer) -> None:
    draft = services.start_draft(admin.actor, publish().procedure.code)
    services.discard_draft(admin.actor, draft.code, row_version=1)
    with pytest.raises(Conflict) as refusal:
        write(admin, draft, "muộn", sets=5)
    assert refusal.value.extra["yours"]["sets"] == 5


def test_a_new_procedure_has_a_code_and_a_name(admin: Officer) -> None:
    draft = services.start_new(admin.actor, "1.909001", name="Thủ tục mới")
    assert draft.content == {"schema": 1, "code": "1.909001", "name": {"vi": "Thủ tục mới"}}


def test_a_copy_says_what_the_other_says_under_its_own_code(admin: Officer) -> None:
    source = publish()
    draft = services.copy_as_new(admin.actor, "1.909002", source_code=source.procedure.code, name="Bản sao")
    assert draft.content == {**source.content, "code": "1.909002", "name": {"vi": "Bản sao"}}
    again = services.copy_as_new(admin.actor, "1.909003", source_code="1.909002", name="Bản sao nữa")
    assert again.content["code"] == "1.909003"


@pytest.mark.parametrize(
    ("code", "name", "field"),
    [("abc", "Tên", "code"), ("1.909004", "  ", "name"), ("1.909005", "Tên", "source")],
)
def test_a_new_one_is_refused(admin: Officer, code: str, name: str, field: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        services.copy_as_new(admin.actor, code, source_code="1.909099", name=name)
    assert list(refusal.value.errors) == [field]


def test_a_code_is_taken_once(admin: Officer) -> None:
    code = publish().procedure.code
    services.start_new(admin.actor, "1.909006", name="Một")
    for taken in (code, "1.909006"):
        with pytest.raises(RuleViolation) as refusal:
            services.start_new(admin.actor, taken, name="Hai")
        assert list(refusal.value.errors) == ["code"]


def test_only_a_catalogue_admin_writes() -> None:
    actor = make_officer(Role.RECEPTION).actor
    for refused in (
        lambda: services.start_draft(actor, "1.909007"),
        lambda: services.start_new(actor, "1.909007", name="x"),
        lambda: services.copy_as_new(actor, "1.909007", source_code="x", name="x"),
        lambda: services.undo_draft(actor, "1.909007", row_version=1),
        lambda: services.redo_draft(actor, "1.909007", row_version=1),
    ):
        with pytest.raises(Forbidden):
            refused()


def test_keys_of_versions_and_of_every_state_are_remembered(admin: Officer) -> None:
    version = publish()
    code = version.procedure.code
    draft = write(admin, services.start_draft(admin.actor, code), "bỏ", requirements=[{"key": "moi"}, 3])
    write(admin, draft, "bỏ nữa", requirements=None)
    assert list_used_keys(code, "requirements") == {"don", "moi"}


def test_a_text_is_found_by_its_token_for_its_own_code_alone(admin: Officer) -> None:
    version, other = publish(), publish()
    code = version.procedure.code
    assert read_base(code, access_desk(code).base_token) == version.content
    draft = services.start_draft(admin.actor, code)
    token = access_desk(code).base_token
    write(admin, draft, "sau", sets=4)
    assert read_base(code, token) == version.content
    for bad in ("", "x", "d1.2", "dx.1", f"d{draft.pk}.9", "v999999999", f"v{other.pk}", f"d{draft.pk}"):
        assert read_base(code, bad) is None, bad
    assert read_base(other.procedure.code, token) is None


def test_two_texts_become_one() -> None:
    base = make_document()
    papers = base["requirements"]
    mine = {
        **base,
        "summary": {"vi": "Của tôi"},
        "sets": 2,
        "requirements": [{**papers[0], "copies": 1}, *_papers("m")],
    }
    theirs = {**base, "summary": {"vi": "Của họ"}, "requirements": [*papers, *_papers("t")], "results": []}
    parts = ("summary", "sets", "requirements")
    differences = list_differences(base, mine, theirs, parts)
    assert [(item.item[0], item.both, item.proposed) for item in differences] == [
        ("summary", True, ""), ("sets", False, MINE), ("requirements", False, MINE),
        ("requirements", False, MINE), ("requirements", False, THEIRS),
    ]  # fmt: skip
    merged = merge(base, mine, theirs, parts, {("summary", ""): MINE})
    assert merged["summary"] == {"vi": "Của tôi"}
    assert [(row["key"], row.get("copies")) for row in merged["requirements"]] == [
        ("don", 1),
        ("t", None),
        ("m", None),
    ]
    assert (merged["sets"], merged["results"]) == (2, [])
    assert merge(base, mine, theirs, parts, {("summary", ""): THEIRS})["summary"] == {"vi": "Của họ"}


@pytest.mark.parametrize("moved", ["mine", "theirs"])
def test_an_order_that_one_side_changed_is_kept(moved: str) -> None:
    base = make_document(requirements=_papers("a", "b", "c"))
    changed, same = {**base, "requirements": _papers("c", "a", "b")}, {**base, "sets": 3}
    sides = (changed, same) if moved == "mine" else (same, changed)
    merged = merge(base, *sides, ("requirements",), {})
    assert [row["key"] for row in merged["requirements"]] == ["c", "a", "b"]


def test_what_one_side_removed_goes_and_what_both_changed_is_asked() -> None:
    base = make_document(requirements=_papers("a", "b"))
    mine = {**base, "requirements": _papers("a")}
    theirs = {**base, "requirements": [*_papers("a"), {**_papers("b")[0], "copies": 3}]}
    (difference,) = list_differences(base, mine, theirs, ("requirements",))
    assert difference.both
    kept = merge(base, mine, theirs, ("requirements",), {difference.item: THEIRS})
    assert kept["requirements"] == theirs["requirements"]
    gone = merge(base, mine, theirs, ("requirements",), {difference.item: MINE})
    assert gone["requirements"] == mine["requirements"]


def _papers(*keys: str) -> list[Document]:
    return [{"key": key, "name": {"vi": f"Giấy {key}"}, "mode": "submit"} for key in keys]
