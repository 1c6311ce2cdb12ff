"""What people fill in for intake."""

from qingyuan.apps.intake.forms.imports import ConfirmImportForm, MappingForm, UploadForm
from qingyuan.apps.intake.forms.matters import (
    AssignForm,
    AttachForm,
    JoinForm,
    LetterForm,
    NoticeForm,
    ReasonForm,
    RoutingRuleForm,
    SplitForm,
    StepForm,
)

__all__ = [
    "AssignForm",
    "AttachForm",
    "ConfirmImportForm",
    "JoinForm",
    "LetterForm",
    "MappingForm",
    "NoticeForm",
    "ReasonForm",
    "RoutingRuleForm",
    "SplitForm",
    "StepForm",
    "UploadForm",
]
