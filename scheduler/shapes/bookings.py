"""Bookings, free times, swaps, proposed talks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Self

from pydantic import BaseModel, Field

from scheduler import wording
from scheduler.core.bookings.free_times import FreeTime
from scheduler.core.bookings.meeting_load import Joinable, PersonWeek
from scheduler.core.bookings.proposals import ProposalState, TalkProposal
from scheduler.core.bookings.swaps import SwapProposal, SwapState
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.agenda import AgendaItem
from scheduler.core.ground.bookings import Mode, Size
from scheduler.core.ground.errors import Refused
from scheduler.core.ground.findings import Findings
from scheduler.core.ground.ids import BookingId, ProposalId
from scheduler.core.sessions.study import Attended
from scheduler.services.bookings.guests import GuestLine, GuestList
from scheduler.services.bookings.many import ManyDone
from scheduler.services.bookings.meeting_load import MeetingLoad
from scheduler.services.bookings.proposals import Proposed
from scheduler.services.ground.booking_changes import Booked
from scheduler.shapes.ground import Day, FindingModel, LocalTime, Number, Shape, at
from scheduler.wording.readers import Reader


class BookedModel(Shape[Mapping[str, object]]):
    """Whether it went through, as what, and what is to be said about it."""

    ok: bool
    id: str | None
    proposal: int | None
    """A talk of one's own is not booked yet: the proposal that the other one has to accept."""
    others: list[str] | None = Field(None, exclude_if=lambda others: others is None)
    """Of a series: the others that became so too."""
    blocking: list[FindingModel]
    warnings: list[FindingModel]
    hints: list[FindingModel]

    @classmethod
    def told(
        cls,
        findings: Findings | Refused,
        reader: Reader,
        booking: BookingId | None = None,
        proposal: ProposalId | None = None,
    ) -> Self:
        """The answer to book, move, cancel and confirm, and when the facts did not allow it."""
        weights = {weight: getattr(findings, weight) for weight in ("blocking", "warnings", "hints")}
        return cls.of({"ok": not findings.blocking, "id": booking, "proposal": proposal, **weights}, reader)

    @classmethod
    def made_of_series(cls, booked: Sequence[Booked], booking: BookingId, reader: Reader) -> Self:
        """The answer to what was done to several of a series; the remarks of all of them, each once."""
        warnings = dict.fromkeys(warning for done in booked for warning in done.findings.warnings)
        hints = dict.fromkeys(hint for done in booked for hint in done.findings.hints)
        others = [done.booking.id for done in booked if done.booking.id != booking]
        told = cls.told(Findings((), tuple(warnings), tuple(hints)), reader, booking)
        return told.model_copy(update={"others": others})

    @classmethod
    def made(cls, booked: Booked | Proposed, reader: Reader) -> Self:
        """The answer to whatever went through."""
        if isinstance(booked, Proposed):
            return cls.told(booked.findings, reader, proposal=booked.proposal.id)
        return cls.told(booked.findings, reader, booked.booking.id)


class OneOfManyModel(BaseModel):
    """What became of one of many; `text` says why not."""

    id: str
    ok: bool
    text: str


class ManyDoneModel(Shape[ManyDone]):
    """What became of each; `ok` when of all what was asked."""

    ok: bool
    bookings: list[OneOfManyModel]

    @classmethod
    def of(cls, value: ManyDone, reader: Reader | None = None) -> Self:
        """Those that went through, then those that did not."""
        lang = reader.lang if reader else "zh"
        done = [OneOfManyModel(id=name, ok=True, text="") for name in value.done]
        noes = [OneOfManyModel(id=name, ok=False, text=wording.error(no, lang)) for name, no in value.refused.items()]
        return cls(ok=not noes, bookings=[*done, *noes])


class AgendaItemModel(Shape[AgendaItem]):
    """One point of an agenda; who speaks to it is of the roster (`person`) or named (`speaker`)."""

    title: str
    person: str | None
    speaker: str
    minutes: int | None


