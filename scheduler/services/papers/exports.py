"""Every paper that can be taken along, by its name: what it is of, what it comes as, and its bytes."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.findings import Finding
from scheduler.documents import papers_docx, papers_pdf, papers_xlsx, templates
from scheduler.documents.papers import Paper, PaperFormat
from scheduler.services.papers import (
    bookings,
    calendars,
    corrections,
    known,
    own_templates,
    programme,
    records,
    study,
    talks,
)
from scheduler.services.papers.desk import WritingDesk
from scheduler.services.papers.own_templates import OwnTemplate
from scheduler.store.operations import former

MIME = {
    PaperFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PaperFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PaperFormat.PDF: "application/pdf",
}


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper: how it is written, and what it usually comes as."""

    write: Callable[[WritingDesk, str], Paper]
    usual: PaperFormat = PaperFormat.DOCX
    tells_changes: bool = False
    """Whether it finds out by itself what was known on a day, and tells what was corrected since."""


KINDS: Mapping[str, PaperKind] = {
    "notice": PaperKind(lambda desk, subject: bookings.notice(desk, bookings.seen(desk, subject))),
    "reply-slip": PaperKind(lambda desk, subject: bookings.reply_slip(desk, bookings.seen(desk, subject))),
    "sign-in": PaperKind(lambda desk, subject: bookings.sign_in(desk, bookings.seen(desk, subject))),
    "name-list": PaperKind(lambda desk, subject: bookings.name_list(desk, bookings.seen(desk, subject))),
    "correction": PaperKind(lambda desk, subject: corrections.correction(desk, bookings.seen(desk, subject))),
    "record-form": PaperKind(lambda desk, subject: bookings.record_form(desk, bookings.seen(desk, subject))),
    "arrangement": PaperKind(lambda desk, subject: talks.arrangement(desk, talks.report_of(desk, subject))),
    "ledger": PaperKind(lambda desk, subject: talks.ledger(desk, talks.report_of(desk, subject)), PaperFormat.XLSX),
    "matrix": PaperKind(
        lambda desk, subject: talks.matrix_paper(desk, talks.report_of(desk, subject)), PaperFormat.XLSX
    ),
    "tasks": PaperKind(lambda desk, _: programme.tasks(desk), PaperFormat.XLSX),
    "opinions": PaperKind(lambda desk, _: programme.opinions(desk)),
    "week": PaperKind(calendars.week),
    "report": PaperKind(calendars.month_report, tells_changes=True),
    "chronology": PaperKind(calendars.chronology),
    "hours": PaperKind(study.hours, PaperFormat.XLSX),
    "study-plan": PaperKind(study.plan),
    "life-meeting": PaperKind(records.life_meeting),
    "branch-record": PaperKind(records.branch_record),
    "itinerary": PaperKind(records.itinerary),
    "record-forms": PaperKind(records.record_forms),
}
"""Name → kind, as the command line and addresses call it."""
OF_A_BOOKING = ("notice", "reply-slip", "sign-in", "name-list")
"""The papers of a meeting; a talk has its blank record."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A paper with its bytes."""

    name: str
    format: PaperFormat
    paper: Paper
    data: bytes
    findings: tuple[Finding, ...] = ()

    @property
    def title(self) -> str:
        """What it is called; of one without a title over all, by its first table."""
        return self.paper.heading


def export(
    desk: WritingDesk, name: str, subject: str, as_format: PaperFormat | None = None, own: OwnTemplate | None = None
) -> Exported:
    """A paper as somebody may see it, set as we set it or filled into somebody's own template.

    Raises Malformed for a name that no paper has or a subject that means nothing, NotFound and NotAllowed as its facts do, Refused where
    there is nothing that a .pdf could be set in; of a template Malformed, saying what of it and where.
    """
    access.require(desk.actor, Action.SEE_ORGANISATION)
    if name not in KINDS:
        raise Malformed("unknown_choice", "paper", value=name[:20])
    kind = KINDS[name]
    chosen = as_format or (PaperFormat.DOCX if own else kind.usual)
    if own and chosen is not PaperFormat.DOCX:
        raise Malformed("template_docx_only", "template")
    with _as_known(kind, desk):
        paper = kind.write(desk, subject)
        fields = own_templates.fields_of(desk, name, subject, paper) if own else None
    data = templates.fill(own.name, own.data, fields) if own and fields else render(paper, chosen)
    return Exported(name, chosen, paper, data, tuple(desk.findings()))


def _as_known(kind: PaperKind, desk: WritingDesk) -> AbstractContextManager[object]:
    """What is known now, or was at the end of a day."""
    if desk.known_on is None or kind.tells_changes:
        return nullcontext()
    return former.known_at(desk.session, known.moment_of(desk.session, desk.known_on))


def render(paper: Paper, as_format: PaperFormat) -> bytes:
    """The bytes of a paper. Raises Refused for a .pdf where no font with Chinese characters is installed."""
    match as_format:
        case PaperFormat.DOCX:
            return papers_docx.document(paper)
        case PaperFormat.XLSX:
            return papers_xlsx.workbook(paper)
        case PaperFormat.PDF:
            made = papers_pdf.document(paper)
            if made is None:
                raise Refused((Finding("no_paper_fonts", "fonts"),))
            return made
