"""Documents of a case as Word files, from the templates that `tools.case_documents` builds."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate

from qingyuan.apps.cases.models import CaseDocument
from qingyuan.apps.cases.queries.facts import decision_of
from qingyuan.basics.money import capital_yuan, format_yuan
from qingyuan.ui.formats import day

TEMPLATES = Path(__file__).resolve().parents[1] / "templates/cases"
OWN = ("filing_approval", "decision")
"""Kinds with a layout of their own; all others share the plain one."""


def document_docx(paper: CaseDocument) -> bytes:
    """Return a document of a case as a Word file, ready to print and sign."""
    template = DocxTemplate(str(TEMPLATES / f"{paper.kind if paper.kind in OWN else 'document'}.docx"))
    template.render(_context(paper), autoescape=True)
    target = BytesIO()
    template.save(target)
    return target.getvalue()


def _context(paper: CaseDocument) -> dict[str, Any]:
    case = paper.case
    decision = decision_of(case)
    money = (
        {
            "basis": decision.basis,
            "fine": format_yuan(decision.fine),
            "fine_capital": capital_yuan(decision.fine),
            "gain": format_yuan(decision.gain_confiscated),
            "gain_capital": capital_yuan(decision.gain_confiscated),
            "decided_on": day(decision.decided_at),
        }
        if decision
        else {}
    )
    return {
        "title": paper.title.removesuffix("（负责人已批准）"),
        "document_number": paper.number,
        "unit": case.unit.name,
        "number": case.number,
        "cause": case.cause,
        "party": case.party_name,
        "code": case.party_code,
        "address": case.party_address,
        "head": case.party_head,
        "facts": case.facts,
        "amount": format_yuan(case.amount),
        "source": case.clue.get_source_display() if case.clue else "",
        "officers": "、".join(officer.name for officer in case.officers.order_by("name")),
        "content": paper.content,
        "made_by": paper.made_by,
        "made_on": day(paper.made_at),
        "opinion": (paper.opinion or "同意") if paper.approved_at else "",
        "approved_by": paper.approved_by,
        "approved_on": day(paper.approved_at) if paper.approved_at else "",
        **money,
    }
