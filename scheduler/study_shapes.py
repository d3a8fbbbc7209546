"""Study hours and series of sessions, as documents."""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from scheduler import wording
from scheduler.core.ground.ids import BookingId
from scheduler.core.sessions.study import StudyReport
from scheduler.services.ground.booking_changes import Booked
from scheduler.services.sessions.series import ProposedSession, SeriesProposal, StudyNeed
from scheduler.services.sessions.study import AttendedSession
from scheduler.shapes import Document, day, finding_list, findings, local, strings


def study(report: StudyReport) -> Document:
    """Study hours held against hours asked, of each member of the leadership team."""
    return {
        "asked_hours": report.asked_hours,
        "offered_hours": report.offered_hours,
        "met": report.met,
        "of": report.of,
        "people": {
            str(person): {"hours": one.hours, "missing": one.missing, "met": one.met}
            for person, one in report.people.items()
        },
    }


def attended(done: AttendedSession) -> Document:
    """How somebody attended a session, and what it counts."""
    return {
        "session": done.session,
        "person": done.person,
        "status": done.status,
        "makeup_date": day(done.makeup_date),
        "hours": done.hours,
    }


def series(found: SeriesProposal, booked: Iterable[BookingId], zone: ZoneInfo, lang: str) -> Document:
    """A series as it could be, or as it was booked: its sessions, or why there are not enough and what would help."""
    plan = found.plan
    return {
        "status": "complete" if plan.is_complete else "partial" if plan.placed else "impossible",
        "placed": plan.placed,
        "of": plan.asked,
        "missed": plan.missed,
        "bounds": {
            "placed": plan.placed,
            "missed": plan.missed,
            "missed_at_best": plan.least_missed,
            "days": plan.days,
        },
        "need": _study_need(found.need) if found.need else None,
        "sessions": [_proposed(one, zone, lang) for one in found.sessions],
        "reasons": finding_list(plan.reasons, lang),
        "repairs": [
            {"kind": one.kind, "value": str(one.value), "text": wording.repair_text(one, lang), "verified": True}
            for one in plan.repairs
        ],
        "booked": strings(booked),
    }


def booked_series(done: Sequence[Booked], lang: str) -> Document:
    """What was booked of a series, and what is to be said about it, each remark once."""
    warnings = dict.fromkeys(one for booked in done for one in booked.findings.warnings)
    hints = dict.fromkeys(one for booked in done for one in booked.findings.hints)
    return {
        "ok": True,
        "booked": strings(one.booking.id for one in done),
        "warnings": finding_list(warnings, lang),
        "hints": finding_list(hints, lang),
    }


def _proposed(one: ProposedSession, zone: ZoneInfo, lang: str) -> Document:
    """One session of a series."""
    return {
        "title": one.draft.title,
        "start": local(one.draft.span.start, zone),
        "end": local(one.draft.span.end, zone),
        "room": one.draft.room,
        "attending": one.placed.attending,
        "missing": finding_list(one.missing, lang),
        **findings(one.findings, lang),
    }


def _study_need(need: StudyNeed) -> Document:
    """What the study hours still need by a day."""
    return {
        "by": day(need.by),
        "asked_hours": need.asked_hours,
        "sessions": need.sessions,
        "lacking": {str(person): hours for person, hours in need.lacking.items()},
        "still_lacking": {str(person): hours for person, hours in need.still_lacking.items()},
    }
