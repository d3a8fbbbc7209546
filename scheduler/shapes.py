"""Core values in the words of our JSON: what the command line prints and the API answers, the same in both.

Times are the organisation's wall clock, `2014-08-14T13:30`; findings carry their sentence in the reader's language.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler import wording
from scheduler.core.bookings.free_times import FreeTime
from scheduler.core.bookings.swaps import SwapProposal
from scheduler.core.campaigns.milestones import MilestoneMoved
from scheduler.core.coverage.report import Coverage, RequirementState, Tally
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.findings import Finding, Findings
from scheduler.core.ground.ids import BookingId, PersonId, RuleId
from scheduler.core.ground.people import Person, Room, Unit
from scheduler.core.organisation.facts import ImportReport, RowError
from scheduler.core.rules.requirements import Resolution
from scheduler.services.coverage.report import LedgerLine

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
Document = dict[str, Json]


def strings(words: Iterable[str]) -> list[Json]:
    """Words as a list."""
    return [str(word) for word in words]


def local(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as the organisation's clock on the wall shows it, to the minute."""
    return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def day(value: date | None) -> str | None:
    """A day, `2014-08-20`."""
    return value.isoformat() if value else None


def tally(counted: Tally) -> list[Json]:
    """`[covered, required]`."""
    return list(counted)


# ── Findings ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def finding(found: Finding, lang: str) -> Document:
    """One finding, with its sentence."""
    return {"kind": found.kind, "subject": found.subject, "text": wording.text(found, lang)}


def finding_list(found: Iterable[Finding], lang: str) -> list[Json]:
    """Several findings."""
    return [finding(one, lang) for one in found]


def findings(found: Findings | Refused, lang: str) -> Document:
    """What is to be said about one booking, sorted by weight."""
    return {
        "blocking": finding_list(found.blocking, lang),
        "warnings": finding_list(found.warnings, lang),
        "hints": finding_list(found.hints, lang),
    }


def booked(booking_id: BookingId | None, found: Findings | Refused, lang: str) -> Document:
    """The answer to book, move, cancel and confirm: whether it went through, as what, and what is to be said about it."""
    return {"ok": not found.blocking, "id": booking_id, **findings(found, lang)}


def refused(no: Refused, lang: str, booking_id: BookingId | None = None) -> Document:
    """The same answer when the facts did not allow it."""
    return booked(booking_id, no, lang)


# ── Bookings ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def seen_booking(seen: SeenBooking, zone: ZoneInfo) -> Document:
    """A booking as far as the viewer may see it."""
    return {
        "id": seen.id,
        "kind": seen.kind,
        "title": seen.title,
        "start": local(seen.span.start, zone),
        "end": local(seen.span.end, zone),
        "room": seen.room,
        "people": strings(seen.people),
        "status": seen.state,
        "mode": None if seen.is_busy else seen.mode,
        "size": None if seen.is_busy else seen.size,
        "version": None if seen.is_busy else seen.version,
    }


def free_time(time: FreeTime, zone: ZoneInfo, lang: str) -> Document:
    """A time at which people and a room are free, who is missing, and what is to be minded."""
    return {
        "start": local(time.span.start, zone),
        "end": local(time.span.end, zone),
        "room": time.room,
        "missing": time.missing,
        "missing_people": strings(time.missing_people),
        "warnings": finding_list(time.warnings, lang),
    }


def free_times(times: Iterable[FreeTime], zone: ZoneInfo, lang: str) -> Document:
    """Several such times, the best first."""
    return {"free_times": [free_time(time, zone, lang) for time in times]}


def swap(proposal: SwapProposal, zone: ZoneInfo) -> Document:
    """A proposal of another time for a talk."""
    return {
        "id": proposal.id,
        "booking": proposal.booking,
        "proposer": proposal.proposer,
        "start": local(proposal.start, zone),
        "room": proposal.room,
        "agreed": strings(proposal.agreed),
        "state": proposal.state.value,
    }


def start_of(booking: Booking, zone: ZoneInfo) -> Document:
    """A booking by its id and start only."""
    return {"id": booking.id, "start": local(booking.span.start, zone)}


