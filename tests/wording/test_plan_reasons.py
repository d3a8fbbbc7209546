import pytest

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.placements import Repair
from scheduler.wording.plan_reasons import REASONS, REPAIRS, SENTENCES, repair_text, sentence
from scheduler.wording.texts import say


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_has_a_sentence_even_without_details(lang: str) -> None:
    assert all(sentence(Finding(kind, "p07"), lang=lang) for kind in SENTENCES)
    assert all(repair_text(Repair(kind), lang=lang) for kind in REPAIRS)


def test_sentences_stand_in_both_languages() -> None:
    texts = (*REASONS.values(), *REPAIRS.values())
    assert all(say(text, "en").isascii() and not say(text, "zh").isascii() for text in texts)
