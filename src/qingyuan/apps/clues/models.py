"""Clues, what they are made of, what they resemble, and the documents that carry their steps."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingyuan.apps.agencies.models import Assigned, Protected, Unit, protected_indexes
from qingyuan.apps.files.models import Attachment
from qingyuan.apps.registry.models import Party


class NumberSequence(models.Model):
    """编号序列: the last number given in a series and year. Its row lock keeps numbers without gaps and unique."""

    series = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["series", "year"], name="number_sequence_once"),)

    def __str__(self) -> str:
        return f"{self.series} {self.year} {self.last}"


class DocumentWord(models.Model):
    """机关代字: the word a unit's document numbers begin with (青市监); units without one get a derived word."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="+")
    word = models.CharField(max_length=12, unique=True)

    def __str__(self) -> str:
        return self.word


class Source(models.TextChoices):
    """线索来源: how a clue came to the unit (案件来源)."""

    REPORT = "report", _("投诉举报")
    INSPECTION = "inspection", _("监督检查")
    MONITORING = "monitoring", _("网络监测")
    RIGHT_HOLDER = "right_holder", _("权利人反映")
    TRANSFER_IN = "transfer_in", _("其他单位移送")
    SUPERIOR = "superior", _("上级交办")
    SEPARATED = "separated", _("由并入的线索拆出")
    MEDIA = "media", _("媒体披露")
    OTHER = "other", _("其他")


class ClueState(models.TextChoices):
    """线索状态, as lawbook/workflows/clue.yaml names them."""

    RECEIVED = "received", _("待核查")
    VERIFYING = "verifying", _("核查中")
    FILED = "filed", _("已立案")
    REFUSED = "refused", _("不予立案")
    MERGED = "merged", _("已并入其他线索")
    TRANSFERRED_OUT = "transferred_out", _("已移送有管辖权单位")


class Clue(Protected, Assigned):
    """线索: what may be a breach, made up of one or several matters, to be verified within the clock."""

    subject_kind = "clue"

    number = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    source = models.CharField(max_length=20, choices=Source.choices)
    state = models.CharField(max_length=20, choices=ClueState.choices, default=ClueState.RECEIVED)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    goods = models.CharField(max_length=120, blank=True)
    mark_name = models.CharField(max_length=80, blank=True)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    party_name = models.CharField(max_length=120, blank=True)
    party_code = models.CharField(max_length=18, blank=True)
    party_address = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    platform = models.CharField(max_length=60, blank=True)
    summary = models.TextField()
    received_at = models.DateTimeField()
    registered_at = models.DateTimeField()
    party_key = models.CharField(max_length=120, blank=True)
    """Party name as comparisons see it (intelligence.similar.name_key)."""
    place_key = models.CharField(max_length=200, blank=True)
    text_key = models.CharField(max_length=64, blank=True)
    phone_marks = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    """Keyed hashes of telephone numbers in the matters; the numbers themselves are not kept here."""
    bigrams = ArrayField(models.CharField(max_length=4), default=list)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    origin = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """The clue this one was transferred or separated from."""
    transferred_to = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    receipt_number = models.CharField(max_length=60, blank=True)
    receipt_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True)
    """Why it was refused, merged or transferred out, or the number of the case it became."""

    class Meta:
        indexes = (
            *protected_indexes("clue"),
            GinIndex(fields=["bigrams"], name="clue_bigrams"),
            GinIndex(fields=["phone_marks"], name="clue_phone_marks"),
            models.Index(fields=["received_at", "id"], name="clue_received"),
            models.Index(fields=["number", "id"], name="clue_number_order"),
            models.Index(fields=["unit", "state", "received_at"], name="clue_unit_state"),
            models.Index(fields=["party_key"], name="clue_party_key", condition=~Q(party_key="")),
            models.Index(fields=["place_key"], name="clue_place_key", condition=~Q(place_key="")),
            models.Index(fields=["text_key"], name="clue_text_key", condition=~Q(text_key="")),
            models.Index(fields=["handler"], name="clue_open_handler", condition=Q(closed_at=None)),
            models.Index(
                fields=["transferred_to"], name="clue_awaiting_receipt", condition=Q(receipt_at=None)
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=["received", "verifying"], closed_at=None)
                | (~Q(state__in=["received", "verifying"]) & Q(closed_at__isnull=False)),
                name="clue_closed_when_terminal",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into=None)),
                name="clue_merged_into_one",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="clue_not_into_itself"),
            models.CheckConstraint(
                condition=Q(state="transferred_out", transferred_to__isnull=False)
                | (~Q(state="transferred_out") & Q(transferred_to=None)),
                name="clue_transferred_to_one",
            ),
        )

    def __str__(self) -> str:
        return self.number


