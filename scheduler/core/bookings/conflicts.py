"""What is wrong with a draft of a booking, as named findings: refusals, warnings, hints."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

from scheduler.core.bookings.snapshot import Snapshot
from scheduler.core.coverage.report import CoverageState
from scheduler.core.ground import audiences
from scheduler.core.ground.bookings import (
    OFF_SITE,
    STUDIED_KINDS,
    Absence,
    Booking,
    Draft,
    Kind,
    Mode,
    Participant,
    Size,
)
from scheduler.core.ground.findings import Finding, Findings
from scheduler.core.ground.ids import GroupId, PersonId
from scheduler.core.ground.people import Room
from scheduler.core.ground.spans import Span, local_days
from scheduler.core.ground.working_time import SATURDAY, WorkingTime
from scheduler.core.organisation import absences

PRIVATE = frozenset({"person_taken", "room_taken", "absence", "attendee_unavailable"})
"""Kinds whose when and why only organizers are told; others learn who or what cannot be had."""
ALIKE = frozenset({"person_taken", "absence"})
"""Kinds that are one and the same to others: whether somebody is taken or away is theirs."""


def find(draft: Draft, snapshot: Snapshot) -> Findings:
    """Everything there is to say about a draft: audiences of nobody, people in their order, then the room, then the time, then hints."""
    people = audiences.participants(draft.people, draft.audience, snapshot.roster, draft.host)
    clashing = _clashing(draft, snapshot.bookings, snapshot.working_time)
    return Findings.of(
        [
            *empty_audiences(draft, snapshot),
            *_people(draft, people, clashing, snapshot),
            *_room(draft, people, clashing, snapshot),
            *calendar(draft.span, snapshot.working_time),
            *_window(draft, snapshot),
            *_hints(draft, people, snapshot),
        ]
    )


def empty_audiences(draft: Draft, snapshot: Snapshot) -> list[Finding]:
    """The parts of an audience that stand for nobody on that day; of a booking that stands, only when nobody is left at all."""
    nobody = audiences.empty(draft.audience, snapshot.roster, snapshot.contacts)
    if draft.replaces and (draft.people or len(nobody) < len(draft.audience)):
        return []
    groups = {group.id: group.name for group in snapshot.roster.groups.values()}
    return [Finding("empty_audience", s, {"group": groups.get(GroupId(s.rpartition(":")[2]), "")}) for s in nobody]


def calendar(span: Span, working_time: WorkingTime) -> Iterator[Finding]:
    """What the calendar says of a stretch of time: days off, lunch, hours, years not yet published.

    What lasts several days is one event: each kind is told once, of the first day that it holds of, and its nights are no
    time outside hours. The subject is the day, or the year.
    """
    told: set[str] = set()
    days = list(local_days(span, working_time.zone))
    for place, (day, start, end) in enumerate(days):
        findings = [
            *_off(day, working_time),
            *_hours(day, start, end, working_time, is_first=place == 0, is_last=place == len(days) - 1),
            *_unpublished(day, working_time),
        ]
        yield from (finding for finding in findings if finding.kind not in told)
        told |= {finding.kind for finding in findings}


def of_day(day: date, working_time: WorkingTime) -> list[Finding]:
    """What the calendar says of a day as a whole: that nobody works, that its year is not yet published."""
    return [*_off(day, working_time), *_unpublished(day, working_time)]


def _off(day: date, working_time: WorkingTime) -> Iterator[Finding]:
    """Whether people do not work on a day."""
    if not working_time.is_workday(day):
        kind = "weekend" if day.weekday() >= SATURDAY else "holiday"
        yield Finding(kind, day.isoformat(), {"day": day, "note": working_time.note(day)})


def _unpublished(day: date, working_time: WorkingTime) -> Iterator[Finding]:
    """Whether the holidays of its year are not known yet."""
    if not working_time.is_published(day.year):
        yield Finding("year_not_published", str(day.year), {"year": day.year})


def unsuited(room: Room, kind: Kind, count: int) -> Iterator[Finding]:
    """Why a room does not suit a booking of a kind with so many people: it is too small, or meant for something else."""
    if room.capacity is not None and count > room.capacity:
        yield Finding("room_too_small", room.id, {"name": room, "capacity": room.capacity, "count": count})
    if room.use != "all" and (room.use == "talk") != (kind is Kind.TALK):
        yield Finding("room_use", room.id, {"name": room, "use": room.use})


def private(findings: Findings, viewer: PersonId | None) -> Findings:
    """The same for somebody who is no organizer: who and what cannot be had, but neither when nor why; of themself all."""
    groups = (findings.blocking, findings.warnings, findings.hints)
    return Findings(*(_each_once(_stripped(finding, viewer) for finding in group) for group in groups))


def _stripped(finding: Finding, viewer: PersonId | None) -> Finding:
    if finding.kind not in PRIVATE or finding.subject == viewer:
        return finding
    kind = "person_unavailable" if finding.kind in ALIKE else finding.kind
    return Finding(kind, finding.subject, {"name": finding.details["name"], "is_private": True})


def _each_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Without repetitions: who is taken and away as well is told of once."""
    return tuple(dict.fromkeys(findings))


_Clash = tuple[Booking, Span]
"""Another booking, and the time that it and the draft share."""


def _clashing(draft: Draft, bookings: Iterable[Booking], time: WorkingTime) -> list[_Clash]:
    """The uncancelled bookings, other than the one that is moved, that would take anything at one time with the draft."""
    uncancelled = (booking for booking in bookings if not booking.is_cancelled and booking.id != draft.replaces)
    return [(booking, shared) for booking in uncancelled if (shared := time.shared(booking.span, draft.span))]


