"""Pages: who may open them, what they cost, what they hand out."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from qingyuan.apps.plan import actions
from qingyuan.apps.plan.access import URLS
from qingyuan.apps.plan.models import Clause, Doubt, Plan, Supervision, Task
from tests.factories.agencies import District, district
from tests.factories.plan import (
    DRAFTED,
    DUE,
    TEXT,
    UNKNOWN_UNIT,
    WITH_SET,
    adopted_plan,
    assigned_supervision,
    drafted_plan,
    enrol,
    reported_task,
    task_of,
)

LATER = DRAFTED + timedelta(days=30)


def enter(member: object) -> Client:
    """A browser signed in as a member."""
    client = Client()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")  # type: ignore[arg-type]
    return client


@pytest.fixture
def coordinator(qinghe: District) -> Client:
    return enter(qinghe.coordinator)


def test_every_address_is_in_the_permission_table(qinghe: District) -> None:
    from qingyuan.apps.plan.urls import urlpatterns

    assert {f"plan:{pattern.name}" for pattern in urlpatterns} == set(URLS)


def test_empty_list_leads_to_upload(coordinator: Client) -> None:
    page = coordinator.get(reverse("plan:plans"))
    assert reverse("plan:plan-upload") in page.content.decode()


def test_coordinator_uploads_reviews_and_adopts_on_the_pages(qinghe: District, coordinator: Client) -> None:
    file = SimpleUploadedFile("要点.txt", UNKNOWN_UNIT.encode())
    answer = coordinator.post(reverse("plan:plan-upload"), {"file": file}, follow=True)
    plan = Plan.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("plan:plan-review", args=[plan.pk])
    page = answer.content.decode()
    clause = Clause.objects.filter(point__section__part__plan=plan)[0]
    assert f'id="source-{clause.pk}"' in page and f'href="#source-{clause.pk}"' in page
    assert f'id="clause-{clause.pk}"' in page and f'href="#clause-{clause.pk}"' in page
    assert "<mark>区公安局</mark>" in page
    for doubt in Doubt.objects.filter(plan=plan, choice=""):
        facts = {"choice": "accepted", "seen": ""}
        if doubt.unit_role is not None:
            facts |= {"unit": qinghe.police.pk, "remember": "on"}
        coordinator.post(reverse("plan:doubt-resolve", args=[plan.pk, doubt.pk]), facts)
    refused = coordinator.post(reverse("plan:plan-adopt", args=[plan.pk]))
    assert refused.status_code == 409
    coordinator.post(reverse("plan:plan-schedule", args=[plan.pk]), {"quarter": "4"})
    coordinator.post(reverse("plan:plan-finish-review", args=[plan.pk]))
    answer = coordinator.post(reverse("plan:plan-adopt", args=[plan.pk]), follow=True)
    assert answer.status_code == 200
    assert "9项任务" in answer.content.decode()
    assert set(Task.objects.dates("due_at", "day")) == {DUE.replace(month=12, day=31)}


def test_corrections_on_the_review_page(qinghe: District, coordinator: Client) -> None:
    plan = drafted_plan(qinghe)
    clause = Clause.objects.get(point__number=2, point__section__part__plan=plan)
    opened = coordinator.get(
        reverse("plan:plan-review", args=[plan.pk]), {"clause": clause.pk}
    ).content.decode()
    assert reverse("plan:clause-correct", args=[plan.pk, clause.pk]) in opened
    args = [plan.pk, clause.pk]
    coordinator.post(reverse("plan:clause-split", args=args), {"head": "加强网站备案管理，"})
    assert clause.point.clauses.count() == 2
    coordinator.post(reverse("plan:clause-merge", args=args))
    coordinator.post(reverse("plan:clause-correct", args=args), {"text": "改了"})
    coordinator.post(reverse("plan:role-add", args=args), {"new-unit": qinghe.court.pk, "new-role": "lead"})
    role = clause.roles.get(unit=qinghe.court)
    facts = {f"role{role.pk}-unit": qinghe.procuratorate.pk, f"role{role.pk}-role": "shared"}
    coordinator.post(reverse("plan:role-change", args=[plan.pk, role.pk]), facts)
    role.refresh_from_db()
    clause.refresh_from_db()
    assert (role.unit, role.role, clause.reading) == (qinghe.procuratorate, "shared", "改了")
    coordinator.post(reverse("plan:role-remove", args=[plan.pk, role.pk]))
    assert clause.roles.count() == 2


def test_another_plans_clause_is_not_found(qinghe: District, coordinator: Client) -> None:
    plan = drafted_plan(qinghe)
    other = drafted_plan(qinghe, text=TEXT.replace("2026", "2027"))
    clause = Clause.objects.filter(point__section__part__plan=other)[0]
    answer = coordinator.post(reverse("plan:clause-correct", args=[plan.pk, clause.pk]), {"text": "改"})
    assert answer.status_code == 404


def test_unit_signs_and_reports_and_the_office_confirms(qinghe: District, coordinator: Client) -> None:
    task = task_of(adopted_plan(qinghe), "market")
    unit = enter(qinghe.officer)
    assert task.title in unit.get(reverse("plan:tasks-mine")).content.decode()
    unit.post(reverse("plan:task-sign", args=[task.pk]))
    wrong = unit.post(
        reverse("plan:task-report", args=[task.pk]), {"text": "好", "percent": "50", "figures": "没有数字"}
    )
    assert "读不出数字" in wrong.content.decode()
    answer = unit.post(
        reverse("plan:task-report", args=[task.pk]),
        {
            "text": "已完成",
            "percent": "100",
            "figures": "立案 3\n检查网店：1,200",
            "evidence": [SimpleUploadedFile("a.txt", b"one"), SimpleUploadedFile("b.txt", b"two")],
            "result": SimpleUploadedFile("c.txt", b"result"),
            "done": "on",
        },
        follow=True,
    )
    assert answer.status_code == 200
    task.refresh_from_db()
    assert (task.evidence, task.progress.get().figures) == (2, {"立案": "3", "检查网店": "1200"})
    coordinator.post(reverse("plan:task-complete", args=[task.pk]))
    task.refresh_from_db()
    assert task.state == "completed"


def test_coordinator_chases_a_late_unit_in_two_clicks(qinghe: District, coordinator: Client) -> None:
    plan = adopted_plan(qinghe, at=DRAFTED.replace(year=2025), due_on=DUE.replace(year=2025))
    overview = coordinator.get(reverse("plan:plan", args=[plan.pk])).content.decode()
    assert 'value="unit=market&amp;overdue=1"' in overview
    chosen = {"scope": "filter", "filter": "unit=market&overdue=1"}
    asked = coordinator.post(reverse("plan:tasks-urge"), chosen).content.decode()
    count = Task.objects.filter(unit=qinghe.market).count()
    assert f"其中 {count} 件可以催办" in asked
    assert not Task.objects.filter(urged__gt=0).exists()
    coordinator.post(reverse("plan:tasks-urge"), {**chosen, "confirmed": "1", "reason": "请尽快办理"})
    assert set(Task.objects.filter(urged=1).values_list("unit", flat=True)) == {qinghe.market.pk}
    assert Task.objects.filter(urged=1).count() == count


def test_supervision_chain_on_the_pages(qinghe: District, coordinator: Client) -> None:
    facts = {"title": "=1+1", "matter": "核查", "unit": qinghe.market.pk, "due_on": "2099-01-31"}
    coordinator.post(reverse("plan:supervision-establish"), facts)
    supervision = Supervision.objects.get()
    unit = enter(qinghe.officer)
    address = reverse("plan:supervision", args=[supervision.pk])
    assert unit.get(address).status_code == 404
    coordinator.post(reverse("plan:supervision-assign", args=[supervision.pk]), {"sign_by": "2099-01-10"})
    page = unit.get(address).content.decode()
    assert "督办通知单.docx" in page and "2099年1月10日" in page
    unit.post(reverse("plan:supervision-sign", args=[supervision.pk]))
    unit.post(
        reverse("plan:supervision-report", args=[supervision.pk]),
        {
            "text": "办完",
            "percent": "100",
            "evidence": SimpleUploadedFile("a.txt", b"one"),
            "result": SimpleUploadedFile("c.txt", b"result"),
            "done": "on",
        },
    )
    coordinator.post(reverse("plan:supervision-complete", args=[supervision.pk]))
    chosen = {"selected": [supervision.pk]}
    assert "1 件已办结" in coordinator.post(reverse("plan:supervisions-announce"), chosen).content.decode()
    words = {**chosen, "confirmed": "1", "title": "一季度督办通报", "body": "通报如下。"}
    answer = coordinator.post(reverse("plan:supervisions-announce"), words, follow=True)
    assert "区市场监管局" in answer.content.decode()
    bulletin = supervision.bulletins.get()
    for name in ("bulletin", "bulletin-print"):
        assert unit.get(reverse(f"plan:{name}", args=[bulletin.pk])).status_code == 200
    content = unit.get(reverse("plan:bulletin-export", args=[bulletin.pk])).content
    assert "一季度督办通报" in [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]


def test_exports_open_and_formulas_are_text(qinghe: District, coordinator: Client) -> None:
    plan = adopted_plan(qinghe, text=TEXT.replace("1.开展", "1.=HYPERLINK(1)开展"))
    answer = coordinator.get(reverse("plan:plan-export", args=[plan.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 1 + 9
    assert rows[1][3].startswith("'=HYPERLINK")
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    words = Document(io.BytesIO(coordinator.get(f"{answer.request['PATH_INFO']}?format=docx").content))
    assert any("区市场监管局牵头，公安分局、区农业农村局配合" in p.text for p in words.paragraphs)
    listed = coordinator.get(reverse("plan:tasks-export"), {"unit": "market"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(listed.streaming_content))).active
    assert sheet.max_row == 1 + Task.objects.filter(unit=qinghe.market).count()
    content = coordinator.get(reverse("plan:tasks-export"), {"format": "docx"}).content
    assert len(Document(io.BytesIO(content)).tables[0].rows) == 1 + Task.objects.count()
    assigned_supervision(qinghe, at=LATER)
    content = coordinator.get(reverse("plan:supervisions-export"), {"format": "docx"}).content
    assert Document(io.BytesIO(content)).tables[0].rows[1].cells[0].text == "核查群众反映的假冒商品摊点"


def status(person: Client, address: str) -> int:
    """The answer's status; a download is read to its end, so that its file is closed."""
    answer = person.get(address)
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return int(answer.status_code)


