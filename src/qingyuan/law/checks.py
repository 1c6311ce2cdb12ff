"""What no schema can see: sources that exist and were in force, dates without gap or overlap, ids used once."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from qingyuan.law.book import Document
from qingyuan.law.dated import Period, Timeline
from qingyuan.law.faults import Fault
from qingyuan.law.rules import Instrument

Instruments = Mapping[str, Timeline[Instrument]]


def duplicate_ids(documents: list[Document]) -> Iterator[Fault]:
    """A fault for each id that was given twice among rules, or twice in a folder."""
    seen: dict[tuple[str, str], Document] = {}
    for document in documents:
        space = "rules" if "values" in document.data else document.folder
        first = seen.setdefault((space, document.id), document)
        if first is not document:
            yield Fault(
                document.file,
                document.id,
                f"编号重复：{first.file} 里已经有“{document.id}”",
                "同一编号有两条规定时，无法知道哪一条算数。",
                "改一个编号；若是新旧两个版本，请写进同一条的 values，用 from/to 分开。",
            )


def source_faults(document: Document, known: Collection[str]) -> Iterator[Fault]:
    """A fault for each citation, anywhere in the item, of an instrument the book does not know."""
    for where, cite in _citations(document.data, ""):
        if cite.get("instrument") not in known:
            yield Fault(
                document.file,
                document.id,
                f"{where} 引用了不认识的法律文件“{cite.get('instrument')}”",
                "出处必须能查到：名称、文号、施行日期都取自 instruments/。",
                "先在 instruments/ 登记这个文件，或者改正编号。",
            )


def force_faults(document: Document, instruments: Instruments) -> Iterator[Fault]:
    """A fault for each dated entry that cites an instrument not in force during all of the entry's days."""
    for entry in document.data.get("values", ()):
        period = Period(entry["from"], entry.get("to"))
        for where, cite in _citations(entry, str(period.first)):
            versions = instruments.get(str(cite.get("instrument")))
            if versions is not None and not in_force_throughout(versions, period):
                held = "、".join(str(version) for version, _ in versions.entries)
                yield Fault(
                    document.file,
                    document.id,
                    f"{where} 引用的“{cite['instrument']}”并非在 {period} 全程有效",
                    f"它的施行期间是 {held}；不能用尚未施行或者已经废止的条文作依据。",
                    "把这个值按施行日期拆成几段，或者改引当时有效的文件。",
                )


def in_force_throughout(versions: Timeline[Instrument], period: Period) -> bool:
    """True when the versions, taken together, cover every day of `period`."""
    joined: list[Period] = []
    for version, _ in versions.entries:
        if joined and joined[-1].gap_before(version) is None:
            joined[-1] = Period(joined[-1].first, version.last)
        else:
            joined.append(version)
    return any(stretch.covers(period) for stretch in joined)


def date_faults(document: Document) -> Iterator[Fault]:
    """A fault for each overlap, for each gap nobody declared, and for an end nobody explained."""
    stretches = [*document.data["values"], *document.data.get("gaps", ())]
    ordered = sorted(
        (Period(stretch["from"], stretch.get("to")) for stretch in stretches), key=lambda period: period.first
    )
    for earlier, later in pairwise(ordered):
        if earlier.overlaps(later):
            yield Fault(
                document.file,
                document.id,
                f"生效日期重叠：{earlier} 与 {later}",
                "同一天有两个值时，无法知道哪一个算数。",
                f"前一段的 to 写成 {later.first} 的前一天。",
            )
        elif (missing := earlier.gap_before(later)) is not None:
            yield _undeclared(document, str(missing))
    last = ordered[-1].last
    if last is not None:
        yield _undeclared(document, f"{last} 以后")


def reversed_dates(document: Document) -> Iterator[Fault]:
    """A fault for each dated entry whose `to` lies before its `from`."""
    for entry in [*document.data.get("values", ()), *document.data.get("gaps", ())]:
        first, last = entry["from"], entry.get("to")
        if isinstance(last, date) and last < first:
            yield Fault(
                document.file,
                document.id,
                f"日期颠倒：from {first} 晚于 to {last}",
                "这样的一段不含任何一天。",
                "核对施行日期和废止日期。",
            )


def _undeclared(document: Document, days: str) -> Fault:
    return Fault(
        document.file,
        document.id,
        f"生效日期有空档：{days} 没有值",
        "空档多半是漏录；系统在那些天会答不出来。",
        "补上那一段的值；确实没有规定的，写 gaps: [{from, to, reason}] 并说明原因。",
    )


def _citations(content: Any, where: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(content, Mapping):
        if "instrument" in content:
            yield where.strip("/"), content
        for key, item in content.items():
            yield from _citations(item, f"{where}/{key}")
    elif isinstance(content, list):
        for position, item in enumerate(content):
            yield from _citations(item, f"{where}/{position}")


def name_faults(
    document: Document, units: Mapping[str, Any], countings: Mapping[str, Any]
) -> Iterator[Fault]:
    """A fault for each unit and each way of counting the book does not know."""
    data = document.data
    for entry in data["values"]:
        unit = entry.get("unit", data.get("unit"))
        if data["kind"] != "grounds" and unit not in units:
            yield Fault(
                document.file,
                document.id,
                f"不认识的单位“{unit}”",
                "单位决定怎么算、怎么显示：工作日与自然日不能互换。",
                f"用 schema/units.json 里的单位（{'、'.join(list(units)[:6])}…），或者先在那里登记。",
            )
        counting = entry.get("counting", data.get("counting"))
        if data["kind"] == "deadline" and counting not in countings:
            yield Fault(
                document.file,
                document.id,
                f"不认识的期间计算规则“{counting}”",
                "期限必须写明按哪一条计算：起始日、节假日顺延、日的含义都由它定。",
                f"用 calendar/counting.yaml 里的编号：{'、'.join(sorted(countings))}。",
            )


def unit_faults(document: Document, countings: Mapping[str, Document]) -> Iterator[Fault]:
    """A fault for each length whose unit contradicts the counting article it names."""
    data = document.data
    for entry in data["values"] if data["kind"] == "deadline" else ():
        counting = countings.get(entry.get("counting", data["counting"]))
        unit = entry.get("unit", data["unit"])
        if (
            counting is None
            or unit != "calendar_day"
            or not means_working_days(counting.data, entry["value"])
        ):
            continue
        yield Fault(
            document.file,
            document.id,
            f"{entry['value']}日写成了自然日，与 {counting.id} 不合",
            f"{counting.data['label']}:{counting.data['rule']}。",
            "unit 改写 day（由计算规则决定）或者 working_day。",
        )


def means_working_days(counting: Mapping[str, Any], length: int) -> bool:
    """True when the statute of this way of counting takes a term of `length` 日 as working days."""
    return length in counting.get("working_lengths", ()) or length <= counting.get("working_up_to", 0)