def _people(
    draft: Draft, people: Iterable[Participant], clashing: Iterable[_Clash], snapshot: Snapshot
) -> Iterator[Finding]:
    """For each person the earliest clash, and what keeps them away."""
    taken: dict[PersonId, Span] = {}
    for booking, shared in clashing:
        for person in booking.people:
            taken[person] = min(shared, taken.get(person, shared))
    away: dict[PersonId, list[Absence]] = {}
    for absence in snapshot.absences:
        away.setdefault(absence.person, []).append(absence)
    times = snapshot.working_time.taken(draft.span)
    for participant in people:
        person, name = participant.person, snapshot.roster.name(participant.person)
        if person in taken:
            yield Finding("person_taken", person, {"name": name, **_times(taken[person], draft, snapshot)})
        hindrance = absences.hindering(away.get(person, ()), times, snapshot.working_time.zone)
        if hindrance:
            kind = "absence" if participant.is_named else "attendee_unavailable"
            zone = {"zone": snapshot.working_time.zone} if hindrance.busy else {}
            yield Finding(kind, person, {"name": name, "absence": hindrance, **zone})


def _room(
    draft: Draft, people: Collection[Participant], clashing: Iterable[_Clash], snapshot: Snapshot
) -> Iterator[Finding]:
    """Whether the room is free, large enough and meant for this."""
    room = snapshot.rooms.get(draft.room) if draft.room and draft.room != OFF_SITE else None
    if not room:
        return
    if taken := [shared for booking, shared in clashing if booking.room == draft.room]:
        yield Finding("room_taken", room.id, {"name": room, **_times(min(taken), draft, snapshot)})
    seated = {participant.person for participant in people}
    outside = audiences.outside_count(draft.audience, snapshot.contacts, draft.guests, seated)
    yield from unsuited(room, draft.kind, len(seated) + outside)


def _times(shared: Span, draft: Draft, snapshot: Snapshot) -> dict[str, object]:
    """The local times of a clash, and the local day of the draft, that the sentence may leave out."""
    zone = snapshot.working_time.zone
    return {
        "start": shared.start.astimezone(zone),
        "end": shared.end.astimezone(zone),
        "day": draft.span.start.astimezone(zone).date(),
    }


def _hours(
    day: date, start: datetime, end: datetime, working_time: WorkingTime, *, is_first: bool, is_last: bool
) -> Iterator[Finding]:
    """Whether a part of one day crosses lunch, or begins before the first block, or ends after the last one."""
    if working_time.lunch:
        lunch_starts, lunch_ends = (datetime.combine(day, moment) for moment in working_time.lunch)
        if start < lunch_ends and lunch_starts < end:
            yield Finding("lunch", day.isoformat(), {"day": day, "hours": working_time.lunch})
    if working_time.blocks:
        opens = min(first for first, _ in working_time.blocks)
        closes = max(last for _, last in working_time.blocks)
        begins_early = is_first and not datetime.combine(day, opens) <= start < datetime.combine(day, closes)
        ends_late = is_last and not datetime.combine(day, opens) < end <= datetime.combine(day, closes)
        if begins_early or ends_late:
            yield Finding("outside_hours", day.isoformat(), {"day": day, "hours": (opens, closes)})


def _window(draft: Draft, snapshot: Snapshot) -> Iterator[Finding]:
    """Whether a talk lies outside the time that talks are to be held in."""
    day = draft.span.start.astimezone(snapshot.working_time.zone).date()
    if draft.kind is Kind.TALK and snapshot.window and day not in snapshot.window:
        first, last = snapshot.window.first, snapshot.window.last
        yield Finding("outside_window", snapshot.window_subject, {"first": first, "last": last, "day": day})


def _hints(draft: Draft, people: tuple[Participant, ...], snapshot: Snapshot) -> Iterator[Finding]:
    """What is good to know and speaks against nothing. What has no id yet goes by its day, as the calendar does."""
    subject = draft.replaces or draft.span.start.astimezone(snapshot.working_time.zone).date().isoformat()
    if not draft.room and draft.mode is Mode.FACE_TO_FACE:
        yield Finding("no_room", subject)
    if draft.kind in STUDIED_KINDS and draft.hours is None and not snapshot.working_time.hours_of(draft.span):
        yield Finding("no_study_hours", subject)
    if draft.kind is not Kind.TALK:
        return
    if draft.title:
        yield Finding("title_dropped", subject)
    if draft.agenda or draft.remark:
        yield Finding("remark_dropped", subject)
    if snapshot.requirements is None:
        return
    if not snapshot.requirements:
        yield Finding("extra", snapshot.window_subject)
    elif all(state.state is CoverageState.COVERED for state in snapshot.requirements):
        yield Finding("already_covered", snapshot.window_subject)
    else:
        yield from _form(draft, len(people) + len(draft.guests), snapshot)


def _form(draft: Draft, count: int, snapshot: Snapshot) -> Iterator[Finding]:
    """Whether the way of talking is one that counts."""
    open_requirements = [
        state.requirement for state in snapshot.requirements or () if state.state is not CoverageState.COVERED
    ]
    is_group = draft.size is Size.GROUP or count > 2
    if is_group and not any(requirement.group_ok for requirement in open_requirements):
        yield Finding("group_talk", snapshot.window_subject)
    elif not any(draft.mode in requirement.modes for requirement in open_requirements):
        yield Finding("mode_not_allowed", snapshot.window_subject)
