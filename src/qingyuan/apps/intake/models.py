"""Letters and the matters in them, reporters' sealed identities, imports, routing rules."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingyuan.apps.agencies.models import Assigned, Protected, protected_indexes


class Port(models.TextChoices):
    """来源渠道: the door a letter came through."""

    PLATFORM_12315 = "12315", _("12315平台")
    HOTLINE_12345 = "12345", _("12345热线")
    WEB = "web", _("网上来件")
    PHONE = "phone", _("电话")
    LETTER = "letter", _("信函")
    VISIT = "visit", _("来访")
    TRANSFERRED_IN = "transferred_in", _("其他单位转来")
    RIGHT_HOLDER = "right_holder", _("权利人")


class MatterKind(models.TextChoices):
    """事项类别: each with its own workflow and its own clocks."""

    COMPLAINT = "complaint", _("投诉")
    REPORT = "report", _("举报")
    ENQUIRY = "enquiry", _("咨询")


class Letter(models.Model):
    """来件: what arrived once, as it arrived, without who sent it.

    `text` and `original` (the row of an imported file) have the sender's identity taken out; that is sealed in
    `ReporterIdentity`. `source_number` is the sender system's own number: with `port` it arrives once.
    """

    port = models.CharField(max_length=20, choices=Port.choices)
    source_number = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    goods = models.CharField(max_length=120, blank=True)
    platform = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=200, blank=True)
    party = models.ForeignKey(
        "registry.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    region = models.ForeignKey("agencies.Region", on_delete=models.PROTECT, related_name="+")
    original = models.JSONField(default=dict, blank=True)
    import_ref = models.CharField(max_length=80, blank=True)
    """Import number, sheet and row that the letter came from."""
    registered_by = models.CharField(max_length=60)
    registered_at = models.DateTimeField()
    idempotency_key = models.CharField(max_length=120, blank=True)
    request_digest = models.CharField(max_length=64, blank=True)
    receipt_mac = models.CharField(max_length=64, blank=True)
    """Keyed hash of the receipt code; the code itself is shown once and not kept."""

    class Meta:
        indexes = (models.Index(fields=["receipt_mac"], name="letter_receipt", condition=~Q(receipt_mac="")),)
        constraints = (
            models.UniqueConstraint(
                fields=["port", "source_number"],
                condition=~Q(source_number=""),
                name="letter_source_number_once",
            ),
            models.UniqueConstraint(
                fields=["registered_by", "idempotency_key"],
                condition=~Q(idempotency_key=""),
                name="letter_idempotency_key_once",
            ),
        )

    def __str__(self) -> str:
        return self.title


class ReporterIdentity(models.Model):
    """来件人身份: sealed with a key that is not in the database.

    `sealed` holds name, telephone, address and id number. `phone_mac` is a keyed hash of the telephone, so that the
    same reporter is recognised without opening anything. `named` tells that a name and a way to answer were given.
    """

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="identity")
    sealed = models.BinaryField()
    phone_mac = models.CharField(max_length=64, blank=True)
    named = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["phone_mac"], name="identity_phone", condition=~Q(phone_mac="")),)

    def __str__(self) -> str:
        return f"#{self.pk}"


class Matter(Protected, Assigned):
    """事项: one complaint, report or enquiry out of a letter, with its own state and clocks.

    Hand-overs and the ledger meet it as its kind: see the proxies below.
    """

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="matters")
    kind = models.CharField(max_length=12, choices=MatterKind.choices)
    state = models.CharField(max_length=20, default="received")
    unit = models.ForeignKey(
        "agencies.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The unit that handles it; empty while it waits for the coordinator to assign it."""
    routing = models.JSONField(default=dict, blank=True)
    """Why it went where it went: the rules that matched, in words."""
    received_at = models.DateTimeField()
    port = models.CharField(max_length=20, choices=Port.choices)
    goods = models.CharField(max_length=120, blank=True)
    party = models.ForeignKey(
        "registry.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    named = models.BooleanField(default=False)
    """实名: the reporter gave a name and a way to answer."""
    joined_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined"
    )
    came_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """The matter of another unit that was forwarded here."""
    reopen_requested_at = models.DateTimeField(null=True, blank=True)
    """When the reporter said that it is not solved; cleared when somebody takes it up."""
    clue_ref = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=2000, blank=True)
    """What was decided, as the notice says it; the reporter may read it."""
    bigrams = ArrayField(models.CharField(max_length=4), default=list)
    registered_unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")
    """The unit that took the letter in; it goes on seeing what becomes of it."""
    changed_at = models.DateTimeField()

    class Meta:
        indexes = (
            # With all that the register filters by, so that a list's count reads the index alone.
            models.Index(
                fields=["received_at", "id"],
                include=["seen_by", "confidentiality", "kind", "state", "port", "unit", "closed_at"],
                name="matter_received",
            ),
            models.Index(fields=["changed_at", "id"], name="matter_changed"),
            models.Index(fields=["unit", "state", "received_at"], name="matter_unit_state"),
            models.Index(fields=["handler"], name="matter_handler", condition=Q(closed_at=None)),
            models.Index(fields=["letter"], name="matter_letter"),
            models.Index(fields=["party", "received_at"], name="matter_party"),
            models.Index(fields=["received_at"], name="matter_unrouted", condition=Q(unit=None)),
            GinIndex(fields=["bigrams"], name="matter_bigrams"),
            *protected_indexes("matter"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(joined_to=models.F("id")), name="matter_not_joined_to_itself"
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """登记编号: kind, year and running number, as people quote it."""
        return f"{PREFIXES[self.kind]}{self.received_at:%Y}-{self.pk:06d}"


PREFIXES = {MatterKind.COMPLAINT: "投", MatterKind.REPORT: "举", MatterKind.ENQUIRY: "询"}


class OfKind(models.Manager[Any]):
    """The matters of a proxy's own kind."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(kind=self.model.subject_kind)


class Complaint(Matter):
    """投诉: a dispute between a consumer and a trader; mediation, never a penalty."""

    subject_kind = "complaint"
    objects = OfKind()

    class Meta:
        proxy = True


class Report(Matter):
    """举报: a tip that a trader breaks the law; verification, perhaps a case."""

    subject_kind = "report"
    objects = OfKind()

    class Meta:
        proxy = True


class Enquiry(Matter):
    """咨询: a question."""

    subject_kind = "enquiry"
    objects = OfKind()

    class Meta:
        proxy = True


class RoutingRule(models.Model):
    """分流规则: which letters go to which unit, as data.

    `conditions` are those of `qingyuan.domain.routing.RoutingRule`: goods, regions, platforms, sources, words and
    without as lists, power (a kind of unit) as text.
    """

    name = models.CharField(max_length=80, unique=True)
    conditions = models.JSONField(default=dict)
    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")
    priority = models.IntegerField(default=100)
    active = models.BooleanField(default=True)
    basis = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class RoutingStamp(models.Model):
    """One row that counts changes of the routing rules, so that processes know when to reread them."""

    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.version)


class ColumnMapping(models.Model):
    """列对应关系: how the columns of a kind of file map to fields, remembered by the file's heads."""

    signature = models.CharField(max_length=64, unique=True)
    port = models.CharField(max_length=20, choices=Port.choices)
    kind = models.CharField(max_length=12, choices=MatterKind.choices)
    columns = models.JSONField(default=dict)
    saved_by = models.CharField(max_length=60)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.signature[:12]


class Import(models.Model):
    """导入: one file on its way into the register: uploaded, mapped, checked, confirmed, taken in.

    Progress is in the rows themselves, so that it can be stopped, killed and continued.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("待确认列对应")
        CHECKING = "checking", _("检查中")
        CHECKED = "checked", _("待确认导入")
        TAKING_IN = "taking_in", _("导入中")
        STOPPED = "stopped", _("已停止")
        COMPLETED = "completed", _("已完成")
        FAILED = "failed", _("无法读取")

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    heads = models.JSONField(default=list)
    """[{"sheet", "head_row", "heads": [...], "signature"}], one a sheet."""
    columns = models.JSONField(default=dict)
    port = models.CharField(max_length=20, choices=Port.choices, blank=True)
    kind = models.CharField(max_length=12, choices=MatterKind.choices, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.UPLOADED)
    fault = models.CharField(max_length=500, blank=True)
    uploaded_by = models.ForeignKey("agencies.Member", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    rows = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    already_there = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["uploaded_by", "id"], name="import_member"),)

    def __str__(self) -> str:
        return self.name


class ImportOriginal(models.Model):
    """导入原件: the file as uploaded, sealed: it holds reporters' names and telephone numbers."""

    owner = models.OneToOneField(Import, on_delete=models.PROTECT, related_name="original")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"#{self.pk}"


class ImportRow(models.Model):
    """导入行: one row of the file, read and checked, before and after it becomes a letter."""

    class State(models.TextChoices):
        GOOD = "good", _("待导入")
        BAD = "bad", _("有问题")
        CREATED = "created", _("已导入")
        ALREADY_THERE = "already_there", _("已在登记簿中")

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="+")
    sheet = models.CharField(max_length=60)
    row = models.PositiveIntegerField()
    """As the person sees it in the spreadsheet, counted from 1."""
    values = models.JSONField(default=dict)
    original = models.JSONField(default=dict)
    sealed = models.BinaryField(default=bytes)
    faults = models.JSONField(default=list)
    """[{"column", "reason"}]"""
    state = models.CharField(max_length=14, choices=State.choices)

    class Meta:
        indexes = (models.Index(fields=["batch", "state", "id"], name="import_row_state"),)

    def __str__(self) -> str:
        return f"{self.sheet}:{self.row}"
