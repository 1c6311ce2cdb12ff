"""A decision carries its reasons wherever it goes."""

from datetime import date

import pytest

from qingyuan.domain.decision import Allowed, Reason, Refused, RefusedError, citations_of, decide
from qingyuan.law import load_book

CITE = load_book().deadline("transfer.approval", on=date(2026, 1, 1)).citations


def test_refusal_raises_with_every_reason_and_its_basis() -> None:
    refused = decide([Reason("还有两批物品在库，先登记返还或者销毁。", CITE), Reason("还有一项义务未办结。")])
    assert isinstance(refused, Refused)
    assert not refused.allowed
    with pytest.raises(RefusedError, match=r"两批物品.*依据：.*第五条.*义务未办结") as raised:
        refused.require()
    assert raised.value.reasons == refused.reasons
    assert raised.value.citations == refused.citations == CITE


def test_allowed_passes_and_says_why() -> None:
    allowed = decide([], [Reason("证据足以合理怀疑涉嫌犯罪。", CITE)])
    assert isinstance(allowed, Allowed)
    assert allowed.require() is allowed
    assert allowed.citations == CITE
    assert allowed.facts() == {
        "allowed": True,
        "reasons": [{"text": "证据足以合理怀疑涉嫌犯罪。", "basis": [CITE[0].facts()]}],
    }


def test_refusal_without_a_reason_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="必须写明理由"):
        Refused(())


def test_refusal_as_facts_and_citations_once_each() -> None:
    refused = Refused((Reason("一", CITE), Reason("二", CITE)))
    assert refused.facts()["allowed"] is False
    assert citations_of(refused.reasons) == CITE
    assert str(Reason("三")) == "三"
