"""What each talk counts for, and why it does not if it does not: the ledger's judgement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.core.coverage.former_requirements import EarlierResolution, FormerRequirements
from scheduler.core.coverage.matching import Matching
from scheduler.core.coverage.report import Coverage, progress
from scheduler.core.ground.bookings import AWAITING, BOOKED, CANCELLED, HELD, AsOf, Booking, State
from scheduler.core.ground.ids import BookingId, RuleId
from scheduler.core.rules.requirements import Resolution

WHY_NOT = ("cancelled", "not_yet_held", "unconfirmed", "outside_window", "group_talk", "mode_not_allowed")
"""Why a talk does not count; the first that applies is told."""
_BY_STATE = {CANCELLED: "cancelled", BOOKED: "not_yet_held", AWAITING: "unconfirmed"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one talk was worth on a day."""

    talk: Booking
    state: State
    why_not: str | None
    """One of `WHY_NOT`; None: it counts."""
    covers: tuple[RuleId, ...]
    """The rules that it brought forward, being among the earliest that were needed."""
    is_extra: bool
    """Whether no rule asks for these people, at any time, nor did on the day of the talk."""
    is_no_longer_required: bool = False
    """Whether rules asked for these people on the day of the talk and do not any more."""

    @property
    def counts(self) -> bool:
        """Whether it counts as a talk that was held as it should be."""
        return self.why_not is None


def verdicts(coverage: Coverage, earlier: Sequence[EarlierResolution] = ()) -> tuple[Verdict, ...]:
    """What each talk known on the day of a coverage was worth, by date; `earlier`: what was asked on earlier days."""
    matching = Matching(coverage.resolution.requirements, coverage.as_of.zone)
    former = FormerRequirements(earlier, coverage.as_of.zone)
    covers = _covers(coverage, matching)
    talks = sorted(
        (talk for talk in coverage.talks if talk.was_known(coverage.as_of)), key=lambda talk: (talk.span.start, talk.id)
    )
    return tuple(_verdict(talk, covers.get(talk.id, {}), coverage, matching, former) for talk in talks)


def _verdict(
    talk: Booking, covers: dict[RuleId, None], coverage: Coverage, matching: Matching, former: FormerRequirements
) -> Verdict:
    as_of = coverage.as_of
    state = talk.state(as_of)
    is_asked = next(matching.of_people(talk), None) is not None
    then = None if is_asked else former.of(talk)
    resolution, then_matching = then or (coverage.resolution, matching)
    why_not = _BY_STATE.get(state) or _form(talk, resolution, as_of, then_matching, is_extra=not (is_asked or then))
    rules = tuple(rule for rule in coverage.resolution.by_rule if rule in covers)
    return Verdict(talk, state, why_not, rules, not (is_asked or then), then is not None)


def _form(talk: Booking, resolution: Resolution, as_of: AsOf, matching: Matching, *, is_extra: bool) -> str | None:
    """Why a held talk does not count; a talk that no rule asks for is held against the rule set as a whole."""
    if is_extra:
        if talk.day(as_of.zone) not in resolution.window:
            return "outside_window"
        return _why(talk, [(resolution.group_ok, talk.mode in resolution.modes)])
    requirements = [resolution.requirements[place] for place in matching.at_time(talk)]
    if not requirements:
        return "outside_window"
    return _why(talk, [(requirement.group_ok, talk.mode in requirement.modes) for requirement in requirements])


def _why(talk: Booking, forms: Iterable[tuple[bool, bool]]) -> str | None:
    """The first hurdle that no requirement takes away: being a group talk, then the mode."""
    left = [mode_ok for group_ok, mode_ok in forms if group_ok or not talk.is_group_talk]
    if not left:
        return "group_talk"
    return None if any(left) else "mode_not_allowed"


def _covers(coverage: Coverage, matching: Matching) -> dict[BookingId, dict[RuleId, None]]:
    """For each talk the rules whose requirements it brought forward."""
    as_of, covers = coverage.as_of, dict[BookingId, dict[RuleId, None]]()
    serving = matching.serving(coverage.talks, as_of)
    for place, talks in serving.items():
        requirement = coverage.resolution.requirements[place]
        counting = [talk for talk in talks if talk.state(as_of) is HELD]
        for talk in progress(requirement, counting, as_of.zone).by:
            covers.setdefault(talk, {}).update(dict.fromkeys(requirement.rules))
    return covers
