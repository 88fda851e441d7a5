"""Words of audit that are stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What became of a proposal."""

    OPEN = "open", _("Đang chờ quyết định")
    APPROVED = "approved", _("Đã đồng ý")
    REJECTED = "rejected", _("Không đồng ý")
    LAPSED = "lapsed", _("Đã quá hạn")
