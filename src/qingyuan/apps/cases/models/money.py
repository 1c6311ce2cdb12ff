"""The money ledger of a case: entries are struck by later ones, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingyuan.apps.cases.models.case import Case
from qingyuan.apps.cases.models.contents import Goods
from qingyuan.apps.files.models import Attachment
from qingyuan.domain.money_ledger import GOODS, SERVICES, Measure, PriceBasis


class MoneyEntry(models.Model):
    """金额台账条目: one amount with what it measures and on what it rests.

    The database refuses UPDATE and DELETE (migration 0001). A correction is a new entry that strikes the old one
    (`strikes`) with a reason; a bare strike has no amount.
    Measures and price bases are those of `qingyuan.domain.money_ledger`.
    """

    MEASURES = tuple((measure.value, measure.label) for measure in Measure)
    BASES = tuple((basis.value, basis.label) for basis in PriceBasis)
    FORMS = ((GOODS, _("商品")), (SERVICES, _("服务")))

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="money")
    measure = models.CharField(max_length=12, choices=MEASURES)
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    """Yuan; empty while it is not established, and for a bare strike."""
    form = models.CharField(max_length=8, choices=FORMS, default=GOODS)
    quantity = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    quantity_unit = models.CharField(max_length=10, blank=True)
    unit_price = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    valuation = models.CharField(max_length=24, choices=BASES)
    """计价依据: where the price comes from."""
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
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0), name="money_amount_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(quantity__gte=0), name="money_quantity_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(strikes=None, reason="") | (Q(strikes__isnull=False) & ~Q(reason="")),
                name="money_strike_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} {self.amount}"
