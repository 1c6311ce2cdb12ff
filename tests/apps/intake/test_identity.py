"""A reporter's identity is in one place, sealed, and opened by one person with a reason."""

import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from qingyuan.apps.intake import actions
from qingyuan.apps.intake.queries import registers
from qingyuan.apps.ledger.models import Event
from qingyuan.domain.decision import RefusedError
from tests.factories import intake as factory
from tests.factories.agencies import District

TEXT = (
    f"我叫{factory.SENDER.name},电话139-0000-1234,证件{factory.SENDER.id_number},"
    f"住{factory.SENDER.address}。买到假酒。"
)
PLANTED = [
    factory.PLANTED_PHONE,
    "139-0000-1234",
    factory.SENDER.name,
    factory.SENDER.id_number,
    factory.SENDER.address,
]
CSV = (
    "登记编号,登记时间,投诉人姓名,联系电话,备用手机,投诉内容\n"
    f"1,2026-05-05,{factory.SENDER.name},{factory.PLANTED_PHONE},{factory.PLANTED_PHONE},请回电{factory.PLANTED_PHONE}\n"
    f"2,昨天,{factory.SENDER.name},{factory.PLANTED_PHONE},{factory.PLANTED_PHONE},请回电{factory.PLANTED_PHONE}\n"
)


def everything_in_the_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        texts = []
        for table in tables:
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')
            texts += [text for (text,) in cursor.fetchall()]
    return "\n".join(texts)


def test_no_table_no_event_and_no_log_holds_it(district: District, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        matter = factory.report(by=district.officer, text=TEXT, title=TEXT, original={"备注": TEXT})
        matter = actions.verify(matter=matter, by=district.officer, at=factory.RECEIVED)
        batch = actions.upload_import(
            content=CSV.encode(), name="a.csv", by=district.officer, at=factory.RECEIVED
        )
        actions.confirm_mapping(
            batch=batch,
            columns=batch.columns,
            port="12345",
            kind="report",
            by=district.officer,
            at=factory.RECEIVED,
        )
        actions.check_import(batch=batch, at=factory.RECEIVED)
        actions.confirm_import(batch=batch, without_bad=True, by=district.officer, at=factory.RECEIVED)
        actions.take_in(batch=batch, at=factory.RECEIVED)
    kept = everything_in_the_database()
    assert "买到假酒" in kept
    for word in PLANTED:
        assert word not in kept
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not any(word in message for word in PLANTED for message in ours)


def test_the_handler_opens_it_with_a_reason_and_leaves_an_event(district: District) -> None:
    matter = factory.verifying_report(by=district.officer)
    sender = actions.open_identity(
        matter=matter, reason="电话核实购买凭证", by=district.officer, at=factory.RECEIVED
    )
    assert sender == factory.SENDER
    event = Event.objects.get(verb="report.identity-opened")
    assert (event.actor, event.facts) == ("执法甲", {"reason": "电话核实购买凭证"})


@pytest.mark.parametrize("who", ["colleague", "leader", "coordinator", "prosecutor", "administrator"])
def test_nobody_else_opens_it(district: District, who: str) -> None:
    matter = factory.verifying_report(by=district.officer)
    with pytest.raises(PermissionDenied, match="承办人"):
        actions.open_identity(
            matter=matter, reason="电话核实购买凭证", by=district.members[who], at=factory.RECEIVED
        )
    assert not Event.objects.filter(verb="report.identity-opened").exists()


def test_not_even_the_handler_without_a_reason(district: District) -> None:
    matter = factory.verifying_report(by=district.officer)
    with pytest.raises(RefusedError, match="理由"):
        actions.open_identity(matter=matter, reason=" ", by=district.officer, at=factory.RECEIVED)


def test_the_receipt_code_finds_the_letter_and_is_not_kept(district: District) -> None:
    received = factory.received(by=district.officer)
    assert registers.by_receipt(received.receipt_code) == received.letter
    assert registers.by_receipt("1234-5678-9012-3456") is None
    assert received.receipt_code not in everything_in_the_database()