READ = ("plan", "plan-print", "plan-diff", "plan-source", "plan-export")
UNIT_STEPS = ("task-sign", "task-report")
OFFICE_STEPS = ("task-urge", "task-reject", "task-complete", "task-supervise")


def test_three_people(qinghe: District) -> None:
    plan = adopted_plan(qinghe)
    task = task_of(plan, "market")
    stranger = enter(district(code="620498").coordinator)
    owner, partner = enter(qinghe.officer), enter(qinghe.agriculture_officer)
    for name in READ:
        address = reverse(f"plan:{name}", args=[plan.pk])
        assert [status(person, address) for person in (owner, partner, stranger)] == [200, 200, 404], name
    address = reverse("plan:task", args=[task.pk])
    assert [status(person, address) for person in (owner, partner, stranger)] == [200, 200, 404]
    for name in UNIT_STEPS:
        address = reverse(f"plan:{name}", args=[task.pk])
        assert partner.post(address).status_code == 403, name
        assert stranger.post(address).status_code == 404, name
        assert enter(qinghe.coordinator).post(address).status_code == 403, name
    for name in OFFICE_STEPS:
        address = reverse(f"plan:{name}", args=[task.pk])
        assert [person.post(address).status_code for person in (owner, partner)] == [403, 403], name
        assert stranger.post(address).status_code == 404, name
    for name in ("tasks", "supervisions", "plans", "campaigns", "meetings"):
        assert task.title not in stranger.get(reverse(f"plan:{name}")).content.decode()
    leader = enter(qinghe.leader)
    for name in ("task-extend", "task-cancel"):
        assert leader.post(reverse(f"plan:{name}", args=[task.pk])).status_code == 403, name
    assert leader.post(reverse("plan:plan-close", args=[plan.pk])).status_code == 403


