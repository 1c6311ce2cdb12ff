"""The money ledger of a case: entries are struck by later ones, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingyuan.apps.cases.models.case import Case
from qingyuan.apps.cases.models.contents import Goods
from qingyuan.apps.files.models import Attachment


class MoneyEntry(models.Model):
    """金额台账条目: one amount with what it measures and on what it rests.

    The database refuses UPDATE and DELETE (migration 0001). A correction is a new entry that strikes the old one
    (`strikes`) with a reason; a strike without a new amount has the amount 0.
    """

    class Measure(models.TextChoices):
        SOLD = "sold", _("销售金额")
        UNSOLD = "unsold", _("未销售货值")
        LABEL = "label", _("标识数量")
        LOSS = "loss", _("权利人损失")
        GAIN = "gain", _("违法所得")
        COST = "cost", _("成本")

    class Valuation(models.TextChoices):
        """Why the unit price is what it is."""

        INVOICE = "invoice", _("发票、账册等实际成交价")
        ACTUAL_AVERAGE = "actual_average", _("已查清的实际销售平均价格")
        MARKED = "marked", _("标价")
        MARKET = "market", _("被侵权产品的市场中间价格")
        APPRAISED = "appraised", _("价格认定结论")
        ACCOUNTS = "accounts", _("审计、账目")
        STATED = "stated", _("当事人陈述并有其他证据印证")
        COUNTED = "counted", _("清点数量")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="money")
    measure = models.CharField(max_length=8, choices=Measure.choices)
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    """Yuan; 0 for a count of labels and for a bare strike."""
    quantity = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    quantity_unit = models.CharField(max_length=10, blank=True)
    unit_price = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    valuation = models.CharField(max_length=16, choices=Valuation.choices)
    act_on = models.DateField()
    """Day of the act (the last one of a series): which law and which limitation apply hangs on it."""
    goods = models.ForeignKey(Goods, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    attachment = models.ForeignKey(
        Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)
    strikes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="struck_by"
    )
    reason = models.CharField(max_length=300, blank=True)
    entered_by = models.CharField(max_length=80)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gte=0), name="money_amount_not_negative"),
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(quantity__gte=0), name="money_quantity_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(strikes=None, reason="") | (Q(strikes__isnull=False) & ~Q(reason="")),
                name="money_strike_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(measure="label") | Q(strikes__isnull=False) | Q(quantity__isnull=False),
                name="money_labels_are_counted",
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} {self.amount}"
