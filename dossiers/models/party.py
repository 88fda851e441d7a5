"""Persons and organisations as written on one dossier, frozen with the filing."""

from django.db import models

from dossiers.choices import PartyKind, PartyRole
from dossiers.models.dossier import Dossier
from portal.core import ids
from portal.core.sealed import BlindIndexField, SealedJSON


class Party(models.Model):
    """A person or body. `details` (sealed): birth_date, gender, nationality, ethnicity, identity {type,
    number, issued_on, issued_by, country}, tax_number, phone, email, address."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=PartyKind.choices)
    name = models.CharField(max_length=400)
    details = SealedJSON()
    identity_index = BlindIndexField(null=True)
    phone_index = BlindIndexField(null=True)
    tax_index = BlindIndexField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["identity_index"], name="party_identity"),
            models.Index(fields=["phone_index"], name="party_phone"),
            models.Index(fields=["tax_index"], name="party_tax"),
        ]


class DossierParty(models.Model):
    """The part somebody plays in a dossier; rows of an older filing keep their revision."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="parties")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=PartyRole.choices)
    position = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "revision", "role", "position"], name="dossier_party_position"
            ),
        ]
