"""Regions, units, members and what lets one see another's records."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingyuan.apps.ledger.actions import Actor


class Role(models.TextChoices):
    """角色: what a member does in the unit, design §4."""

    COORDINATOR = "coordinator", _("双打办统筹人员")
    OFFICER = "officer", _("执法人员")
    LEADER = "leader", _("单位负责人")
    POLICE_OFFICER = "police_officer", _("公安民警")
    PROSECUTOR = "prosecutor", _("检察官")
    COURT_CLERK = "court_clerk", _("法院书记员")
    DESTRUCTION_SUPERVISOR = "destruction_supervisor", _("销毁监督员")
    ADMINISTRATOR = "administrator", _("系统管理员")


class UnitKind(models.TextChoices):
    """单位类别: the line of government a unit belongs to, whatever its local name."""

    OFFICE = "office", _("双打办")
    MARKET_REGULATION = "market_regulation", _("市场监管")
    POLICE = "police", _("公安")
    PROCURATORATE = "procuratorate", _("检察院")
    COURT = "court", _("法院")
    PUBLICITY = "publicity", _("宣传(版权)")
    CYBERSPACE = "cyberspace", _("网信")
    POLITICS_LAW = "politics_law", _("政法委")
    CULTURE_TOURISM = "culture_tourism", _("文旅")
    INDUSTRY = "industry", _("工信")
    AGRICULTURE = "agriculture", _("农业农村")
    FORESTRY = "forestry", _("林草")
    HEALTH = "health", _("卫健")
    ECOLOGY = "ecology", _("生态环境")
    COMMERCE = "commerce", _("商务")
    TAX = "tax", _("税务")
    FINANCE = "finance", _("财政")
    JUSTICE = "justice", _("司法行政")
    DEVELOPMENT_REFORM = "development_reform", _("发改")
    INFORMATION = "information", _("信息中心")
    OTHER = "other", _("其他")


class Region(models.Model):
    """行政区划: a place by its six-digit code (GB/T 2260)."""

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=60)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class Scope(models.Model):
    """数据范围: one number that records list and members hold; each unit and each joint team has one."""

    label = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.label


class Unit(models.Model):
    """单位: a member unit of the leading group, or one that works with it."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=40)
    aliases = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    kind = models.CharField(max_length=30, choices=UnitKind.choices)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scope = models.OneToOneField(Scope, on_delete=models.PROTECT, related_name="+")
    credit_code = models.CharField(max_length=18, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        indexes = (models.Index(fields=["region", "kind"], name="unit_region_kind"),)

    def __str__(self) -> str:
        return self.short_name


class GroupMembership(models.Model):
    """成员单位资格: from when to when a unit belongs to the leading group; collective phrases resolve by it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="group_membership_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.since}–{self.until or ''}"


class MemberManager(BaseUserManager["Member"]):
    """Finds members by user name, as sign-in does."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> Member:
        """Create a member for tests and set-up; `actions.add_member` is the way in the system."""
        member = self.model(username=username, **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member


class Member(AbstractBaseUser):
    """人员: a person at work in one unit, who signs in under this name."""

    class Reach(models.TextChoices):
        OWN = "own", _("本单位")
        BELOW = "below", _("本单位及下级单位")

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    roles = ArrayField(models.CharField(max_length=30, choices=Role.choices), default=list)
    reach = models.CharField(max_length=8, choices=Reach.choices, default=Reach.OWN)
    clearance = models.PositiveSmallIntegerField(default=0)
    """密级: records above this confidentiality stay unseen (0 公开内部, 1 内部敏感, 2 秘密)."""
    scopes = ArrayField(models.IntegerField(), default=list)
    """What this member may see, precomputed by `actions.refresh_scopes`; delegations are added per request."""
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, default="zh-hans")
    is_active = models.BooleanField(default=True)

    objects = MemberManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("name",)

    class Meta:
        indexes = (models.Index(fields=["unit"], name="member_unit"),)

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> Actor:
        """This member as the ledger writes it. Needs `unit` loaded; sign-in loads it."""
        return Actor(name=self.name, unit=self.unit.code, member_id=self.pk)

    def has_role(self, *roles: str) -> bool:
        """Tell whether the member has any of the roles."""
        return bool(set(roles) & set(self.roles))

    # Django's own permission framework is not used (ADR 0006); these two keep third-party apps from guessing.
    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Team(models.Model):
    """联合专班: units that share the records given to the team."""

    name = models.CharField(max_length=80)
    scope = models.OneToOneField(Scope, on_delete=models.PROTECT, related_name="+")
    members = models.ManyToManyField(Member, related_name="+")
    purpose = models.CharField(max_length=200)
    disbanded_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Delegation(models.Model):
    """委托: while away, a member lets a colleague see and do what is theirs."""

    principal = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=200)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["delegate", "until"], name="delegation_delegate"),)
        constraints = (
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="delegation_in_order"),
            models.CheckConstraint(condition=~Q(principal=F("delegate")), name="delegation_to_another"),
        )

    def __str__(self) -> str:
        return f"{self.principal} → {self.delegate}"


class HandOver(models.Model):
    """工作移交: all of one member's open work to another; it takes effect when both have signed."""

    giver = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    giver_signed_at = models.DateTimeField(null=True, blank=True)
    receiver_signed_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    moved = models.JSONField(default=dict)
    """How many records of each kind went over, once completed."""

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="hand_over_to_another"),
            models.CheckConstraint(
                condition=Q(completed_at=None)
                | Q(giver_signed_at__isnull=False, receiver_signed_at__isnull=False),
                name="hand_over_needs_both_signatures",
            ),
        )

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver}"


class ApiToken(models.Model):
    """接口令牌: lets another system act as a member; only its hash is kept."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class SavedFilter(models.Model):
    """常用筛选: a named list filter, one's own or shared with the unit."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    listing = models.CharField(max_length=60)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000)
    shared = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["member", "listing", "name"], name="saved_filter_name_once"),
        )

    def __str__(self) -> str:
        return self.name


class Protected(models.Model):
    """A record that only some may see.

    `seen_by` holds the scopes that may, precomputed by the action that changes who takes part (ADR 0005);
    `access.visible` is the only reader. A child declares its own GIN index through `protected_indexes`.
    """

    seen_by = ArrayField(models.IntegerField(), default=list)
    confidentiality = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True


def protected_indexes(name: str) -> tuple[models.Index, ...]:
    """Return the indexes a Protected model needs, named after it."""
    return (GinIndex(fields=["seen_by"], name=f"{name}_seen_by"),)


class Assigned(models.Model):
    """Work in a member's hands until it is closed; a hand-over finds it by this base.

    A child sets `subject_kind` (its kind in the ledger) and indexes `handler` where `closed_at` is null.
    """

    subject_kind = ""
    handler = models.ForeignKey(
        "agencies.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