def test_a_draft_is_the_offices_own(qinghe: District) -> None:
    plan = drafted_plan(qinghe)
    address = reverse("plan:plan", args=[plan.pk])
    assert enter(qinghe.officer).get(address).status_code == 404
    assert enter(qinghe.administrator).get(address).status_code == 403


def test_a_unit_does_not_see_tasks_it_has_no_part_in(qinghe: District) -> None:
    task = task_of(adopted_plan(qinghe), "procuratorate", 4)
    assert enter(qinghe.officer).get(reverse("plan:task", args=[task.pk])).status_code == 404
    assert enter(qinghe.prosecutor).get(reverse("plan:task", args=[task.pk])).status_code == 200


def test_lists_cost_the_same_whatever_their_length(
    qinghe: District, coordinator: Client, django_assert_max_num_queries
) -> None:
    enrol(qinghe)
    lines = "".join(f"{n}.做好第{n}项工作。（领导小组有关成员单位按职责分工负责）\n" for n in range(6, 46))
    plan = adopted_plan(qinghe, text=WITH_SET + lines)
    assigned_supervision(qinghe, at=LATER)
    for name in ("plans", "tasks", "supervisions", "campaigns", "meetings", "tasks-mine"):
        with django_assert_max_num_queries(12):
            assert coordinator.get(reverse(f"plan:{name}"), {"size": "100"}).status_code == 200
    with django_assert_max_num_queries(24):
        coordinator.get(reverse("plan:plan", args=[plan.pk]))
    with django_assert_max_num_queries(24):
        coordinator.get(reverse("plan:task", args=[task_of(plan, "market").pk]))


