"""`qingyuan law`: ask the lawbook, compute a due time, list the rules, check the book."""

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from qingyuan.basics.chinese_dates import format_date
from qingyuan.basics.clock import CHINA, civil_date, end_of_day, in_china, start_of_day
from qingyuan.domain.deadlines import Due, compute_due
from qingyuan.law import Book, load_book
from qingyuan.law.calendar import load_calendar
from qingyuan.law.counting import Pause
from qingyuan.law.faults import BookError, LawError
from qingyuan.law.rules import Content, DeadlineRule, Ground, Value


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `law` and its verbs to the command line."""
    law = subparsers.add_parser("law", help="法规库：查值、算期限、列规则、核对")
    law.add_argument("--book", type=Path, default=None, help="另一部法规库的目录（默认随系统的一部）")
    verbs = law.add_subparsers(dest="verb", required=True, metavar="VERB")

    value = verbs.add_parser("value", help="某条规则在某一天的值和出处")
    value.add_argument("id", help="规则编号，例如 complaint.mediation")
    value.add_argument("--on", type=_day, required=True, help="哪一天（2026-04-15）")
    value.add_argument("--json", action="store_true", help="输出 JSON")
    value.set_defaults(run=_answering(run_value))

    due = verbs.add_parser("due", help="从某一时间起算的到期日，逐日说明")
    due.add_argument("id", help="期限编号，例如 case.decision")
    due.add_argument(
        "--start", type=_moment, required=True, help="起算时间（2026-03-02 或 2026-03-02T10:00）"
    )
    due.add_argument(
        "--pause", type=_pause, action="append", default=[], metavar="T..T", help="暂停的起止，可多次"
    )
    due.add_argument("--extend", action="count", default=0, help="已批准延长；写几次算几次")
    due.add_argument("--calendar", type=Path, default=None, help="放假安排文件（默认法规库里的一份）")
    due.add_argument("--json", action="store_true", help="输出 JSON")
    due.set_defaults(run=_answering(run_due))

    rules = verbs.add_parser("rules", help="全部规则：编号、单位、名称、依据")
    rules.add_argument("--on", type=_day, default=None, help="只列这一天有效的")
    rules.set_defaults(run=_answering(run_rules))

    check = verbs.add_parser("check", help="核对整部法规库；有错时列出全部并返回 1")
    check.set_defaults(run=run_check)


def run_value(arguments: argparse.Namespace) -> int:
    """Print what a rule says on a day; 0."""
    book = load_book(arguments.book)
    if book.rule(arguments.id).kind == "grounds":
        grounds = book.grounds(arguments.id, on=arguments.on)
        _print(
            _grounds_facts(grounds) if arguments.json else "\n".join(_ground_line(item) for item in grounds)
        )
        return 0
    value = book.value(arguments.id, on=arguments.on)
    _print(_value_facts(value) if arguments.json else "\n".join(_value_lines(book, value)))
    return 0


def run_due(arguments: argparse.Namespace) -> int:
    """Print a due time and its account; 0."""
    rule = load_book(arguments.book).deadline(arguments.id, on=civil_date(arguments.start))
    due = compute_due(
        rule,
        arguments.start,
        calendar=load_calendar(arguments.calendar),
        pauses=arguments.pause,
        extensions=arguments.extend,
    )
    if arguments.json:
        _print(_due_facts(due))
    else:
        _print(f"{rule.label}[{rule.id}]\n" + "\n".join(due.explanation))
    return 0


def run_rules(arguments: argparse.Namespace) -> int:
    """Print every rule: id, unit, label, the newest basis; 0."""
    book = load_book(arguments.book)
    for id in sorted(book.rules):
        rule = book.rules[id]
        if arguments.on is not None and not book.in_force(id, arguments.on):
            continue
        entry = rule.timeline.on(arguments.on) if arguments.on else rule.timeline.entries[-1][1]
        if isinstance(entry, tuple):
            print(f"{id}\tgrounds\t{rule.label}({len(entry)}项)\t{entry[0].citation.title}")
        elif entry is not None:
            unit = f"{entry.length} {entry.unit.value}" if isinstance(entry, DeadlineRule) else entry.unit
            print(f"{id}\t{unit}\t{rule.label}\t{'、'.join(cite.text for cite in entry.citations)}")
    return 0


def run_check(arguments: argparse.Namespace) -> int:
    """Check the whole book and the calendar; print every fault. 0 when there is none, else 1."""
    try:
        book = load_book(arguments.book)
        calendar = load_calendar()
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    unsigned = sum(1 for rule in book.rules.values() for entry in rule.timeline if not _signed(entry))
    print(
        f"法规库没有错误：{len(book.rules)} 条规则，{len(book.instruments)} 个法律文件，版本 {book.version[:12]}。"
    )
    print(f"未经法制机构签核的值：{unsigned} 个。工作日历版本 {calendar.version[:12]}。")
    return 0


def _answering(run: Any) -> Any:
    """Turn the law's own errors into a message on standard error and exit code 1."""

    def answered(arguments: argparse.Namespace) -> int:
        try:
            return int(run(arguments))
        except LawError as error:
            print(error, file=sys.stderr)
            return 1

    return answered


