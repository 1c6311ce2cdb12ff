"""An empty installation gets its office and its first administrator, once."""

import getpass

import pytest
from django.core.management import CommandError, call_command

from qingyuan.apps.agencies.models import Member, Unit

pytestmark = pytest.mark.django_db
ARGUMENTS = {
    "region": "620499",
    "region_name": "青禾区",
    "office_name": "青禾区打击侵权假冒工作领导小组办公室",
    "username": "keeper",
    "name": "管理员甲",
}


@pytest.fixture(autouse=True)
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: "三个和尚没水喝-2026")


def test_the_first_administrator_can_sign_in_and_sees_no_record() -> None:
    call_command("found", **ARGUMENTS)
    keeper = Member.objects.get()
    assert keeper.check_password("三个和尚没水喝-2026")
    assert (keeper.roles, keeper.scopes) == (["administrator"], [])
    assert Unit.objects.get().kind == "office"


def test_a_second_time_is_refused() -> None:
    call_command("found", **ARGUMENTS)
    with pytest.raises(CommandError, match="已有系统管理员"):
        call_command("found", **{**ARGUMENTS, "username": "other"})
    assert Member.objects.count() == 1


def test_a_code_that_is_none_is_refused_before_anything_is_made() -> None:
    with pytest.raises(CommandError, match="6 位数字"):
        call_command("found", **{**ARGUMENTS, "region": "白银"})
    assert not Unit.objects.exists()
