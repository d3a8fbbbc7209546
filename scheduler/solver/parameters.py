"""Everything about the solver that was tuned, in one place: what a value means, and the files that show whether it is good.

Files are those of `python -m bench planner` (docs/reference/planner.md): drawn ones by their shape (L9 to X2000, planted), published
ones by name (`b2b-…`), and P4 for those with absences. Whoever changes a value measures its files before and after.

Work is counted and not timed, so that the same seed gives the same plan on every machine. It comes in steps of ejection (each
places one talk), in starts (pairs of a talk and a step at which it could begin, each a boolean of a model), and in `effort`,
which is CP-SAT's deterministic seconds. Only `ClockParameters` speak of real seconds.
"""

from dataclasses import dataclass, field, fields
from math import isfinite


@dataclass(frozen=True, slots=True)
class _Parameters:
    """A group of numbers, none of which is negative or without end."""

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if not (isfinite(value) and value >= 0):
                raise ValueError(f"{each.name} is a number from 0 up.")


@dataclass(frozen=True, slots=True)
class CountingParameters(_Parameters):
    """Bounds, how a schedule begins, and how it is tidied at the end. P1: L9, S30, M100."""

    max_packings: int = 3_000
    """Tries to prove that the talks of a person do not fit; after that they are taken to fit."""
    max_seatings: int = 2_000
    """Ways to seat the sessions that are tried."""
    max_exchanged_talks: int = 300
    """With more talks than this, no two are asked to change places: pairs grow with the square."""
    look_every: int = 256
    """Talks between two looks at the watch where each is counted, placed or drawn to the front."""

    def __post_init__(self) -> None:
        _Parameters.__post_init__(self)
        if self.look_every < 1:
            raise ValueError("The watch is looked at after some talks.")


@dataclass(frozen=True, slots=True)
class EjectionParameters(_Parameters):
    """How long talks throw out others. P1: L9 to X2000; P2: planted."""

    look_every: int = 8
    """Steps between two looks at the watch: where rooms are many and differ, one takes up to ten milliseconds."""
    steps: int = 40_000
    """Steps, and two more for each talk, that are spent on one horizon."""
    max_few_starts: int = 3_000
    """Up to so many starts an exact decision takes a moment, so ejection gets a moment only."""
    few_steps: int = 2_000
    """Steps that are a moment."""

    def __post_init__(self) -> None:
        _Parameters.__post_init__(self)
        if self.look_every < 1 or self.few_steps > self.steps:
            raise ValueError("The watch is looked at after some steps, and few steps are no more than all.")


@dataclass(frozen=True, slots=True)
class HorizonParameters(_Parameters):
    """Done soonest. P1: L9 to X2000; P2: planted."""

    max_thorough_starts: int = 30_000
    """Up to so many starts, ejection can afford many steps before anything is known."""
    max_starts: int = 150_000
    """A model with more starts is not built."""
    first_effort: float = 0.5
    """For one decision without linear programs, and again with them; each round gives four times as much."""
    effort: float = 60.0
    """For one decision."""


@dataclass(frozen=True, slots=True)
class PlacingParameters(_Parameters):
    """As many talks as can be. No measure of the bench is about it."""

    max_hurried: int = 5_000
    """Up to so many talks it is counted why not all can have a place or be over sooner, and they are drawn to the front, even when the time
    is over: it takes a tenth of a second."""
    max_starts: int = 150_000
    """A model with more starts is not built."""
    max_fair_starts: int = 40_000
    """The same where idle gaps have to be spread evenly, and where it is asked first whether there is a place for everything."""
    first_effort: float = 6.0
    """For the question whether there is a place for everything."""
    effort: float = 60.0
    """For the one decision about what has none."""


@dataclass(frozen=True, slots=True)
class MoveParameters(_Parameters):
    """Fewest moved. P4: S30, M100, X2000."""

    staying_weight: int = 8
    """Throwing out a talk that stays is this many times as dear as one that moves anyhow."""
    max_starts: int = 200_000
    """A model with more starts is not built."""
    effort: float = 60.0
    """For one decision."""


@dataclass(frozen=True, slots=True)
class IdleGapParameters(_Parameters):
    """Fewest idle gaps, asked for as a whole. P3: the eight `b2b-…`."""

    max_starts: int = 40_000
    """With more starts to choose from, the model takes too long to make."""
    first_effort: float = 4.0
    """For a question in the first round; each round gives four times as much."""
    max_states: int = 3_000
    """People's steps times the steps they could be in: where people have more room than that, counting says nothing."""
    bound_effort: float = 0.3
    """For the bound that counts; the usual relaxation takes a tenth of it."""


@dataclass(frozen=True, slots=True)
class IdleGapDayParameters(_Parameters):
    """Fewer idle gaps, a few days at a time. S30 and M100 of seeds 2 and 3, with idle gaps as a goal after the soonest end."""

    max_days: int = 3
    """Freed together."""
    max_starts: int = 12_000
    """A question with more starts than this is not answered in a moment."""
    effort: float = 0.2
    """For one question."""
    total_effort: float = 60.0
    """After so much it is enough, whatever the watch says."""
    patience: int = 3
    """So many days for each day in use, chosen one after the other with nothing found, are enough."""