def test_filters_and_search_find_the_late_and_the_bare(qinghe: District, coordinator: Client) -> None:
    plan = adopted_plan(qinghe, at=DRAFTED.replace(year=2025), due_on=DUE.replace(year=2025))
    done = reported_task(qinghe, plan, at=LATER)
    page = coordinator.get(reverse("plan:tasks"), {"bare": "1"}).context["page"]
    assert done.pk not in {row.record.pk for row in page.rows} and page.rows
    page = coordinator.get(reverse("plan:tasks"), {"claimed": "1"}).context["page"]
    assert [row.record.pk for row in page.rows] == [done.pk]
    page = coordinator.get(reverse("plan:tasks"), {"q": "农资"}).context["page"]
    assert {row.record.clause.point.number for row in page.rows} == {3}
    page = coordinator.get(reverse("plan:tasks"), {"overdue": "1"}).context["page"]
    assert len(page.rows) == Task.objects.count()
    assert {row.record.light.by_time for row in page.rows} == {"red"}


def test_roll_over_and_difference_page(qinghe: District, coordinator: Client) -> None:
    plan = adopted_plan(qinghe)
    facts = {"year": "2027", "title": "2027年工作要点"}
    answer = coordinator.post(reverse("plan:plan-roll-over", args=[plan.pk]), facts, follow=True)
    copy = Plan.objects.get(year=2027)
    assert answer.redirect_chain[-1][0] == reverse("plan:plan-review", args=[copy.pk])
    point = copy.parts.get(order=1).sections.get(order=1).points.get(order=1)
    coordinator.post(reverse("plan:point-mark", args=[copy.pk, point.pk]), {"dropped": "1"})
    section = copy.parts.get(order=1).sections.get(order=1)
    coordinator.post(reverse("plan:point-add", args=[copy.pk, section.pk]), {"text": "新的一项"})
    page = coordinator.get(reverse("plan:plan-diff", args=[copy.pk])).content.decode()
    assert "新增 1，修改 0，不再列入 1，延续 3" in page


def test_campaign_and_meeting_pages(qinghe: District, coordinator: Client) -> None:
    plan = adopted_plan(qinghe)
    assert "清网2026" in coordinator.get(reverse("plan:campaigns")).content.decode()
    facts = {"name": "清网2026", "lead": qinghe.market.pk, "since": "2026-03-01", "until": "2026-06-30"}
    page = coordinator.post(reverse("plan:campaign-start"), facts, follow=True)
    campaign = page.context["campaign"]
    assert len(page.context["tasks"]) == 3
    hidden = task_of(plan, "procuratorate", 4)
    prosecutor = enter(qinghe.prosecutor)
    attach = reverse("plan:campaign-attach", args=[campaign.pk])
    prosecutor.post(attach, {"kind": "task", "record": hidden.pk})
    assert hidden.title in prosecutor.get(reverse("plan:campaign", args=[campaign.pk])).content.decode()
    assert (
        hidden.title
        not in enter(qinghe.officer).get(reverse("plan:campaign", args=[campaign.pk])).content.decode()
    )
    coordinator.post(reverse("plan:campaign-close", args=[campaign.pk]), {"summary": "查办3件"})
    facts = {
        "title": "联席会议",
        "when": "2026-04-01T09:00",
        "place": "三楼",
        "chair": "组长",
        "agenda": "通报进展|区市场监管局\n讨论",
        "units": [qinghe.market.pk, qinghe.police.pk],
    }
    page = coordinator.post(reverse("plan:meeting-call"), facts, follow=True)
    meeting = page.context["meeting"]
    coordinator.post(
        reverse("plan:meeting-attendance", args=[meeting.pk]), {f"status_{qinghe.market.pk}": "present"}
    )
    minutes = {
        "minutes": "会议听取汇报。",
        "text_1": "清理摊点",
        "unit_1": qinghe.market.pk,
        "due_1": "2026-05-31",
    }
    page = coordinator.post(reverse("plan:meeting-minutes", args=[meeting.pk]), minutes, follow=True)
    assert "督〔" in page.content.decode()
    assert (
        enter(qinghe.agriculture_officer).get(reverse("plan:meeting", args=[meeting.pk])).status_code == 404
    )
    assert enter(qinghe.police_officer).get(reverse("plan:meeting", args=[meeting.pk])).status_code == 200


def test_two_people_on_one_task(qinghe: District) -> None:
    task = task_of(adopted_plan(qinghe), "market")
    actions.sign(work=task, by=qinghe.colleague, at=LATER)
    answer = enter(qinghe.officer).post(
        reverse("plan:task-report", args=[task.pk]), {"text": "好", "percent": "5", "seen": "1"}
    )
    assert answer.status_code == 409
    assert "签收" in answer.content.decode()
