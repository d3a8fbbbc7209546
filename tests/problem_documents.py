"""A `PlanProblem` → the document of a problem file that asks it: what a key left out would mean is left out."""

from scheduler.core.plans.problems import (
    DEFAULT_GOALS,
    PlanProblem,
    ProblemPerson,
    ProblemRoom,
    ProblemSession,
    ProblemTalk,
    Stretch,
    TalkPlace,
    text_of,
)

Document = dict[str, object]


def document_of(problem: PlanProblem) -> Document:
    """The document that `problems.read` reads as this problem."""
    needed: Document = {
        "grid_minutes": problem.grid_minutes,
        "days": [day.isoformat() for day in problem.days],
        "blocks": [[_clock(start), _clock(end)] for start, end in problem.blocks],
        "people": [_person(person) for person in problem.people],
        "rooms": [_room(room) for room in problem.rooms],
        "talks": [_talk(talk) for talk in problem.talks],
    }
    more = _said(
        sessions=[_session(session) for session in problem.sessions],
        goals=[] if problem.goals == DEFAULT_GOALS else list(map(str, problem.goals)),
        max_break_difference=problem.max_break_difference,
    )
    return _said(name=problem.name) | needed | more


def _said(**values: object) -> Document:
    """The keys that say anything."""
    return {key: value for key, value in values.items() if value not in (None, "", [])}


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _busy(stretches: tuple[Stretch, ...]) -> list[list[str]]:
    return [[text_of(start), text_of(end)] for start, end in stretches]


def _person(person: ProblemPerson) -> Document:
    more = _said(
        busy=_busy(person.busy),
        max_talks_per_half_day=person.max_talks_per_half_day,
        max_talks_per_day=person.max_talks_per_day,
        max_talks_per_week=person.max_talks_per_week,
        stands=[text_of(start) for start in person.stands],
    )
    return {"id": person.id} | more


def _room(room: ProblemRoom) -> Document:
    return {"id": room.id} | _said(busy=_busy(room.busy), capacity=room.capacity)


def _talk(talk: ProblemTalk) -> Document:
    needed: Document = {"id": talk.id, "people": list(talk.people), "minutes": talk.minutes}
    return needed | _said(
        any_of=[list(pool) for pool in talk.any_of],
        earliest=None if talk.earliest is None else text_of(talk.earliest),
        latest=None if talk.latest is None else text_of(talk.latest),
        after=list(talk.after),
        fixed=_place(talk.fixed),
        current=_place(talk.current),
        priority=None if talk.priority == 1 else talk.priority,
        room=None if talk.needs_room else False,
    )


def _place(place: TalkPlace | None) -> Document | None:
    if place is None:
        return None
    return {"start": text_of(place.start)} | _said(room=place.room)


def _session(session: ProblemSession) -> Document:
    needed: Document = {"id": session.id, "people": list(session.people), "minutes": session.minutes}
    return needed | {"windows": [text_of(start) for start in session.windows]} | _said(room=session.needs_room or None)
