"""Money that the post collects for us on delivery."""

from django.db import models
from django.db.models import F, Q

from payments.choices import POST_TAKEN, PostStatus
from portal.core import ids


class PostCollection(models.Model):
    """The post takes the money of one fee when it delivers the result, and hands it over later. Đồng.

    `parcel` is the number on the post's label, `amount` what the post was told to collect, `kept` what of it is kept
    as owed back, because the fee did not wait for it. A fee has at most one collection that was not cancelled.
    `transaction` is the booking of the hand-over, shared by all of one transfer.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    fee = models.ForeignKey("dossiers.Fee", on_delete=models.PROTECT, related_name="+")
    parcel = models.CharField(max_length=40)
    amount = models.PositiveBigIntegerField()
    kept = models.PositiveBigIntegerField(default=0)
    status = models.CharField(max_length=9, choices=PostStatus.choices, default=PostStatus.WAITING)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("accounts.Membership", on_delete=models.PROTECT, related_name="+")
    collected_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    transfer_number = models.CharField(max_length=64, blank=True)
    transaction = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fee"], condition=~Q(status=PostStatus.CANCELLED), name="post_collection_one_per_fee"
            ),
            models.CheckConstraint(
                condition=Q(status__in=PostStatus.values), name="post_collection_status_known"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="post_collection_amount_positive"),
            models.CheckConstraint(
                condition=Q(kept=0) | Q(kept__lte=F("amount"), status__in=POST_TAKEN),
                name="post_collection_kept_when_taken",
            ),
            models.CheckConstraint(
                condition=Q(status__in=POST_TAKEN, collected_at__isnull=False)
                | ~Q(status__in=POST_TAKEN) & Q(collected_at__isnull=True),
                name="post_collection_taken_when",
            ),
            models.CheckConstraint(
                condition=Q(status=PostStatus.HANDED_OVER, handed_over_at__isnull=False)
                & Q(transaction__isnull=False)
                & ~Q(transfer_number="")
                | ~Q(status=PostStatus.HANDED_OVER)
                & Q(handed_over_at__isnull=True, transaction__isnull=True, transfer_number=""),
                name="post_collection_handed_when",
            ),
        ]
        indexes = [models.Index(fields=["agency", "status", "noted_at"], name="post_collection_list")]