class BookingModel(Shape[SeenBooking]):
    """A booking as far as the viewer may see it; a busy one (占用) has a time and a room only."""

    id: str | None
    kind: str
    title: str
    start: LocalTime = at("span", "start")
    end: LocalTime = at("span", "end")
    room: str | None
    people: list[str]
    status: str = at("state")
    mode: Mode | None
    size: Size | None
    version: int | None
    campaign: str | None
    hours: Number | None
    """The study hours that it states; null: as its time says."""
    host: str | None
    agenda: list[AgendaItemModel]
    remark: str
    link: str
    series: str
    """The series that it was booked in; empty: none."""
    absent: list[str]
    """Who of its people cannot be had then: organizers are told of all, others of themselves."""

    @classmethod
    def of(cls, value: SeenBooking, reader: Reader | None = None) -> Self:
        """A booking; nothing is known of how a busy one is held."""
        told = super().of(value, reader)
        return told.model_copy(update=dict.fromkeys(("mode", "size", "version"))) if value.is_busy else told


class GuestModel(Shape[GuestLine]):
    """A guest: sent by a contact, or of the roster, or neither; how they were there, as far as the viewer may know."""

    id: str = at("guest", "id")
    name: str = at("guest", "name")
    unit: str = at("guest", "unit")
    post: str = at("guest", "post")
    kind: str = at("guest", "kind")
    contact: str | None = at("guest", "contact")
    person: str | None = at("guest", "person")
    status: Attended | None


class GuestListModel(Shape[GuestList]):
    """The guests of a booking; `expected` are those who are neither guests nor observers, `in_room` is everybody."""

    booking: str
    guests: list[GuestModel] = at("lines")
    expected: int
    outside: int
    in_room: int


class BookingListModel(Shape[Iterable[SeenBooking]]):
    """Bookings by start."""

    bookings: list[BookingModel]

    @classmethod
    def of(cls, value: Iterable[SeenBooking], reader: Reader | None = None) -> Self:
        """Each as far as it may be seen."""
        return cls(bookings=[BookingModel.of(seen, reader) for seen in value])


class FreeTimeModel(Shape[FreeTime]):
    """A time at which everybody who is named and a room are free.

    `missing` counts those of an audience who cannot come; who they are, organizers are told.
    """

    start: LocalTime = at("span", "start")
    end: LocalTime = at("span", "end")
    room: str | None
    missing: int
    missing_people: list[str]
    warnings: list[FindingModel]


class FreeTimeListModel(Shape[Mapping[str, Iterable[FreeTime]]]):
    """The best first."""

    free_times: list[FreeTimeModel]


class SwapModel(Shape[SwapProposal]):
    """A proposal of another time for a talk."""

    id: int
    booking: str
    proposer: str
    start: LocalTime
    room: str | None
    agreed: list[str]
    state: SwapState


class TalkProposalModel(Shape[TalkProposal]):
    """A talk that one of its two people proposed; `booking` once the other one has accepted."""

    id: int
    proposer: str
    other: str
    start: LocalTime = at("span", "start")
    end: LocalTime = at("span", "end")
    room: str | None
    state: ProposalState
    booking: str | None


class TalkProposalListModel(Shape[Mapping[str, Iterable[TalkProposal]]]):
    """The proposed talks that can be answered."""

    proposals: list[TalkProposalModel]


class SwapListModel(Shape[Mapping[str, Iterable[SwapProposal]]]):
    """The proposals for one's own talks that can be answered."""

    swaps: list[SwapModel]


class PersonWeekModel(Shape[PersonWeek]):
    """What somebody has in a week, from its Monday on."""

    person: str
    monday: Day
    hours: Number
    bookings: list[str]


class JoinableModel(Shape[Joinable]):
    """Two meetings that could be one."""

    earlier: str
    later: str
    people: list[str]


class MeetingLoadModel(Shape[MeetingLoad]):
    """Hours of bookings, person by person and week by week; `over`: the weeks with more than the ceiling."""

    person: str | None
    first: Day
    last: Day
    ceiling: int
    weeks: list[PersonWeekModel]
    over: list[PersonWeekModel]
    joinable: list[JoinableModel]
