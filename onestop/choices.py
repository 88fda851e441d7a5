"""Words of the counter that are stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CertificationKind(TextChoices):
    """A register of certifications (Decree 23/2015/NĐ-CP): one book per agency, kind and year."""

    COPIES = "copies", _("Chứng thực bản sao")
    SIGNATURES = "signatures", _("Chứng thực chữ ký")

    @property
    def sign(self) -> str:
        """How the book is signed on the stamp."""
        return {"copies": "SCT/BS", "signatures": "SCT/CK"}[self.value]
