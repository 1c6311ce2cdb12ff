from django.utils.translation import gettext_lazy as _

from qingyuan.apps.ledger.apps import Department


class FilesConfig(Department):
    default = True
    name = "qingyuan.apps.files"
    label = "files"
    verbose_name = _("文件")
    verbs = {  # noqa: RUF012
        "file.attached": _("上传附件"),
        "file.withdrawn": _("撤下附件"),
    }
