"""Working time of offices as editable data."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.choices import DayKind, HoursKind


class Calendar(models.Model):
    """Which days and hours an office works. `revision` grows with every edit."""

    name = models.SlugField(_("Tên ngắn"), unique=True)
    title = models.CharField(_("Tên lịch"), max_length=120)
    known_from = models.DateField(_("Biết từ ngày"))
    known_until = models.DateField(_("Biết đến hết ngày"))
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Lịch làm việc")
        verbose_name_plural = _("Lịch làm việc")
        constraints = [
            models.CheckConstraint(
                condition=Q(known_until__gte=F("known_from")), name="accounts_calendar_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OfficeHours(models.Model):
    """One session of the ordinary week; weekday 0 is Monday. Local time of Việt Nam."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(validators=[MaxValueValidator(6)])
    opens = models.TimeField()
    closes = models.TimeField()
    kind = models.CharField(max_length=10, choices=HoursKind, default=HoursKind.OFFICE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "weekday", "opens"], name="accounts_officehours_once"
            ),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="accounts_officehours_order"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="accounts_officehours_weekday"),
        ]


class CalendarDay(models.Model):
    """A date that differs from the ordinary week: a holiday, a closure or a swapped working day."""

    calendar = models.ForeignKey(
        Calendar, models.CASCADE, related_name="days", verbose_name=_("Lịch làm việc")
    )
    day = models.DateField(_("Ngày"))
    kind = models.CharField(_("Loại ngày"), max_length=10, choices=DayKind)
    note = models.CharField(_("Ghi chú"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Ngày nghỉ, ngày làm bù")
        verbose_name_plural = _("Ngày nghỉ, ngày làm bù")
        constraints = [
            models.UniqueConstraint(fields=["calendar", "day"], name="accounts_calendarday_once"),
            models.CheckConstraint(condition=Q(kind__in=DayKind.values), name="accounts_calendarday_kind"),
        ]