@dataclass(frozen=True, slots=True)
class TightParameters(_Parameters):
    """Cases that leave no room a free step. P2: planted, at 85 %."""

    restart_period: int = 100
    """Conflicts from one restart to the next, and multiples of them: full schedules come up in long runs."""


@dataclass(frozen=True, slots=True)
class RemedyParameters(_Parameters):
    """What would give talks a place that have none. No measure of the bench is about it."""

    max_explained: int = 20
    """Talks that get repairs; the others only reasons."""
    max_hurried_reasons: int = 1_000
    """Talks that get reasons when the time is over."""
    max_repairs: int = 3
    """For one talk."""
    max_times: int = 2
    """So many of them ask for somebody's time: where it lies in nobody's power, another kind is offered as well."""
    max_days: int = 3
    """Of so many days one is offered on which somebody could make time."""
    max_later_days: int = 3
    """Of so many working days after the window it is looked whether a talk can be then."""
    max_members: int = 3
    """So many of a pool are asked for more time."""
    work: int = 40_000
    """For all talks of a plan: placing a talk, throwing one out, or a start in an exact model are each worth 1."""
    steps: int = 400
    """Steps of ejection for one repair, and then an exact answer where the model is small."""
    max_starts: int = 5_000
    """A model with more starts is not small."""
    exact_work: int = 400
    """What an exact answer is worth at least."""
    effort: float = 0.5
    """For the exact answer."""


@dataclass(frozen=True, slots=True)
class JointRepairParameters(_Parameters):
    """What gives everything a place at once. Prices compare with a minute of somebody's time. No measure of the bench is about it."""

    more_time: int = 1
    """A minute in which somebody is busy."""
    lift_day_maximum: int = 60
    """One talk more a day, for one person."""
    unfix: int = 60
    """A fixed talk at another time or in another room."""
    drop_order: int = 90
    """A talk that waits for no other any more."""
    later_end: int = 120
    """A talk after its last moment."""
    other_window: int = 120
    """A session at a time that is none of its windows."""
    more_rooms: int = 240
    """A room."""
    later_day: int = 480
    """A working day behind the last one."""
    shorten: int = 2
    """A minute of a talk that is longer than any block: such a talk is shortened in any case."""
    later_days: int = 2
    """So many working days more."""
    max_unplaced: int = 100
    """With more without a place, a list of what would help all of them says nothing any more."""
    extra_rooms: int = 4
    """So many rooms more, or as many as there are talks without a place."""
    max_starts: int = 25_000
    """A model with more starts is not built; of the talks that share nobody with one without a place only their starts of now are in it
    where all of them would be too many."""
    effort: float = 3.0
    """For the one question."""


@dataclass(frozen=True, slots=True)
class ClockParameters(_Parameters):
    """What is timed after all. P1: X2000, and what a limit of time does to it."""

    watch_every: float = 0.05
    """Seconds between two looks at the watch while CP-SAT runs."""
    written_per_second: float = 80_000
    """Talks that are written into a plan in a second, at the end, when the time is over."""
    construction_grace: float = 0.35
    """Seconds more than that for giving each talk a first place: a plan with all of them a moment late is better than half a plan."""
    end_share: float = 0.03
    """Of the time, for what takes longer than it should."""
    explained_per_second: float = 10_000
    """The time is shared out so that of so many talks a second one without a place can be explained."""
    repairs_share: float = 0.05
    """Of the time, for looking for what would give talks a place."""
    told_per_second: float = 20_000
    """Talks that are told of in a second at most: a plan of all of them takes a while to write down."""

    def __post_init__(self) -> None:
        _Parameters.__post_init__(self)
        if not (self.watch_every and self.written_per_second and self.explained_per_second and self.told_per_second):
            raise ValueError("Nothing is done infinitely often or slowly.")
        if self.end_share + self.repairs_share >= 1:
            raise ValueError("Some of the time is left for solving.")


@dataclass(frozen=True, slots=True)
class Parameters:
    """All of them, by what they are for."""

    counting: CountingParameters = field(default_factory=CountingParameters)
    ejection: EjectionParameters = field(default_factory=EjectionParameters)
    horizons: HorizonParameters = field(default_factory=HorizonParameters)
    placing: PlacingParameters = field(default_factory=PlacingParameters)
    moves: MoveParameters = field(default_factory=MoveParameters)
    idle_gaps: IdleGapParameters = field(default_factory=IdleGapParameters)
    idle_gap_days: IdleGapDayParameters = field(default_factory=IdleGapDayParameters)
    tight: TightParameters = field(default_factory=TightParameters)
    remedies: RemedyParameters = field(default_factory=RemedyParameters)
    joint: JointRepairParameters = field(default_factory=JointRepairParameters)
    clock: ClockParameters = field(default_factory=ClockParameters)


PARAMETERS = Parameters()
"""Those that the solver works with."""
