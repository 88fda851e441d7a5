"""Every page of the state table in a browser: accessible and readable narrow and wide, for each who uses it."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from dossiers import commands as c
from dossiers.models import Dossier, ResultItem
from dossiers.services import acting
from portal.accounts.models import User
from tests.dossiers.test_giving_back import on_paper
from tests.dossiers.test_supplements import answer, ask
from tests.factories import states
from tests.factories.dossiers import Desk, make_desk, make_upload
from tests.onestop.test_register_in_a_browser import judge
from tests.onestop.test_state_table_screens import unknown_fee

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (320, 1280)
OK = 200


@pytest.fixture
def desk(page: Page) -> Desk:
    return make_desk()


class Visitor:
    """Opens pages as one person, and judges each at every width."""

    def __init__(self, page: Page, server: LiveServer, user: User) -> None:
        self.page, self.server = page, server
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.clear_cookies()
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])

    def judge(self, name: str, path: str) -> None:
        response = self.page.goto(f"{self.server.url}{path}")
        assert response is not None
        assert response.status == OK, (path, response.status)
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        self.judge_here(name)

    def judge_here(self, name: str) -> None:
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            judge(self.page, f"{name}-{width}")

    def act(self, dossier: Dossier, name: str) -> None:
        self.judge(f"act-{name}", f"/onestop/dossiers/{dossier.pk}/do/{name}/")

    def dossier(self, dossier: Dossier, name: str) -> None:
        self.judge(f"desk-{name}", f"/onestop/dossiers/{dossier.pk}/")


def test_the_pages_of_reception(desk: Desk, page: Page, live_server: LiveServer) -> None:
    visitor = Visitor(page, live_server, desk.reception.user)
    paper, tax = on_paper(desk), unknown_fee(desk)
    visitor.dossier(paper, "paper")
    visitor.act(paper, "return_papers")
    visitor.act(paper, "redirect")
    visitor.act(paper, "request_supplement")
    page.check("#ask_paper_ban_ve_thiet_ke")
    visitor.judge_here("act-request_supplement-ticked")
    asked = ask(desk, states.accepted(desk))
    visitor.dossier(asked, "asked")
    visitor.judge("bring", f"/onestop/dossiers/{asked.pk}/supplement/")
    visitor.judge("list", "/onestop/?view=all")
    visitor.act(tax, "assess_fee")
    page.get_by_role("button", name="Ghi mức thu").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    visitor.judge_here("act-assess_fee-error")
    resolved = states.resolved(desk)
    visitor.judge("collect", f"/payments/{resolved.fees.get().pk}/")
    visitor.act(resolved, "return_result")
    visitor.judge("find", "/onestop/find/")
    page.fill("[name=number]", "092090005678")
    page.get_by_role("button", name="Tìm hồ sơ").click()
    visitor.judge_here("found")


def test_the_pages_of_who_works_on_it_and_of_who_decides(
    desk: Desk, page: Page, live_server: LiveServer
) -> None:
    asked = answer(desk, ask(desk, states.processing(desk)))
    visitor = Visitor(page, live_server, desk.case_officer.user)
    visitor.act(asked, "propose_supplement")
    visitor.act(states.accepted(desk), "reschedule")
    visitor.act(asked, "request_payment")
    wanted = c.RequestSupplement(
        (c.SupplementItem("Thiếu trang 2.", "giay_to_dat"),), "Luật Xây dựng, Điều 102"
    )
    proposed = acting.propose_supplement(
        asked.pk, wanted, actor=desk.case_officer.actor, version=asked.version
    )
    visitor = Visitor(page, live_server, desk.head.user)
    visitor.dossier(proposed, "proposed")
    visitor.act(proposed, "approve_supplement")
    visitor.act(proposed, "reject_proposal")


def test_the_pages_of_the_approver_and_of_the_owner(desk: Desk, page: Page, live_server: LiveServer) -> None:
    returned, waiting = states.returned(desk), states.at_approval(desk)
    visitor = Visitor(page, live_server, desk.approver.user)
    visitor.act(waiting, "resolve")
    page.get_by_role("button", name="Thêm một kết quả").first.click()
    expect(page.locator("[name$=__2_number]")).to_be_focused()
    visitor.judge_here("act-resolve-grown")
    visitor.act(returned, "correct_result")
    faulty = ResultItem.objects.get(decision__dossier=returned)
    corrected = acting.correct_result(
        returned.pk,
        c.Correction(faulty.pk, "Sai tên đệm."),
        actor=desk.approver.actor,
        version=returned.version,
    )
    visitor.dossier(corrected, "corrected")
    draft = make_upload(desk.case_officer.actor)
    asked = states.processing(desk)
    acting.ask_confirmation(asked.pk, draft.pk, actor=desk.case_officer.actor, version=asked.version)
    owner = Visitor(page, live_server, desk.citizen)
    owner.judge("own-corrected", f"/dossiers/{corrected.pk}/")
    owner.judge("own-confirmation", f"/dossiers/{asked.pk}/confirmation/")