class Matter(models.Model):
    """来件: one report or other record that makes up a clue. The original stays where it is; this is only the link."""

    clue = models.ForeignKey(Clue, on_delete=models.PROTECT, related_name="matters")
    kind = models.CharField(max_length=40)
    record_id = models.CharField(max_length=64)
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    linked_by = models.CharField(max_length=80)
    linked_at = models.DateTimeField()
    unlinked_by = models.CharField(max_length=80, blank=True)
    unlinked_at = models.DateTimeField(null=True, blank=True)
    unlink_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = (models.Index(fields=["kind", "record_id"], name="matter_record"),)
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "record_id"], condition=Q(unlinked_at=None), name="matter_in_one_clue"
            ),
            models.CheckConstraint(
                condition=Q(unlinked_at=None, unlink_reason="")
                | (Q(unlinked_at__isnull=False) & ~Q(unlink_reason="")),
                name="matter_unlinked_with_reason",
            ),
        )

    def __str__(self) -> str:
        return self.number


class Likeness(models.Model):
    """疑似同一事项: a proposal that two clues are the same matter, with its reasons and what people said of it."""

    class Judgement(models.TextChoices):
        PENDING = "pending", _("待判断")
        CONFIRMED = "confirmed", _("是同一事项")
        REFUSED = "refused", _("不是同一事项")
        UNSURE = "unsure", _("暂不确定")

    earlier = models.ForeignKey(Clue, on_delete=models.PROTECT, related_name="+")
    later = models.ForeignKey(Clue, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    proposed_at = models.DateTimeField()
    judgement = models.CharField(max_length=10, choices=Judgement.choices, default=Judgement.PENDING)
    judged_by = models.CharField(max_length=80, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["later", "judgement"], name="likeness_later"),
            models.Index(fields=["earlier", "judgement"], name="likeness_earlier"),
        )
        constraints = (
            models.UniqueConstraint(fields=["earlier", "later"], name="likeness_once"),
            models.CheckConstraint(condition=~Q(earlier=F("later")), name="likeness_of_two"),
            models.CheckConstraint(
                condition=Q(judgement="pending", judged_at=None)
                | (~Q(judgement="pending") & Q(judged_at__isnull=False)),
                name="likeness_judged_at",
            ),
        )

    def __str__(self) -> str:
        return f"{self.earlier_id} ~ {self.later_id}"


class OfficialDocument(models.Model):
    """文书: a document that carries a step of a workflow; `kind` is the id of the requirement it meets.

    A document carries one step (`used_at`): to go the same way again needs a new one. An approval form counts only
    once a person in charge has approved it (`approved_at`).
    """

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True)
    content = models.TextField(blank=True)
    attachment = models.ForeignKey(
        Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_by = models.CharField(max_length=80)
    made_by_member = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    needs_approval = models.BooleanField(default=False)
    approved_by = models.CharField(max_length=80, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    opinion = models.CharField(max_length=500, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def valid(self) -> bool:
        """Whether it can carry a step now: not used, not refused, and approved where that is needed."""
        return (
            not self.used_at and not self.refused_at and (bool(self.approved_at) or not self.needs_approval)
        )


class ClueDocument(OfficialDocument):
    """线索文书: a document of a clue (立案审批表, 延长核查期限审批表, 线索移送函 …)."""

    clue = models.ForeignKey(Clue, on_delete=models.PROTECT, related_name="documents")

    class Meta:
        indexes = (models.Index(fields=["clue", "kind"], name="clue_document_kind"),)
