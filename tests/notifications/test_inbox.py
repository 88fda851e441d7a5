"""The inbox: owner, stranger and visitor."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from portal.core import clock
from portal.core.errors import NotFound
from portal.core.policy import Policy
from portal.notifications.models import Message
from portal.notifications.selectors import MOST_COUNTED, count_unread, list_inbox
from portal.notifications.services import mark_all_read, mark_read, record_notices
from portal.notifications.urls import urlpatterns
from tests.notifications.samples import DOSSIER_SAMPLE, build_notice

pytestmark = pytest.mark.django_db


def _tell(user_id: UUID, times: int = 1, **changes: Any) -> list[Message]:
    notices = [
        build_notice(user_id=user_id, recipient_key=f"user:{user_id}", **changes) for _ in range(times)
    ]
    record_notices(notices)
    return list(Message.objects.filter(user_id=user_id))


@pytest.fixture
def owner() -> Any:
    return get_user_model().objects.create_user(username="owner", password="a-long-pass-word")


@pytest.fixture
def stranger() -> Any:
    return get_user_model().objects.create_user(username="stranger", password="a-long-pass-word")


def test_each_person_has_the_own_notices_newest_first() -> None:
    owner, stranger = uuid4(), uuid4()
    _tell(owner, event="dossier.accepted")
    Message.objects.update(created_at=clock.now() - timedelta(hours=1))
    _tell(owner, event="dossier.resolved")
    _tell(stranger)

    titles = [item.title for item in list_inbox(owner).items]
    code = DOSSIER_SAMPLE["code"]
    assert titles == [f"Hồ sơ {code} đã có kết quả", f"Hồ sơ {code} đã được tiếp nhận"]


def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    owner = uuid4()
    _tell(owner, times=45)
    seen: list[UUID] = []
    before = None
    while True:
        page = list_inbox(owner, before=before)
        seen += [item.id for item in page.items]
        before = page.next_before
        if before is None:
            break

    assert len(seen) == len(set(seen)) == 45


def test_a_page_after_a_foreign_notice_is_not_found() -> None:
    (foreign,) = _tell(uuid4())

    with pytest.raises(NotFound):
        list_inbox(uuid4(), before=foreign.pk)


def test_reading_is_counted_once_and_only_for_the_owner() -> None:
    owner, stranger = uuid4(), uuid4()
    first, _second = _tell(owner, times=2)
    assert count_unread(owner) == 2

    with pytest.raises(NotFound):
        mark_read(stranger, first.pk)
    mark_read(owner, first.pk)
    first.refresh_from_db()
    read_at = first.read_at
    mark_read(owner, first.pk)
    first.refresh_from_db()
    assert first.read_at == read_at
    assert count_unread(owner) == 1
    assert mark_all_read(stranger) == 0
    assert mark_all_read(owner) == 1


def test_the_badge_stops_counting() -> None:
    owner = uuid4()
    _tell(owner, times=MOST_COUNTED + 5)

    assert count_unread(owner) == MOST_COUNTED


def test_the_owner_reads_and_marks(client: Client, owner: Any) -> None:
    message = _tell(owner.pk, context={**DOSSIER_SAMPLE, "reason": "<b>&</b>"}, event="dossier.resolved")[0]
    client.force_login(owner)

    page = client.get(reverse("notifications:inbox"))
    html = page.content.decode()
    assert page.status_code == 200
    assert DOSSIER_SAMPLE["code"] in html
    assert "&lt;b&gt;&amp;&lt;/b&gt;" in html
    assert "Bạn có 1 thông báo mới." in html

    client.get(reverse("notifications:read", args=[message.pk]))
    assert count_unread(owner.pk) == 1
    client.post(reverse("notifications:read", args=[message.pk]))
    assert count_unread(owner.pk) == 0
    assert "thông báo mới" not in client.get(reverse("notifications:inbox")).content.decode()


def test_everything_can_be_marked_at_once(client: Client, owner: Any) -> None:
    _tell(owner.pk, times=3)
    client.force_login(owner)
    client.post(reverse("notifications:read_all"))

    assert count_unread(owner.pk) == 0


def test_a_stranger_sees_nothing_and_marks_nothing(client: Client, owner: Any, stranger: Any) -> None:
    message = _tell(owner.pk)[0]
    client.force_login(stranger)

    assert "Bạn chưa có thông báo nào" in client.get(reverse("notifications:inbox")).content.decode()
    assert client.post(reverse("notifications:read", args=[message.pk])).status_code == 404
    assert client.get(reverse("notifications:inbox"), {"before": str(message.pk)}).status_code == 404
    assert client.get(reverse("notifications:inbox"), {"before": "x"}).status_code == 404
    assert count_unread(owner.pk) == 1


@pytest.mark.parametrize("name", ["inbox", "read_all"])
def test_a_visitor_is_asked_to_sign_in(client: Client, name: str) -> None:
    address = reverse(f"notifications:{name}")

    for answer in (client.get(address), client.post(address)):
        assert answer.status_code in {302, 405}
        if answer.status_code == 302:
            assert answer["Location"].startswith(reverse("account_login"))


def test_every_view_states_its_policy() -> None:
    policies = {getattr(pattern.callback, "policy", None) for pattern in urlpatterns}
    assert policies == {Policy("signed_in")}


def test_notices_of_one_moment_stand_newest_first(owner: Any) -> None:
    """A later notice of the same write stands above the earlier one, whatever their ids."""
    keys = [f"dossier:{uuid4()}:{place}" for place in range(9)]
    record_notices(
        [build_notice(user_id=owner.pk, recipient_key=f"user:{owner.pk}", event_key=key) for key in keys]
    )
    names = dict(Message.objects.values_list("pk", "event_key"))
    assert [names[item.id] for item in list_inbox(owner.pk).items] == keys[::-1]
