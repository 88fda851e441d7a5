"""The closed lists of those who keep the catalogue: kinds of words, and how records of outside are loaded."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConceptKind(models.TextChoices):
    """Why people's words differ from the official ones."""

    EVERYDAY = "everyday", _("Từ đời thường")
    SHORT = "short", _("Từ viết tắt")
    REGIONAL = "regional", _("Tiếng địa phương")
    ENGLISH = "english", _("Tiếng Anh")
    EVENT = "event", _("Việc xảy ra trong đời")
    QUESTION = "question", _("Câu người dân hỏi")


class ImportKind(models.TextChoices):
    NATIONAL = "national", _("Cơ sở dữ liệu quốc gia")
    FILES = "files", _("Tệp danh mục của phần mềm này")


class ImportState(models.TextChoices):
    STAGED = "staged", _("Chờ xem và áp dụng")
    APPLIED = "applied", _("Đã áp dụng")
    DISCARDED = "discarded", _("Đã bỏ")


class ImportOutcome(models.TextChoices):
    CREATED = "created", _("Thêm mới")
    UPDATED = "updated", _("Cập nhật")
    UNCHANGED = "unchanged", _("Không đổi")
    CONFLICT = "conflict", _("Tỉnh đã tự biên soạn")
    SKIPPED = "skipped", _("Bỏ qua")


class ImportChoice(models.TextChoices):
    """What becomes of a record whose code the province wrote itself."""

    KEEP = "keep", _("Giữ bản của tỉnh, lưu bản nhập thành bản nháp")
    IGNORE = "ignore", _("Giữ bản của tỉnh, bỏ bản nhập")
