"""The decision of a case, its service and its performance."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingyuan.apps.cases.models.case import Case


class Decision(models.Model):
    """处罚决定: what was decided, how it was served and how far it is performed."""

    class Kind(models.TextChoices):
        PENALTY = "penalty", _("给予行政处罚")
        NO_PENALTY = "no_penalty", _("不予行政处罚")

    class Penalty(models.TextChoices):
        """处罚种类 (双公示 CF_CFLB)."""

        WARNING = "warning", _("警告")
        CRITICISM = "criticism", _("通报批评")
        FINE = "fine", _("罚款")
        GAIN = "confiscate_gain", _("没收违法所得")
        GOODS = "confiscate_goods", _("没收非法财物")
        SUSPEND = "suspend", _("责令停产停业")
        LICENCE = "licence", _("暂扣、吊销许可证件")
        OTHER = "other", _("法律、行政法规规定的其他行政处罚")

    class Service(models.TextChoices):
        """送达方式."""

        DIRECT = "direct", _("直接送达")
        LEFT = "left", _("留置送达")
        POST = "post", _("邮寄送达")
        ELECTRONIC = "electronic", _("电子送达")
        ENTRUSTED = "entrusted", _("委托、转交送达")
        ANNOUNCED = "announced", _("公告送达")

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    penalties = ArrayField(models.CharField(max_length=20, choices=Penalty.choices), default=list)
    fine = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    gain_confiscated = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    goods_confiscated = models.BooleanField(default=False)
    content = models.TextField()
    basis = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80)
    party_absent = models.BooleanField(default=False)
    served_at = models.DateTimeField(null=True, blank=True)
    service = models.CharField(max_length=12, choices=Service.choices, blank=True)
    paid = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    performed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["decided_at", "id"], name="decision_decided"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(fine__gte=0, gain_confiscated__gte=0, paid__gte=0),
                name="decision_amounts_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(kind="penalty")
                | Q(kind="no_penalty", fine=0, gain_confiscated=0, goods_confiscated=False),
                name="decision_no_penalty_takes_nothing",
            ),
            models.CheckConstraint(
                condition=Q(served_at=None, service="") | (Q(served_at__isnull=False) & ~Q(service="")),
                name="decision_served_somehow",
            ),
        )

    def __str__(self) -> str:
        return self.number
