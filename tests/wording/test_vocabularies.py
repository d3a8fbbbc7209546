"""Sentences in the words that are spoken here."""

import pytest

from scheduler import wording
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.vocabulary import vocabulary
from scheduler.wording import letters, vocabularies
from scheduler.wording.vocabularies import Spoken


@pytest.fixture
def neutral(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Spoken, "ask", staticmethod(lambda: vocabulary("zh-neutral")))


@pytest.mark.usefixtures("neutral")
def test_labels_findings_and_letters_speak_it() -> None:
    assert (wording.label("talk"), wording.label("talk", "en")) == ("面谈", "Talk")
    assert wording.label("category:leader") == "管理层成员"
    assert wording.text(Finding("group_talk", "T001")) == "集体面谈不计入应谈"
    assert wording.audience_text("branch:B1", lambda _: "机关党支部") == "机关党支部全体成员", "names stay"
    assert letters.sender_name("zh") == "面谈"
    assert vocabularies.told("Party branch", "en") == "Team"
