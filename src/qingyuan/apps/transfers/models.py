"""Transfers of suspected crimes to the police, and what became of them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingyuan.apps.agencies.models import Assigned, Protected, Unit, protected_indexes
from qingyuan.apps.cases.models import Case
from qingyuan.apps.clues.models import OfficialDocument


class TransferState(models.TextChoices):
    """移送状态, as lawbook/workflows/transfer.yaml names them."""

    PROPOSED = "proposed", _("待负责人审批")
    APPROVED = "approved", _("已批准移送")
    NOT_APPROVED = "not_approved", _("不批准移送")
    HANDED_OVER = "handed_over", _("已送交公安机关")
    FORWARDED = "forwarded", _("公安机关已转送有管辖权机关")
    SUPPLEMENTING = "supplementing", _("待补正材料")
    RECEIVED = "received", _("公安机关已签收受理")
    POLICE_FILED = "police_filed", _("公安机关已立案")
    POLICE_NOT_FILED = "police_not_filed", _("公安机关不予立案")
    RECONSIDERING = "reconsidering", _("公安机关复议中")
    REFUSAL_UPHELD = "refusal_upheld", _("复议维持不予立案")
    SUPERVISION_SUGGESTED = "supervision_suggested", _("已建议立案监督")
    REASONS_REQUESTED = "reasons_requested", _("检察院已要求说明不立案理由")
    REASONS_STATED = "reasons_stated", _("公安机关已说明理由")
    FILING_ORDERED = "filing_ordered", _("检察院已通知立案")
    GOODS_HANDED_OVER = "goods_handed_over", _("涉案物品已移交")
    PROSECUTION_REVIEW = "prosecution_review", _("审查起诉中")
    PROSECUTED = "prosecuted", _("已提起公诉")
    JUDGED = "judged", _("已判决")
    RETURNED = "returned", _("已退回行政机关处理")
    CLOSED = "closed", _("已办结")


TERMINAL = (TransferState.NOT_APPROVED, TransferState.CLOSED)
FILED = (
    TransferState.POLICE_FILED,
    TransferState.GOODS_HANDED_OVER,
    TransferState.PROSECUTION_REVIEW,
    TransferState.PROSECUTED,
    TransferState.JUDGED,
)
"""States in which the police have filed the case and nobody has sent it back."""


class Transfer(Protected, Assigned):
    """移送: handing a suspected crime to the police (国务院令第310号), and everything up to its outcome."""

    class Route(models.TextChoices):
        """On what ground it goes: the line is reached, or reasonable suspicion below it (第三条第二款)."""

        MUST = "must_transfer", _("达到追诉标准,应当移送")
        SUSPICION = "transfer_on_reasonable_suspicion", _("有合理嫌疑,移送")

    subject_kind = "transfer"

    number = models.CharField(max_length=40, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    sender = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    police = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    procuratorate = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=24, choices=TransferState.choices, default=TransferState.PROPOSED)
    route = models.CharField(max_length=40, choices=Route.choices)
    offences = ArrayField(models.CharField(max_length=40), default=list)
    finding = models.JSONField()
    """The transfer test as it stood when the transfer was proposed: every figure, line and article."""
    proposed_at = models.DateTimeField()
    outcome = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = (
            *protected_indexes("transfer"),
            models.Index(fields=["proposed_at", "id"], name="transfer_proposed"),
            models.Index(fields=["number", "id"], name="transfer_number_order"),
            models.Index(fields=["sender", "state"], name="transfer_sender_state"),
            models.Index(fields=["police", "state"], name="transfer_police_state"),
            models.Index(fields=["handler"], name="transfer_open_handler", condition=Q(closed_at=None)),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["case"], condition=Q(closed_at=None), name="transfer_one_open_per_case"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=[str(state) for state in TERMINAL]) & Q(closed_at__isnull=False))
                | (~Q(state__in=[str(state) for state in TERMINAL]) & Q(closed_at=None)),
                name="transfer_closed_when_terminal",
            ),
        )

    def __str__(self) -> str:
        return self.number


class TransferDocument(OfficialDocument):
    """移送文书: a document of a transfer, by the side that made it."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="documents")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["transfer", "kind"], name="transfer_document_kind"),)
