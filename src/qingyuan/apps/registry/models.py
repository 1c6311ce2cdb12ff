"""Parties: whom complaints, clues and cases are about."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Party(models.Model):
    """主体: a legal person, an individual business or a natural person that records name as respondent.

    `name` and `address` are kept as given; the `folded_` fields are what exact matching compares. Which parties
    are in truth the same one is decided elsewhere, and never by overwriting one of them.
    """

    class Kind(models.TextChoices):
        LEGAL_PERSON = "legal_person", _("法人或者非法人组织")
        INDIVIDUAL_BUSINESS = "individual_business", _("个体工商户")
        NATURAL_PERSON = "natural_person", _("自然人")

    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.LEGAL_PERSON)
    name = models.CharField(max_length=120)
    folded_name = models.CharField(max_length=120)
    credit_code = models.CharField(max_length=18, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    folded_address = models.CharField(max_length=200, blank=True)
    region = models.ForeignKey(
        "agencies.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sort_key = models.CharField(max_length=200)
    """The name in pinyin, so that lists read in the order people expect."""
    bigrams = ArrayField(models.CharField(max_length=4), default=list)
    registered_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["sort_key", "id"], name="party_sort"),
            models.Index(fields=["registered_at", "id"], name="party_registered"),
            models.Index(fields=["folded_name"], name="party_name"),
            GinIndex(fields=["bigrams"], name="party_bigrams"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["credit_code"], condition=~Q(credit_code=""), name="party_credit_code_once"
            ),
            models.UniqueConstraint(
                fields=["folded_name", "folded_address"],
                condition=Q(credit_code=""),
                name="party_name_and_address_once",
            ),
        )

    def __str__(self) -> str:
        return self.name
