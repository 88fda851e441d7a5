"""Words of accounts that are stored: roles, identity levels, kinds of agency, doors."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What an officer may do at one agency (architecture.md, 5)."""

    RECEPTION = "reception", _("Cán bộ tiếp nhận")
    DESK_HEAD = "desk_head", _("Trưởng bộ phận Một cửa")
    CASE_OFFICER = "case_officer", _("Người thụ lý")
    APPROVER = "approver", _("Người có thẩm quyền ký")
    LEADER = "leader", _("Lãnh đạo")
    CATALOGUE_ADMIN = "catalogue_admin", _("Người quản trị TTHC")
    SITE_ADMIN = "site_admin", _("Người quản trị hệ thống")


class IdentityLevel(IntegerChoices):
    """How sure we are who holds an account."""

    DECLARED = 0, _("Tự khai, chưa xác nhận")
    CONTACT_CONFIRMED = 1, _("Đã xác nhận thư điện tử")
    VERIFIED = 2, _("Đã xác minh danh tính")


class ActorKind(TextChoices):
    CITIZEN = "citizen", _("Người dân")
    HELPER = "helper", _("Người giúp nộp")
    OFFICER = "officer", _("Cán bộ")
    SYSTEM = "system", _("Hệ thống")
    ANONYMOUS = "anonymous", _("Khách")


class Door(TextChoices):
    """By which way an act reached us."""

    WEB = "web", _("Trên mạng")
    DESK = "desk", _("Tại quầy")
    API = "api", _("Qua phần mềm khác")
    TASK = "task", _("Tự động")


class AgencyKind(TextChoices):
    PROVINCE = "province", _("Tỉnh, thành phố")
    DEPARTMENT = "department", _("Sở, ban, ngành")
    DISTRICT = "district", _("Huyện, quận")
    COMMUNE = "commune", _("Xã, phường")
    CENTRE = "centre", _("Trung tâm Phục vụ hành chính công")
    POST_POINT = "post_point", _("Bưu cục")
    POLICE = "police", _("Công an")
    SCHOOL = "school", _("Trường học")


class SignsFor(TextChoices):
    """Form of signature on behalf of another (Decree 30/2020, art. 13)."""

    OWN = "", _("Ký theo chức vụ của mình")
    DEPUTY = "KT.", _("Ký thay")
    BY_ORDER = "TL.", _("Thừa lệnh")
    BY_AUTHORITY = "TUQ.", _("Thừa ủy quyền")


class DayKind(TextChoices):
    """How one date differs from the ordinary week."""

    HOLIDAY = "holiday", _("Nghỉ lễ")
    CLOSED = "closed", _("Nghỉ riêng của cơ quan")
    WORKING = "working", _("Làm bù")


class HoursKind(TextChoices):
    OFFICE = "office", _("Giờ làm việc")
    RECEPTION = "reception", _("Chỉ tiếp nhận hồ sơ")


class Language(TextChoices):
    VIETNAMESE = "vi", _("Tiếng Việt")
    ENGLISH = "en", _("English")
