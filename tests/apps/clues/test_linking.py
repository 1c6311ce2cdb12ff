"""Merging keeps the originals, un-merging works, and what people judged is remembered."""

from datetime import timedelta

import pytest

from qingyuan.apps.clues import access, actions, queries
from qingyuan.apps.clues.models import Clue, ClueState, Likeness, Matter
from qingyuan.apps.ledger import queries as ledger
from qingyuan.domain.decision import RefusedError
from tests.factories.agencies import District, district
from tests.factories.clues import RECEIVED, received_clue, verifying_clue

pytestmark = pytest.mark.django_db
LATER = RECEIVED + timedelta(days=2)


@pytest.fixture
def qinghe() -> District:
    return district()


def origin(number: str) -> actions.Origin:
    return actions.Origin("inspection", number, f"检{number}", "现场检查", RECEIVED)


def pair(qinghe: District, **given: object) -> tuple[Clue, Clue]:
    first = received_clue(qinghe)
    return first, received_clue(qinghe, at=LATER, **given)


def test_a_matter_is_in_one_clue_and_comes_out_with_a_reason(qinghe: District) -> None:
    clue = received_clue(qinghe, matters=[origin("1")])
    other = received_clue(
        qinghe, party_name="另一家店", place="别处", summary="另一件完全不同的事情,与前面没有关系。"
    )
    with pytest.raises(RefusedError, match=r"检1\(在线索"):
        actions.link_matters(clue=other, matters=[origin("1")], by=qinghe.officer, at=LATER)
    matter = Matter.objects.get(clue=clue)
    with pytest.raises(RefusedError, match="理由"):
        actions.unlink_matter(matter=matter, reason=" ", by=qinghe.officer, at=LATER)
    actions.unlink_matter(matter=matter, reason="不是同一店铺", by=qinghe.officer, at=LATER)
    actions.link_matters(clue=other, matters=[origin("1")], by=qinghe.officer, at=LATER)
    assert [m.unlink_reason for m in queries.matters(clue)] == ["不是同一店铺"]
    assert queries.matter_of("inspection", "1").clue == other


def test_a_likeness_is_proposed_with_reasons_and_the_judgement_stays(qinghe: District) -> None:
    first, second = pair(qinghe)
    likeness = Likeness.objects.get()
    assert (likeness.earlier, likeness.later) == (first, second)
    assert [words for words, _points in likeness.reasons] == ["当事人名称相同", "地址相同", "内容完全相同"]
    actions.judge_likeness(likeness=likeness, answer="no", by=qinghe.officer, at=LATER)
    actions.correct_clue(clue=second, facts=actions.ClueFacts.of(second), by=qinghe.officer, at=LATER)
    actions.correct_clue(
        clue=second,
        facts=actions.ClueFacts(**{**vars(actions.ClueFacts.of(second)), "goods": "红酒"}),
        by=qinghe.officer,
        at=LATER,
    )
    likeness = Likeness.objects.get()
    assert likeness.judgement == Likeness.Judgement.REFUSED
    seen = access.likenesses_visible_to(qinghe.officer)
    assert not queries.waiting_likenesses(seen).exists()


def test_a_proposal_is_seen_only_by_who_sees_both(qinghe: District) -> None:
    first = received_clue(qinghe)
    actions.receive_clue(
        facts=actions.ClueFacts.of(first),
        source="report",
        unit=qinghe.agriculture,
        received_at=LATER,
        by=qinghe.agriculture_officer,
        at=LATER,
    )
    assert access.likenesses_visible_to(qinghe.coordinator).count() == 1
    assert access.likenesses_visible_to(qinghe.officer).count() == 0
    assert access.likenesses_visible_to(qinghe.agriculture_officer).count() == 0


def test_the_same_telephone_is_found_through_its_hash(qinghe: District) -> None:
    received_clue(qinghe, phone_marks=["a" * 64])
    received_clue(qinghe, at=LATER, party_name="甲", place="乙", summary="短", phone_marks=["a" * 64])
    assert [words for words, _points in Likeness.objects.get().reasons] == ["同一联系电话"]


def test_merging_keeps_both_and_separating_starts_from_the_first_day(qinghe: District) -> None:
    first, second = pair(qinghe, matters=[origin("2")])
    merged = actions.merge_clue(
        clue=second, into=first, reason="同一店铺同一商品", by=qinghe.officer, at=LATER
    )
    assert (merged.state, merged.merged_into) == (ClueState.MERGED, first)
    assert ledger.duties_of("clue", merged.pk).get().state == "void"
    assert list(queries.merged_clues(first)) == [merged]
    new = actions.separate_clue(clue=merged, reason="后查明是另一家店", by=qinghe.officer, at=LATER)
    assert new.received_at == merged.received_at and new.origin == merged
    assert ledger.duties_of("clue", new.pk).get().started_at == merged.received_at
    assert queries.matter_of("inspection", "2").clue == new
    with pytest.raises(RefusedError, match="已经拆出"):
        actions.separate_clue(clue=merged, reason="再来", by=qinghe.officer, at=LATER)


def test_merging_into_itself_or_into_what_has_ended_is_refused(qinghe: District) -> None:
    first, second = pair(qinghe)
    with pytest.raises(RefusedError, match="自己"):
        actions.merge_clue(clue=first, into=first, reason="x", by=qinghe.officer, at=LATER)
    actions.merge_clue(clue=second, into=first, reason="同一事项", by=qinghe.officer, at=LATER)
    third = verifying_clue(qinghe)
    with pytest.raises(RefusedError, match="不能再并入"):
        actions.merge_clue(clue=third, into=second, reason="同一事项", by=qinghe.officer, at=LATER)


def test_many_are_merged_all_or_none(qinghe: District) -> None:
    clues = [received_clue(qinghe) for _index in range(4)]
    assert (
        actions.merge_clues(clues=clues, into=clues[0], reason="同一事项", by=qinghe.officer, at=LATER) == 3
    )
    more = [received_clue(qinghe), clues[1]]
    with pytest.raises(RefusedError):
        actions.merge_clues(clues=more, into=clues[0], reason="同一事项", by=qinghe.officer, at=LATER)
    more[0].refresh_from_db()
    assert more[0].state == ClueState.RECEIVED