def _signed(entry: object) -> bool:
    return isinstance(entry, Value | DeadlineRule) and entry.signed


def _value_lines(book: Book, value: Value) -> list[str]:
    until = format_date(value.effective_to) if value.effective_to else "今"
    shown = _shown(value.value)
    # A sentence or a list speaks for itself; a number needs its unit.
    unit = book.units.get(value.unit, value.unit) if isinstance(value.value, int | Decimal) else ""
    lines = [
        f"{value.label}[{value.id}]",
        f"值：{value.op or ''}{shown}{unit}",
        f"生效：{format_date(value.effective_from)}至{until}",
        f"依据：{'、'.join(cite.text for cite in value.citations)}",
        f"证据：{value.evidence.value}{'' if value.signed else '（未签核）'}；事实：{'、'.join(value.facts) or '无'}",
    ]
    return lines + [f"存疑：{value.doubt}"] * bool(value.doubt) + [f"说明：{value.note}"] * bool(value.note)


def _shown(content: Content) -> str:
    if isinstance(content, tuple):
        return "\n" + "\n".join(f"  - {_shown(item)}" for item in content)
    if isinstance(content, Mapping):
        return "\n" + "\n".join(f"  {key}: {_shown(item)}" for key, item in content.items())
    return str(content)


def _ground_line(ground: Ground) -> str:
    return f"{ground.id}\t{ground.text}\t{ground.citation.text}"


def _grounds_facts(grounds: tuple[Ground, ...]) -> list[dict[str, Any]]:
    return [{"id": item.id, "text": item.text, "citation": item.citation.facts()} for item in grounds]


def _value_facts(value: Value) -> dict[str, Any]:
    return {
        "id": value.id,
        "label": value.label,
        "kind": value.kind,
        "unit": value.unit,
        "op": value.op,
        "value": value.value,
        "from": value.effective_from,
        "to": value.effective_to,
        "citations": [cite.facts() for cite in value.citations],
        "evidence": value.evidence.value,
        "facts": value.facts,
        "signed": value.signed,
        "doubt": value.doubt,
        "note": value.note,
    }


def _due_facts(due: Due) -> dict[str, Any]:
    return {
        "rule": due.rule.id,
        "start": due.start,
        "due_at": due.due_at,
        "unit": due.rule.unit.value,
        "length": due.rule.length,
        "counted": len(due.counted),
        "skipped": [{"day": item.day, "reason": item.reason} for item in due.skipped],
        "explanation": due.explanation,
        "citations": [cite.facts() for cite in due.citations],
        "alternatives": [
            {"unit": item.unit.value, "due_at": item.due_at, "setting": item.setting}
            for item in due.alternatives
        ],
    }


def _print(content: Any) -> None:
    if isinstance(content, str):
        print(content)
    else:
        print(json.dumps(content, ensure_ascii=False, indent=2, default=_plain))


def _plain(content: object) -> str:
    return content.isoformat() if isinstance(content, date) else str(Decimal(str(content)))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2026-04-15") from None


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是时间，请写成 2026-04-15 或 2026-04-15T10:00") from None
    return in_china(at) if at.tzinfo else at.replace(tzinfo=CHINA)


def _pause(text: str) -> Pause:
    first, separator, last = text.partition("..")
    if not separator:
        raise argparse.ArgumentTypeError(f"“{text}”不是起止，请写成 2026-05-01..2026-05-10")
    begin, end = _moment(first), _moment(last)
    # A bare day means the whole of it.
    return (
        start_of_day(begin.date()) if len(first) == len("2026-05-01") else begin,
        end_of_day(end.date()) if len(last) == len("2026-05-10") else end,
    )
