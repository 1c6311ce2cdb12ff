"""The test itself: choose the standards of the day of the act, judge each offence, choose the route."""

from collections.abc import Iterator
from datetime import date

from qingyuan.domain.decision import Reason
from qingyuan.domain.transfer_test.facts import TransferFacts
from qingyuan.domain.transfer_test.findings import (
    ADMINISTRATIVE,
    MET,
    MUST_TRANSFER,
    NEAR,
    NEEDS_FACTS,
    NOT_MET,
    ON_SUSPICION,
    OffenceFinding,
    TransferFinding,
)
from qingyuan.domain.transfer_test.lines import RegimeResult, compare
from qingyuan.domain.transfer_test.missing import MissingFact, missing_facts
from qingyuan.law.book import Book
from qingyuan.law.rules import Evidence
from qingyuan.law.thresholds import Offence, TransferRules, transfer_rules


def transfer_test(facts: TransferFacts, on: date, book: Book) -> TransferFinding:
    """Hold the facts against every offence that punishes such conduct, as the law stood and stands on `on`.

    The finding is the same for the same facts in any order. Raises ValueError when an act lies after `on`.
    """
    days = facts.act_days()
    if days and days[-1] > on:
        raise ValueError(f"行为日期 {days[-1]} 晚于审查日期 {on}。请改正其中一个日期。")
    rules = transfer_rules(book)
    act_day = days[-1] if days else on
    findings = tuple(
        _finding(offence, facts, on, rules)
        for offence in book.all_offences
        if (facts.conduct is None or facts.conduct & set(offence.conduct))
        and (offence.regimes.on(act_day) or offence.regimes.on(on))
    )
    route, reasons, review_needed = _route(findings, facts, on, rules)
    return TransferFinding(
        on, book.version, findings, route, rules.routes[route].label, reasons, review_needed
    )


def _finding(offence: Offence, facts: TransferFacts, on: date, rules: TransferRules) -> OffenceFinding:
    days = facts.act_days()
    results = _results(offence, facts, days[-1] if days else on, on)
    chosen, choice = _chosen(results, days, on, rules)
    excluded = tuple(element.label for element in offence.elements if facts.elements.get(element.id) is False)
    missing = _missing(offence, chosen, facts, days, on)
    return OffenceFinding(
        offence=offence,
        status=_status(chosen, missing, excluded, rules),
        chosen=chosen,
        compared=results,
        choice=choice,
        missing=missing,
        excluded=excluded,
        notes=tuple(_notes(offence, chosen, days, rules)),
    )


def _results(offence: Offence, facts: TransferFacts, act_day: date, on: date) -> tuple[RegimeResult, ...]:
    """The standards on the day of the act, and those of today where they differ; the older first."""
    results = []
    for day in dict.fromkeys((act_day, on)):
        regime = offence.regimes.on(day)
        if regime is not None:
            results.append(compare(regime, day, facts))
    if len(results) == 2 and [item.line for item in results[0].lines] == [
        item.line for item in results[1].lines
    ]:
        results.pop()
    return tuple(results)


def _chosen(
    results: tuple[RegimeResult, ...], days: tuple[date, ...], on: date, rules: TransferRules
) -> tuple[RegimeResult | None, Reason]:
    sources = tuple(source.citation for source in rules.choice_sources)
    act_day = days[-1] if days else on
    if results[0].day != act_day:
        return None, Reason(f"行为日 {act_day} 没有录入当时的数额标准；不得适用后来的标准入罪", sources)
    if len(results) == 1:
        return results[0], Reason(f"适用{results[0].regime.label}（行为日 {act_day}）")
    old, new = results
    if new.severity < old.severity:
        return new, Reason(
            f"{rules.choice_label}：行为时与现行标准结果不同，现行{new.regime.label}较轻，从轻", sources
        )
    why = "两者结果相同" if new.severity == old.severity else "现行标准不较轻"
    return old, Reason(f"{rules.choice_label}：适用行为时的{old.regime.label}（{why}）", sources)


def _missing(
    offence: Offence, chosen: RegimeResult | None, facts: TransferFacts, days: tuple[date, ...], on: date
) -> tuple[MissingFact, ...]:
    undated = (
        ()
        if days
        else (
            MissingFact(
                "act_date", "行为日期", (f"行为日决定适用哪一套标准；暂按 {on} 有效的标准",), decisive=False
            ),
        )
    )
    if chosen is None:
        judged = MissingFact(
            "circumstances", "行为时没有录入数额标准", ("须由法制机构按行为时的规定判断",), decisive=True
        )
        return (*undated, judged)
    return (*undated, *missing_facts(offence, chosen, facts))


