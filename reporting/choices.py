"""The words figures are grouped by."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class By(TextChoices):
    AGENCY = "agency", _("Theo cơ quan")
    LEVEL = "level", _("Theo mức dịch vụ")
    MONTH = "month", _("Theo tháng")
