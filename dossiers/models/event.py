"""One line of a dossier's history: append-only, each chained to the one before."""

from django.db import models

from dossiers.models.dossier import Dossier
from portal.core.sealed import SealedJSON


class DossierEvent(models.Model):
    """`hash` covers everything but payload and salt, so an erased payload leaves the chain whole.

    `payload_sha256` = SHA-256(salt + canonical JSON of the payload). Row triggers refuse any change but the
    erasure of payload and salt together.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor_user_id = models.UUIDField(null=True)
    actor_membership_id = models.BigIntegerField(null=True)
    actor_agency_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    door = models.CharField(max_length=8)
    filing_sha256 = models.BinaryField(max_length=32, null=True)
    payload = SealedJSON(null=True)
    salt = models.BinaryField(max_length=16, null=True)
    payload_sha256 = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32, null=True)
    hash = models.BinaryField(max_length=32)

    seal_binding = ("dossier_id", "seq")
    app_role_privileges = ("SELECT", "INSERT")
    app_role_updatable = ("payload", "salt")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "seq"], name="event_seq")]
