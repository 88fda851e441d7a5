"""The tree of agencies and who works for them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.choices import AgencyKind, Role, SignsFor


class Agency(models.Model):
    """A node of the tree, valid from one day until another.

    `path` is `/<id of root>/…/<own id>/`, so "below" is a prefix match. A closed
    agency stays: old dossiers, codes and signatures keep pointing to it.
    """

    code = models.CharField(_("Mã định danh"), max_length=35, unique=True)
    name = models.CharField(_("Tên cơ quan"), max_length=200)
    kind = models.CharField(_("Loại cơ quan"), max_length=20, choices=AgencyKind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Cơ quan cấp trên"),
    )
    path = models.CharField(max_length=255, editable=False)
    valid_from = models.DateField(_("Hoạt động từ ngày"))
    valid_until = models.DateField(_("Hoạt động đến hết ngày"), null=True, blank=True)
    predecessors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="successors", verbose_name=_("Cơ quan tiền thân")
    )
    address = models.CharField(_("Địa chỉ"), max_length=300, blank=True)
    phone = models.CharField(_("Điện thoại"), max_length=30, blank=True)
    calendar = models.ForeignKey(
        "accounts.Calendar", models.PROTECT, related_name="agencies", verbose_name=_("Lịch làm việc")
    )

    class Meta:
        verbose_name = _("Cơ quan")
        verbose_name_plural = _("Cơ quan")
        indexes = [
            models.Index(fields=["path"], name="accounts_agency_path", opclasses=["varchar_pattern_ops"])
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="accounts_agency_validity",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="accounts_agency_not_own_parent"),
            models.CheckConstraint(condition=Q(kind__in=AgencyKind.values), name="accounts_agency_kind"),
        ]

    def __str__(self) -> str:
        return self.name


class AgencyCode(models.Model):
    """Every national code an agency ever had. A code is never given to another agency."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="codes")
    code = models.CharField(max_length=35, unique=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(valid_until__isnull=True),
                name="accounts_agencycode_one_current",
            ),
        ]


class Membership(models.Model):
    """A person works for an agency in some roles. Ended ones stay for the record."""

    user = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="memberships", verbose_name=_("Tài khoản")
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships", verbose_name=_("Cơ quan"))
    roles = ArrayField(models.CharField(max_length=20, choices=Role), verbose_name=_("Vai trò"))
    title = models.CharField(_("Chức vụ"), max_length=120, blank=True)
    signs_for = models.CharField(
        _("Hình thức ký"), max_length=5, choices=SignsFor, default=SignsFor.OWN, blank=True
    )
    since = models.DateTimeField(_("Từ lúc"))
    until = models.DateTimeField(_("Đến lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("Vai trò tại cơ quan")
        verbose_name_plural = _("Vai trò tại cơ quan")
        indexes = [models.Index(fields=["agency", "user"], name="accounts_membership_agency")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency"],
                condition=Q(until__isnull=True),
                name="accounts_membership_one_open",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="accounts_membership_period"
            ),
            models.CheckConstraint(condition=Q(roles__len__gte=1), name="accounts_membership_some_role"),
            models.CheckConstraint(
                condition=Q(roles__contained_by=list(Role.values)), name="accounts_membership_known_roles"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.full_name}, {self.agency.name}"
