"""Importing files: mapping, bad rows, idempotence, stopping and resuming, encodings."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from qingyuan.apps.intake import actions
from qingyuan.apps.intake.actions import importing
from qingyuan.apps.intake.models import Import, ImportRow, Letter, Matter
from qingyuan.apps.intake.queries import imports
from qingyuan.apps.ledger.models import Duty, Event
from qingyuan.apps.ledger.queries import faults
from qingyuan.domain.decision import RefusedError
from tests.factories import intake as factory
from tests.factories.agencies import District

HEADS = ["登记编号", "登记时间", "投诉人姓名", "联系电话", "被投诉主体", "投诉内容", "商品名称", "诉求类型"]
AT = factory.RECEIVED
SAMPLE = Path("../shared/data/complaints/municipal_messages_sample.csv")


def row(number: int, **changes: str) -> list[str]:
    cells = {
        "登记编号": f"N{number:05d}",
        "登记时间": "2026-05-05 09:30:00",
        "投诉人姓名": "测试举报人",
        "联系电话": factory.PLANTED_PHONE,
        "被投诉主体": f"青禾区第{number % 7}商行",
        "投诉内容": f"第{number}件:买到假冒商品,请联系 {factory.PLANTED_PHONE} 测试举报人。",
        "商品名称": "白酒",
        "诉求类型": "投诉",
    }
    return list({**cells, **changes}.values())


def csv_of(rows: list[list[str]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows([HEADS, *rows])
    return buffer.getvalue().encode(encoding)


def checked(district: District, content: bytes, name: str = "工单.csv") -> Import:
    batch = actions.upload_import(content=content, name=name, by=district.officer, at=AT)
    batch = actions.confirm_mapping(
        batch=batch, columns=batch.columns, port="12345", kind="complaint", by=district.officer, at=AT
    )
    return actions.check_import(batch=batch, at=AT)


def taken_in(district: District, content: bytes, *, without_bad: bool = False) -> Import:
    batch = checked(district, content)
    actions.confirm_import(batch=batch, without_bad=without_bad, by=district.officer, at=AT)
    return actions.take_in(batch=batch, at=AT)


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ","), ("gb18030", ","), ("utf-8", "\t")]
)
def test_csv_of_every_make_is_taken_in(district: District, encoding: str, delimiter: str) -> None:
    batch = taken_in(district, csv_of([row(1), row(2)], encoding, delimiter))

    assert (batch.state, batch.created) == ("completed", 2)
    matter = Matter.objects.select_related("letter", "party").order_by("pk")[0]
    assert (matter.letter.source_number, matter.party.name, matter.goods) == (
        "N00001",
        "青禾区第1商行",
        "白酒",
    )
    assert matter.letter.received_at.isoformat() == "2026-05-05T01:30:00+00:00"
    assert Event.objects.filter(verb="complaint.receive").count() == 2
    assert Duty.objects.filter(rule="complaint.acceptance").count() == 2
    assert list(faults()) == []


def test_xlsx_with_a_title_above_and_dates_as_dates(district: District) -> None:
    book, buffer = Workbook(), io.BytesIO()
    book.active.append(["2026年5月工单"])
    book.active.append(HEADS)
    cells: list[object] = list(row(1))
    cells[1] = AT.replace(tzinfo=None)
    book.active.append(cells)
    book.save(buffer)
    batch = checked(district, buffer.getvalue(), "工单.xlsx")
    assert (batch.good, batch.bad, batch.heads[0]["head_row"]) == (1, 0, 2)
    assert ImportRow.objects.get().row == 3


def test_every_bad_row_is_named_with_column_and_reason(district: District) -> None:
    rows = [
        row(1),
        row(2, 登记时间="昨天"),
        row(3, 投诉内容=" "),
        row(4, 诉求类型="表扬"),
        row(1),
        row(5, 登记时间="2027-01-01"),
    ]
    batch = checked(district, csv_of(rows))

    assert (batch.good, batch.bad) == (1, 5)
    lines = list(imports.fault_lines(batch))
    assert [(line[1], line[2]) for line in lines] == [
        (3, "登记时间"),
        (4, "投诉内容"),
        (5, "诉求类型"),
        (6, "来源编号"),
        (7, "登记时间"),
    ]
    assert "文本第2行" in lines[3][3]
    assert Letter.objects.count() == 0


def test_good_rows_beside_bad_ones_go_in_only_when_the_person_says_so(district: District) -> None:
    batch = checked(district, csv_of([row(1), row(2, 登记时间="昨天")]))
    with pytest.raises(RefusedError, match="有1行有问题"):
        actions.confirm_import(batch=batch, without_bad=False, by=district.officer, at=AT)
    assert Letter.objects.count() == 0
    actions.confirm_import(batch=batch, without_bad=True, by=district.officer, at=AT)
    assert actions.take_in(batch=batch, at=AT).created == 1


def test_a_file_imported_again_is_already_there(district: District) -> None:
    taken_in(district, csv_of([row(1), row(2)]))
    again = taken_in(district, csv_of([row(1), row(2), row(3)]))
    assert (again.created, again.already_there) == (1, 2)
    assert Letter.objects.count() == 3


def test_rows_without_a_number_are_recognised_by_their_content(district: District) -> None:
    rows = [row(1, 登记编号=""), row(2, 登记编号="")]
    taken_in(district, csv_of(rows))
    assert taken_in(district, csv_of(rows)).already_there == 2


def test_cut_off_in_the_middle_it_goes_on_where_it_was(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    batch = checked(district, csv_of([row(number) for number in range(5)]))
    actions.confirm_import(batch=batch, without_bad=False, by=district.officer, at=AT)
    real, calls = importing.receive_many, []

    def killed(*args: object, **kwargs: object) -> object:
        calls.append(1)
        made = real(*args, **kwargs)
        if len(calls) == 2:
            raise KeyboardInterrupt  # after the rows are written, before they are committed
        return made

    monkeypatch.setattr(importing, "receive_many", killed)
    with pytest.raises(KeyboardInterrupt):
        actions.take_in(batch=batch, at=AT)
    assert Letter.objects.count() == 2

    monkeypatch.setattr(importing, "receive_many", real)
    done = actions.take_in(batch=batch, at=AT + timedelta(hours=1))
    assert (done.state, done.created, Letter.objects.count()) == ("completed", 5, 5)
    assert list(faults()) == []


def test_stopped_by_a_person_it_can_be_continued(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 1)
    batch = checked(district, csv_of([row(1), row(2)]))
    actions.confirm_import(batch=batch, without_bad=False, by=district.officer, at=AT)
    actions.take_in(batch=batch, at=AT, limit=1)
    actions.stop_import(batch=batch, by=district.officer, at=AT)
    assert actions.take_in(batch=batch, at=AT).created == 1
    actions.resume_import(batch=batch, by=district.officer, at=AT)
    assert actions.take_in(batch=batch, at=AT).created == 2


def test_a_mapping_is_remembered_by_the_heads(district: District) -> None:
    batch = actions.upload_import(content=csv_of([row(1)]), name="a.csv", by=district.officer, at=AT)
    columns = {**batch.columns}
    del columns["goods"]
    actions.confirm_mapping(
        batch=batch, columns=columns, port="12315", kind="report", by=district.officer, at=AT
    )
    again = actions.upload_import(content=csv_of([row(2)]), name="b.csv", by=district.officer, at=AT)
    assert (again.columns, again.port, again.kind) == (columns, "12315", "report")


def test_a_mapping_without_the_text_is_refused(district: District) -> None:
    batch = actions.upload_import(content=csv_of([row(1)]), name="a.csv", by=district.officer, at=AT)
    with pytest.raises(RefusedError, match="内容"):
        actions.confirm_mapping(
            batch=batch, columns={"received_at": 1}, port="12315", kind="report", by=district.officer, at=AT
        )


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b"one line only\n"])
def test_what_is_no_table_is_refused_with_advice(district: District, content: bytes) -> None:
    with pytest.raises(RefusedError, match="请"):
        actions.upload_import(content=content, name="坏文件.csv", by=district.officer, at=AT)
    assert Import.objects.count() == 0


@pytest.mark.skipif(not SAMPLE.exists(), reason="../shared is not beside this checkout")
def test_the_municipal_sample_goes_in(district: District) -> None:
    batch = actions.upload_import(content=SAMPLE.read_bytes(), name=SAMPLE.name, by=district.officer, at=AT)
    assert {"source_number", "received_at", "title", "text", "sender_name"} <= set(batch.columns)
    actions.confirm_mapping(
        batch=batch, columns=batch.columns, port="web", kind="complaint", by=district.officer, at=AT
    )
    batch = actions.check_import(batch=batch, at=AT)
    assert batch.good > 0
    actions.confirm_import(batch=batch, without_bad=True, by=district.officer, at=AT)
    batch = actions.take_in(batch=batch, at=AT)
    assert (batch.state, batch.created) == ("completed", batch.good)
