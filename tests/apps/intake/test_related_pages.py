"""Pages of what comes after: a closed matter opened again, what was not solved, the answer owed after a join."""

from datetime import timedelta

from django.urls import reverse

from qingyuan.apps.files.actions import attach
from qingyuan.apps.files.models import Attachment
from qingyuan.apps.intake import actions
from qingyuan.apps.intake.models import Matter
from qingyuan.apps.intake.views.register import MATTERS
from qingyuan.apps.ledger.actions import Subject
from qingyuan.apps.ledger.models import Duty
from tests.apps.intake.test_pages import signed_in
from tests.factories import intake as factory
from tests.factories.agencies import District


def refused(district: District) -> Matter:
    """A complaint refused, which is the end of it."""
    matter = factory.complaint(by=district.officer)
    return actions.refuse_complaint(
        matter=matter, ground="no-power", notice="不予受理。", by=district.officer, at=factory.RECEIVED
    )


def test_what_is_not_solved_stands_on_the_page_until_it_is_opened_again(district: District) -> None:
    matter, client = refused(district), signed_in(district.officer)
    address, again = reverse("intake:matter", args=[matter.pk]), reverse("intake:reopen", args=[matter.pk])
    assert again in client.get(address).content.decode()
    later = factory.RECEIVED + timedelta(days=3)
    actions.request_reopening(matter=matter, text="商家仍然不肯退款", by=district.officer, at=later)
    page = client.get(address).content.decode()
    assert "商家仍然不肯退款" in page
    assert page.count(again) == 1

    assert client.post(again).status_code == 302
    made = Matter.objects.get(came_from=matter)
    assert (made.state, made.unit) == ("received", matter.unit)
    page = client.get(address).content.decode()
    assert "反映未解决" not in page
    assert made.number in page
    assert client.post(again).status_code == 409
    assert Matter.objects.filter(came_from=matter).count() == 1


def test_an_open_matter_and_another_units_matter_are_not_opened_again(district: District) -> None:
    matter = factory.complaint(by=district.officer)
    again = reverse("intake:reopen", args=[matter.pk])
    assert (
        again
        not in signed_in(district.officer).get(reverse("intake:matter", args=[matter.pk])).content.decode()
    )
    assert signed_in(district.officer).post(again).status_code == 409
    closed = refused(district)
    Matter.objects.filter(pk=closed.pk).update(seen_by=[*closed.seen_by, district.police.scope_id])
    again = reverse("intake:reopen", args=[closed.pk])
    assert signed_in(district.police_leader).post(again).status_code == 403
    assert signed_in(district.agriculture_officer).post(again).status_code == 404


def test_the_reporter_of_a_joined_report_is_told_through_its_form(district: District) -> None:
    officer, at = district.officer, factory.RECEIVED.replace(month=3, day=2)
    main, joined = factory.verifying_report(by=officer, at=at), factory.report(by=officer, at=at)
    actions.join(matter=joined, to=main, reason="同一批货", by=officer, at=at)
    client, address = signed_in(officer), reverse("intake:notify-joined", args=[joined.pk])
    page = reverse("intake:matter", args=[joined.pk])
    assert address not in client.get(page).content.decode()
    assert "没有待告知的结果" in client.post(address, {"notice": "已立案。"}).content.decode()

    actions.mark_filed(matter=main, case_number="青市监立〔2026〕1号", by=officer, at=at)
    assert address in client.get(page).content.decode()
    assert client.post(address, {"notice": " "}).status_code == 409
    assert client.post(address, {"notice": "已立案。"}).status_code == 302
    duty = Duty.objects.get(rule="report.filing-notice", subject_id=str(joined.pk))
    assert duty.state == Duty.State.MET
    joined.refresh_from_db()
    assert joined.outcome == "已立案。"
    assert address not in client.get(page).content.decode()


def test_a_file_of_the_senders_is_marked(district: District) -> None:
    matter = factory.complaint(by=district.officer)
    for name, plane in (("小票.txt", Attachment.Plane.REPORTER), ("笔录.txt", Attachment.Plane.INTERNAL)):
        attach(
            content=name.encode(),
            name=name,
            subject=Subject.of(matter.kind, matter.pk),
            by=district.officer.actor,
            at=factory.RECEIVED,
            plane=plane,
        )
    page = signed_in(district.officer).get(reverse("intake:matter", args=[matter.pk])).content.decode()
    assert page.count("来件人提供") == 1


def test_the_overdue_preset_finds_what_is_overdue_and_nothing_else(district: District) -> None:
    late = factory.complaint(by=district.officer)
    fresh = factory.complaint(by=district.officer, source_number="不急的")
    Duty.objects.filter(subject_id=str(fresh.pk)).update(due_at=factory.RECEIVED.replace(year=2099))
    preset = next(each for each in MATTERS.presets if str(each.label) == "逾期")
    page = (
        signed_in(district.officer).get(reverse("intake:matters"), dict(preset.parameters)).content.decode()
    )
    assert late.number in page
    assert fresh.number not in page
