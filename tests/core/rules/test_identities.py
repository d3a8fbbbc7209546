from datetime import date

from scheduler.core.campaigns.windows import EVER, Period
from scheduler.core.ground.bookings import Mode
from scheduler.core.ground.ids import RuleId, UnitId
from scheduler.core.ground.spans import DayRange
from scheduler.core.rules.identities import Identity, Terms, merged, together
from scheduler.core.rules.requirements import Reason, Severity
from tests.builders import people

FACE, PHONE, VIDEO = frozenset({Mode.FACE_TO_FACE}), frozenset({Mode.PHONE}), frozenset({Mode.VIDEO})
ALL = frozenset(Mode)
R1, R2 = RuleId("R1"), RuleId("R2")
PAIR = Identity(people("p01", "p02"), (), 1, Period(None, EVER))
MUST = Terms(Severity.MUST, 1, FACE, group_ok=False)


def test_two_rules_asking_for_one_pair_give_one_requirement_with_both_reasons() -> None:
    (found,) = merged({R1: {PAIR: [Reason(R1)]}, R2: {PAIR: [Reason(R2)]}}, {R1: MUST, R2: MUST})

    assert found.pair == people("p01", "p02")
    assert found.reasons == (Reason(R1), Reason(R2))
    assert (found.kind, found.subject, found.window, found.period) == ("pair", None, EVER, None)


def test_one_rule_may_have_two_reasons_but_none_twice() -> None:
    one, other = Reason(R1, UnitId("D03")), Reason(R1, UnitId("I02"))

    (found,) = merged({R1: {PAIR: [one, other, one]}}, {R1: MUST})

    assert found.reasons == (one, other)
    assert found.rules == (R1,)


def test_requirement_of_a_subject_has_a_pool() -> None:
    identity = Identity(people("p01"), people("s01", "s02"), 2, Period("2014", EVER))

    (found,) = merged({R1: {identity: [Reason(R1)]}}, {R1: MUST})

    assert (found.kind, found.pair, found.subject, found.pool, found.k) == ("any", None, "p01", people("s01", "s02"), 2)
    assert found.period == "2014"


def test_another_period_window_pool_or_number_is_another_requirement() -> None:
    july = DayRange(date(2014, 7, 1), date(2014, 7, 31))
    alone, pool = people("p01"), people("s01", "s02")
    different = [
        PAIR,
        PAIR._replace(period=Period("2014-07", july)),
        PAIR._replace(period=Period(None, july)),
        Identity(alone, pool, 1, Period(None, EVER)),
        Identity(alone, pool, 2, Period(None, EVER)),
        Identity(alone, pool[:1], 1, Period(None, EVER)),
    ]

    assert len(merged({R1: {identity: [Reason(R1)] for identity in different}}, {R1: MUST})) == 6


def test_together_the_strongest_severity_and_the_largest_count_hold() -> None:
    should = Terms(Severity.SHOULD, 3, FACE, group_ok=False)

    assert together([should, MUST]) == Terms(Severity.MUST, 3, FACE, group_ok=False)
    assert together([Terms(Severity.OPTIONAL, 1, FACE, group_ok=False), should]).severity is Severity.SHOULD


def test_together_a_talk_must_suit_every_rule_of_the_strongest_severity() -> None:
    easy = Terms(Severity.MUST, 1, ALL, group_ok=True)
    weak = Terms(Severity.OPTIONAL, 1, PHONE, group_ok=False)

    assert together([easy, MUST]) == MUST
    assert together([weak, easy]) == easy


def test_together_the_first_rule_decides_when_no_mode_suits_all() -> None:
    assert together([MUST._replace(modes=VIDEO), MUST._replace(modes=PHONE)]).modes == VIDEO
