from scheduler.core.arranging.talks import ArrangedTalk, order_of, weights
from scheduler.core.ground.ids import RuleId
from scheduler.core.plans.problems import ProblemTalk
from scheduler.core.rules.requirements import Severity
from tests.core.arranging_cases import a_pair, facts


def test_a_stronger_rule_weighs_more_only_where_rules_differ() -> None:
    must, should = a_pair(), a_pair(severity=Severity.SHOULD)

    assert weights([]) == weights([must]) == weights([should, should]) == dict.fromkeys(Severity, 1)
    assert weights([must, should]) == {Severity.MUST: 3, Severity.SHOULD: 2, Severity.OPTIONAL: 1}


def test_the_order_is_that_of_the_earliest_rule_and_last_without_one() -> None:
    known = facts(orders={RuleId("R1"): 7})

    assert order_of(a_pair(), known) == 7
    assert order_of(a_pair(rule="R2"), known) == order_of(None, known) > 7


def test_everybody_who_may_be_in_a_talk() -> None:
    talk = ArrangedTalk(ProblemTalk("t", ("a",), 45, any_of=(("b", "c"), ("d",))), None)

    assert (talk.everybody, talk.rules) == ({"a", "b", "c", "d"}, ())
