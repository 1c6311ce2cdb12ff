"""`qingyuan found`: set up an empty installation: the region, its 双打办, the first administrator."""

import getpass
from argparse import ArgumentParser

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from qingyuan.apps.agencies import actions, queries
from qingyuan.apps.ledger.actions import SYSTEM


class Command(BaseCommand):
    help = "为空的系统设立行政区、双打办和第一名系统管理员。已有管理员时拒绝:之后的账号在“人员与账号”中增加。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", required=True, metavar="代码", help="行政区划代码,6 位数字")
        parser.add_argument("--region-name", required=True, metavar="名称", help="例如:青禾区")
        parser.add_argument("--office-name", required=True, metavar="全称", help="双打办全称")
        parser.add_argument("--username", required=True, metavar="登录名", help="第一名系统管理员的登录名")
        parser.add_argument("--name", required=True, metavar="姓名", help="第一名系统管理员的姓名")

    def handle(self, *args: object, **options: str) -> None:
        region = options["region"]
        if not (region.isdigit() and len(region) == 6):
            raise CommandError(f"行政区划代码应为 6 位数字,收到 {region!r}。可在民政部门公布的代码表中查到。")
        if queries.has_administrator():
            raise CommandError("已有系统管理员;新账号请登录后在“人员与账号”中增加。")
        password = self._password()
        at = timezone.now()
        with transaction.atomic():
            office = actions.found_office(
                code=region, region_name=options["region_name"], name=options["office_name"], by=SYSTEM, at=at
            )
            member = actions.add_member(
                username=options["username"],
                name=options["name"],
                unit=office,
                roles=[queries.ADMINISTRATOR],
                by=SYSTEM,
                at=at,
                password=password,
            )
        self.stdout.write(
            f"已设立{office.name}。请以 {member.username} 登录,先设置两步验证,再增加单位和人员。"
        )

    @staticmethod
    def _password() -> str:
        password = getpass.getpass("密码:")
        try:
            validate_password(password)
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from fault
        if getpass.getpass("再输一次:") != password:
            raise CommandError("两次输入的密码不一样,没有建立账号。请重新运行。")
        return password
