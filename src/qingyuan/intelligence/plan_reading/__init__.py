"""Reading a year's plan (工作要点): from a file to parts, sections, points, clauses, units and roles.

    document = extract(data, name)                     # bytes of txt, md, html, docx, pdf
    reading = read_plan(document, directory=directory)  # pure; doubts instead of failures
    as_data(reading)                                   # the JSON shape

Campaigns are quoted names of actions: see `campaigns`. Roles: see `duties.roles`. Slips in unit names: see
`settling`.
"""

from .directory import DirectoryError, KnownUnit, UnitDirectory, read_directory
from .documents import Document, Heading, UnreadableDocument
from .extraction import extract
from .model import CampaignName, Clause, Doubt, Part, PlanReading, Point, Role, Section, Span, UnitDuty
from .reading import read_plan
from .serialise import as_data, as_tree

__all__ = [
    "CampaignName",
    "Clause",
    "DirectoryError",
    "Document",
    "Doubt",
    "Heading",
    "KnownUnit",
    "Part",
    "PlanReading",
    "Point",
    "Role",
    "Section",
    "Span",
    "UnitDirectory",
    "UnitDuty",
    "UnreadableDocument",
    "as_data",
    "as_tree",
    "extract",
    "read_directory",
    "read_plan",
]