# ── Requirements and coverage ────────────────────────────────────────────────────────────────────────────────────────
def requirement(standing: RequirementState) -> Document:
    """A requirement and where it stands."""
    asked = standing.requirement
    return {
        "kind": asked.kind,
        "people": strings(asked.pair or ()),
        "subject": asked.subject,
        "pool": strings(asked.pool),
        "k": asked.k if asked.subject else None,
        "rules": strings(asked.rules),
        "severity": asked.severity,
        "state": standing.state,
        "overdue": standing.is_overdue,
        "count": asked.needed,
        "have": standing.have,
        "period": asked.period,
        "talks": strings(standing.talks),
    }


def coverage(rule_set: str, found: Coverage, lang: str) -> Document:
    """Where all requirements of a rule set stand on a day."""
    return {
        "as_of": day(found.as_of.day),
        "rule_set": rule_set,
        "required": found.required,
        "covered": found.covered,
        "rate": found.rate,
        "by_rule": _tallies(found.by_rule),
        "states": {str(state): count for state, count in found.states.items()},
        "optional": _named_tally(found.optional),
        "should": _named_tally(found.should),
        "rows": _tallies(found.rows),
        "requirements": [requirement(standing) for standing in found.requirements],
        "unresolved": finding_list(found.resolution.unresolved, lang),
    }


def _tallies(counted: Mapping[RuleId, Tally] | Mapping[PersonId, Tally]) -> Document:
    """`[covered, required]` by name."""
    return {str(name): tally(both) for name, both in counted.items()}


def _named_tally(counted: Tally) -> Document:
    """The same two numbers by name."""
    covered, required = counted
    return {"required": required, "covered": covered}


def ledger_line(line: LedgerLine, lang: str) -> Document:
    """A talk, whether it counts, for what, and if not why."""
    return {
        "id": line.id,
        "date": day(line.day),
        "people": strings(line.people),
        "counts": line.counts,
        "why_not": line.why_not,
        "covers": strings(line.covers),
        "extra": line.is_extra,
        "warnings": finding_list(line.warnings, lang),
    }


def preview(preset: str, resolution: Resolution, lang: str, *, rule_set: str | None = None) -> Document:
    """What a rule set asks: by rule (项), after merging (次), optional ones apart; with `rule_set` once it is applied."""
    document: Document = {
        "preset": preset,
        "by_rule": {str(rule): count for rule, count in resolution.by_rule.items()},
        "requirements": resolution.before_merging,
        "distinct": resolution.distinct,
        "optional": resolution.optional,
        "unresolved": finding_list(resolution.unresolved, lang),
    }
    return document if rule_set is None else {**document, "rule_set": rule_set}


# ── Import and programme ─────────────────────────────────────────────────────────────────────────────────────────────
def imported(report: ImportReport, lang: str) -> Document:
    """What an import did or would do; with errors, nothing."""
    return {
        "people": report.people,
        "units": report.units,
        "rooms": report.rooms,
        "branches": {str(branch): count for branch, count in report.branches.items()},
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "warnings": finding_list(report.warnings, lang),
        "errors": [row_error(error, lang) for error in report.errors],
    }


def row_error(error: RowError, lang: str) -> Document:
    """What is wrong in one row of a file."""
    text = wording.error(Malformed(error.kind, error.field, **error.details), lang)
    return {"file": error.file, "row": error.row, "field": error.field, "text": text}


def milestone_moved(moved: MilestoneMoved, zone: ZoneInfo) -> Document:
    """What moves with a milestone, and which bookings lie outside now."""
    return {
        "window_opens": day(moved.window_opens),
        "window_closes": day(moved.window_closes),
        "report_due": day(moved.report_due),
        "bookings_outside": [start_of(booking, zone) for booking in moved.bookings_outside],
    }


# ── The organisation ─────────────────────────────────────────────────────────────────────────────────────────────────
def person(known: Person) -> Document:
    """What everybody who signs in may know of a person."""
    return {
        "id": known.id,
        "name": known.name,
        "unit": known.unit,
        "position": known.position,
        "rank": known.rank,
        "category": known.category,
        "branch": known.branch,
    }


def unit(known: Unit) -> Document:
    """A unit and its posts."""
    return {
        "id": known.id,
        "name": known.name,
        "name_en": known.name_en,
        "kind": known.kind,
        "in_charge": strings(known.in_charge),
        "head": known.head,
        "acting_head": known.acting_head,
    }


def room(known: Room) -> Document:
    """A room."""
    return {
        "id": known.id,
        "name": known.name,
        "name_en": known.name_en,
        "capacity": known.capacity,
        "use": known.use,
    }
