"""What a case is about: marks, goods, evidence, and what the party was punished for before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingyuan.apps.cases.models.case import Case
from qingyuan.apps.files.models import Attachment


class Mark(models.Model):
    """涉案标识: a mark, patent or other right that the case touches."""

    class Right(models.TextChoices):
        TRADEMARK = "trademark", _("商标")
        GEOGRAPHICAL = "geographical", _("地理标志")
        PATENT = "patent", _("专利")
        COPYRIGHT = "copyright", _("著作权")
        SPECIAL = "special", _("特殊标志、官方标志")
        OTHER = "other", _("其他")

    class Relation(models.TextChoices):
        """How the accused sign stands to the registered one."""

        IDENTICAL = "identical", _("相同")
        SIMILAR = "similar", _("近似")
        UNKNOWN = "unknown", _("尚未认定")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="marks")
    right = models.CharField(max_length=20, choices=Right.choices, default=Right.TRADEMARK)
    name = models.CharField(max_length=80)
    owner = models.CharField(max_length=120)
    registration = models.CharField(max_length=40, blank=True)
    mark_class = models.CharField(max_length=20, blank=True)
    """国际分类 (第25类), as registered."""
    relation = models.CharField(max_length=12, choices=Relation.choices, default=Relation.UNKNOWN)
    same_goods = models.BooleanField(null=True)
    """同一种商品 or service as registered; None while not established."""
    source = models.CharField(max_length=200, blank=True)
    """Where the registration was looked up, or which certificate shows it."""
    entered_by = models.CharField(max_length=80)
    entered_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["name"], name="mark_name"),)

    def __str__(self) -> str:
        return self.name


class Goods(models.Model):
    """涉案物品: goods or labels of the case and what became of them."""

    class Kind(models.TextChoices):
        GOODS = "goods", _("商品")
        LABELS = "labels", _("标识、包装")
        TOOLS = "tools", _("工具、设备、原材料")

    class Disposal(models.TextChoices):
        NOT_HELD = "not_held", _("未扣留")
        HELD = "held", _("扣押或者查封中")
        RETURNED = "returned", _("已退还")
        HANDED_OVER = "handed_over", _("已移交")
        DESTROYED = "destroyed", _("已销毁")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="goods")
    mark = models.ForeignKey(Mark, null=True, blank=True, on_delete=models.PROTECT, related_name="goods")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.GOODS)
    name = models.CharField(max_length=120)
    specification = models.CharField(max_length=80, blank=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    quantity_unit = models.CharField(max_length=10)
    place = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    """进货来源, as the party or the papers say."""
    disposal = models.CharField(max_length=12, choices=Disposal.choices, default=Disposal.NOT_HELD)
    disposal_note = models.CharField(max_length=200, blank=True)
    entered_by = models.CharField(max_length=80)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(quantity__gt=0), name="goods_quantity_positive"),)

    def __str__(self) -> str:
        return self.name


class Evidence(models.Model):
    """证据: one item, of a kind the law knows, with where and by whom it was obtained."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("书证")
        OBJECT = "object", _("物证")
        AUDIOVISUAL = "audiovisual", _("视听资料")
        ELECTRONIC = "electronic", _("电子数据")
        WITNESS = "witness", _("证人证言")
        STATEMENT = "statement", _("当事人的陈述")
        APPRAISAL = "appraisal", _("鉴定意见")
        RECORD = "record", _("勘验笔录、现场笔录")

    class Preservation(models.TextChoices):
        """先行登记保存, and what was done with it within the term."""

        NONE = "", _("未先行登记保存")
        KEPT = "kept", _("先行登记保存中")
        RELEASED = "released", _("已解除")
        SEIZED = "seized", _("已转为扣押或者查封")
        APPRAISED = "appraised", _("已送检测、检验、鉴定")
        RECORDED = "recorded", _("已复制、拍照取证后返还")
        CONFISCATED = "confiscated", _("已依法没收")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    name = models.CharField(max_length=120)
    origin = models.CharField(max_length=200)
    """Where it comes from and how it was obtained."""
    obtained_at = models.DateTimeField()
    obtained_by = models.CharField(max_length=120)
    attachment = models.ForeignKey(
        Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    preservation = models.CharField(
        max_length=12, choices=Preservation.choices, default=Preservation.NONE, blank=True
    )
    preserved_at = models.DateTimeField(null=True, blank=True)
    preservation_ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(preservation="", preserved_at=None, preservation_ended_at=None)
                | Q(preservation="kept", preserved_at__isnull=False, preservation_ended_at=None)
                | (
                    ~Q(preservation__in=["", "kept"])
                    & Q(preserved_at__isnull=False, preservation_ended_at__isnull=False)
                ),
                name="evidence_preservation_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.name


class EarlierPunishment(models.Model):
    """前科劣迹: an earlier punishment of the party, administrative or criminal."""

    class Kind(models.TextChoices):
        ADMINISTRATIVE = "administrative", _("行政处罚")
        CRIMINAL = "criminal", _("刑事处罚")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="earlier_punishments")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    decided_on = models.DateField()
    decision_number = models.CharField(max_length=60, blank=True)
    authority = models.CharField(max_length=80)
    cause = models.CharField(max_length=120)
    offences = models.CharField(max_length=80, blank=True)
    """The offence or breach it was for, where it counts as of the same kind: ids of thresholds, separated by spaces."""
    entered_by = models.CharField(max_length=80)
    entered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.decision_number or f"{self.authority} {self.decided_on}"