def _status(
    chosen: RegimeResult | None,
    missing: tuple[MissingFact, ...],
    excluded: tuple[str, ...],
    rules: TransferRules,
) -> str:
    if excluded:
        return NOT_MET
    if chosen is not None and chosen.severity[0] > 0:
        return MET
    if any(fact.decisive for fact in missing):
        return NEEDS_FACTS
    if chosen is not None and chosen.share >= rules.near_share:
        return NEAR
    return NOT_MET


def _notes(
    offence: Offence, chosen: RegimeResult | None, days: tuple[date, ...], rules: TransferRules
) -> Iterator[str]:
    if days and offence.regimes.on(days[0]) is not offence.regimes.on(days[-1]):
        yield rules.choice_doubt
    if chosen is None:
        return
    regime = chosen.regime
    if regime.note:
        yield regime.note
    conditions = {result.line.condition for result in chosen.decisive}
    for condition, rule in (("repeat", regime.repeat), ("two_marks", regime.two_marks)):
        if condition in conditions and rule is not None and rule.doubt:
            yield rule.doubt
    for result in chosen.decisive:
        if result.line.source.evidence is not Evidence.READ:
            yield f"{result.line.source.citation.text}未见原文（依据转载或者记忆），移送前须核对原文。"


def _route(
    findings: tuple[OffenceFinding, ...], facts: TransferFacts, on: date, rules: TransferRules
) -> tuple[str, tuple[Reason, ...], bool]:
    met = [finding for finding in findings if finding.status == MET]
    if facts.administrative_only:
        return _administrative_only(met, facts, rules)
    if met:
        must = rules.routes[MUST_TRANSFER]
        lines = tuple(reason for finding in met for reason in finding.reasons)
        return (
            MUST_TRANSFER,
            (*lines, Reason("达到刑事追诉标准，不得以行政处罚代替移送", must.citations)),
            False,
        )
    suspicion = rules.routes[ON_SUSPICION]
    open_to_it = [
        finding for finding in findings if finding.offence.intellectual_property and not finding.excluded
    ]
    if on >= suspicion.effective_from and _suspected(open_to_it, facts):
        lines = tuple(reason for finding in open_to_it for reason in finding.reasons)
        words = "知识产权案件有合理嫌疑、需要公安机关采取措施进一步取证的，应当移送；不以数额先查清为前提"
        return ON_SUSPICION, (*lines, Reason(words, suspicion.citations)), True
    lines = tuple(reason for finding in findings for reason in finding.reasons)
    return ADMINISTRATIVE, (*lines, *_administrative(open_to_it, on, rules)), False


def _suspected(findings: list[OffenceFinding], facts: TransferFacts) -> bool:
    """An officer's judgement decides; without one, an amount near the line or hanging on a missing fact asks for it."""
    if facts.reasonable_suspicion is not None:
        return facts.reasonable_suspicion and bool(findings)
    return any(finding.status in (NEAR, NEEDS_FACTS) for finding in findings)


def _administrative_only(
    met: list[OffenceFinding], facts: TransferFacts, rules: TransferRules
) -> tuple[str, tuple[Reason, ...], bool]:
    reasons = [Reason(f"登记的事由：{words}") for words in facts.administrative_only]
    reasons.append(Reason("依法作行政处理", rules.routes[ADMINISTRATIVE].citations))
    if met:
        reasons += [reason for finding in met for reason in finding.reasons]
        reasons.append(
            Reason(
                "数额已达刑事追诉标准，不移送须经正职负责人复核并记录理由",
                rules.routes[MUST_TRANSFER].citations,
            )
        )
    return ADMINISTRATIVE, tuple(reasons), bool(met)


def _administrative(findings: list[OffenceFinding], on: date, rules: TransferRules) -> Iterator[Reason]:
    yield Reason("未达刑事追诉标准，依法作行政处理", rules.routes[ADMINISTRATIVE].citations)
    suspicion = rules.routes[ON_SUSPICION]
    if findings and on >= suspicion.effective_from:
        yield Reason("如后来有合理嫌疑，未达数额标准也可以移送", suspicion.citations)
