"""Campaigns: a named effort over a period, holding tasks and whatever records later departments attach."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from qingyuan.apps.agencies.models import Protected, protected_indexes
from qingyuan.apps.plan.models.work import Task


class Campaign(Protected):
    """专项行动: name, period, lead unit; a container of tasks and of records of other kinds."""

    region = models.ForeignKey("agencies.Region", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)
    lead = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField()
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    summary = models.TextField(blank=True)
    tasks = models.ManyToManyField(Task, related_name="campaigns")

    class Meta:
        indexes = (
            *protected_indexes("campaign"),
            models.Index(fields=["since", "id"], name="campaign_since"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="campaign_in_order"),
            models.UniqueConstraint(fields=["region", "name", "since"], name="campaign_once"),
        )

    def __str__(self) -> str:
        return self.name


class CampaignRecord(models.Model):
    """A record of any kind counted to a campaign; seen only by those whom the record's own door lets in."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="records")
    kind = models.CharField(max_length=40)
    record_id = models.CharField(max_length=64)
    joined_at = models.DateTimeField()
    joined_by = models.CharField(max_length=80)

    class Meta:
        indexes = (models.Index(fields=["kind", "record_id"], name="campaign_record_subject"),)
        constraints = (
            models.UniqueConstraint(fields=["campaign", "kind", "record_id"], name="campaign_record_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"
