"""A commune at work with the two procedures that the tests of prints and registers need."""

from portal.accounts.choices import Role
from tests.factories.catalogue import import_catalogue
from tests.factories.dossiers import MARITAL, PERMIT, Desk
from tests.factories.people import make_agency, make_officer, make_verified_user


def make_desk() -> Desk:
    """Each call makes another one."""
    import_catalogue(MARITAL, PERMIT)
    agency = make_agency()
    return Desk(
        agency,
        make_officer(Role.RECEPTION, agency=agency, full_name="Lê Thu Trang"),
        make_officer(Role.DESK_HEAD, agency=agency, full_name="Phạm Văn Trưởng"),
        make_officer(Role.CASE_OFFICER, agency=agency, full_name="Đỗ Thị Lý"),
        make_officer(Role.APPROVER, agency=agency, full_name="Vũ Quang Ký"),
        make_verified_user(),
    )
