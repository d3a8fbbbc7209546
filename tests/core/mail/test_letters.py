from scheduler.core.mail.letters import Letter, Purpose
from tests.builders import ZONE


def test_a_letter_says_nothing_unless_it_is_told() -> None:
    letter = Letter("文静", "wen@example.org", "zh", ZONE)

    assert (letter.told, letter.reminder, letter.links) == ((), None, ())
    assert [purpose.value for purpose in Purpose] == ["come", "propose", "held"]
