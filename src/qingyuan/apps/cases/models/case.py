"""The case itself, its officers and its documents."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingyuan.apps.agencies.models import Assigned, Member, Protected, Unit, protected_indexes
from qingyuan.apps.clues.models import Clue, OfficialDocument
from qingyuan.apps.registry.models import Party


class CaseState(models.TextChoices):
    """案件状态, as lawbook/workflows/case.yaml names them."""

    FILED = "filed", _("已立案")
    INVESTIGATING = "investigating", _("调查取证中")
    EVIDENCE_COMPLETE = "evidence_complete", _("调查终结")
    REVIEWED = "reviewed", _("已审核")
    NOTIFIED = "notified", _("已告知")
    HEARING = "hearing", _("听证中")
    SUSPENDED = "suspended", _("中止调查")
    TRANSFERRED = "transferred", _("已移送公安机关")
    DECIDED = "decided", _("已作出决定")
    SERVED = "served", _("已送达")
    PERFORMED = "performed", _("已履行")
    ENFORCING = "enforcing", _("申请强制执行中")
    DROPPED = "dropped", _("终止调查或者撤销立案")
    REFERRED_OUT = "referred_out", _("已移送其他机关")
    CLOSED = "closed", _("已结案")


TERMINAL = (CaseState.DROPPED, CaseState.REFERRED_OUT, CaseState.CLOSED)


class Case(Protected, Assigned):
    """行政处罚案件: an administrative case under the ordinary procedure."""

    class TransferAnswer(models.TextChoices):
        """What was decided about handing the case to the police."""

        NONE = "", _("尚未决定")
        TRANSFERRED = "transferred", _("决定移送")
        NOT_TRANSFERRED = "not_transferred", _("决定不移送")

    subject_kind = "case"

    number = models.CharField(max_length=40, unique=True)
    cause = models.CharField(max_length=120)
    state = models.CharField(max_length=20, choices=CaseState.choices, default=CaseState.FILED)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    clue = models.OneToOneField(Clue, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    officers = models.ManyToManyField(Member, through="CaseOfficer", related_name="+")
    party_kind = models.CharField(max_length=20, choices=Party.Kind.choices, default=Party.Kind.LEGAL_PERSON)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    party_name = models.CharField(max_length=120)
    party_code = models.CharField(max_length=18, blank=True)
    party_address = models.CharField(max_length=200, blank=True)
    party_head = models.CharField(max_length=60, blank=True)
    """法定代表人、负责人或者经营者."""
    facts = models.TextField()
    conduct = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    """涉嫌行为: what the party is suspected of, in the lawbook's words; the offence candidates follow."""
    elements = models.JSONField(default=dict, blank=True)
    """What an offence needs besides amounts, by element id of the lawbook: true, false, or absent while unknown."""
    earlier_checked_at = models.DateTimeField(null=True, blank=True)
    """When earlier punishments were looked up: with none entered since, there are none."""
    suspicion = models.BooleanField(null=True)
    """合理怀疑: an officer's judgement that the evidence suggests a crime although no line is reached."""
    filed_at = models.DateTimeField()
    party_key = models.CharField(max_length=120, blank=True)
    bigrams = ArrayField(models.CharField(max_length=4), default=list)
    amount = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    """涉案金额: sold and unsold goods together, as the money ledger stands; for lists and statistics."""
    money_confirmed_at = models.DateTimeField(null=True, blank=True)
    transfer_test_at = models.DateTimeField(null=True, blank=True)
    transfer_test_met = models.BooleanField(default=False)
    transfer_answer = models.CharField(
        max_length=20, choices=TransferAnswer.choices, default=TransferAnswer.NONE, blank=True
    )
    transfer_answer_reason = models.CharField(max_length=1000, blank=True)
    statement_waived_at = models.DateTimeField(null=True, blank=True)
    notified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            *protected_indexes("case"),
            GinIndex(fields=["bigrams"], name="case_bigrams"),
            # With all that the list filters by, so that its count reads the index alone.
            models.Index(
                fields=["filed_at", "id"],
                include=[
                    "seen_by",
                    "confidentiality",
                    "state",
                    "unit",
                    "amount",
                    "transfer_test_met",
                    "closed_at",
                ],
                name="case_filed",
            ),
            models.Index(fields=["amount", "id"], name="case_amount"),
            models.Index(fields=["number", "id"], name="case_number_order"),
            models.Index(fields=["unit", "state", "filed_at"], name="case_unit_state"),
            models.Index(fields=["party_key"], name="case_party_key", condition=~Q(party_key="")),
            models.Index(fields=["handler"], name="case_open_handler", condition=Q(closed_at=None)),
            models.Index(
                fields=["id"],
                name="case_not_transferred",
                condition=Q(closed_at__isnull=False, transfer_answer=""),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=(Q(state__in=[str(state) for state in TERMINAL]) & Q(closed_at__isnull=False))
                | (~Q(state__in=[str(state) for state in TERMINAL]) & Q(closed_at=None)),
                name="case_closed_when_terminal",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="case_amount_not_negative"),
            models.CheckConstraint(
                condition=~Q(transfer_answer="not_transferred") | ~Q(transfer_answer_reason=""),
                name="case_not_transferred_with_reason",
            ),
        )

    def __str__(self) -> str:
        return self.number


class CaseOfficer(models.Model):
    """承办人员: an officer on the case, by the number of the enforcement credential shown to the party."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="officer_rows")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    credential = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "member"], name="case_officer_once"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.member_id}"


class CaseDocument(OfficialDocument):
    """案件文书: a document of a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")

    class Meta:
        indexes = (models.Index(fields=["case", "kind"], name="case_document_kind"),)
