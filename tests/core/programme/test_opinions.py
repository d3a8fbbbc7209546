"""Opinions: who has answered, who was late, and sums."""

from datetime import date

from scheduler.core.ground.ids import BookingId
from scheduler.core.programme import opinions
from scheduler.core.programme.opinions import OpinionRequest, TallyEntry

SENT, DUE = date(2014, 3, 20), date(2014, 4, 15)


def day(number: int) -> date:
    return date(2014, 4, number)


def test_who_answered_late_stays_late() -> None:
    requests = [
        OpinionRequest("O10", "u10", SENT, DUE, day(15)),
        OpinionRequest("O2", "u2", SENT, DUE, day(17)),
        OpinionRequest("O3", "u3", SENT, DUE),
        OpinionRequest("O4", "u4", SENT),
        OpinionRequest("O5", "u5", SENT, DUE, waived_on=day(16)),
        OpinionRequest("O6", "u6", day(30), DUE),
    ]
    early, then, later = (opinions.asked_by(requests, day(n)) for n in (15, 16, 20))

    assert (early.total, early.received_total, early.rate, early.late) == (5, 1, 20.0, ())
    assert (then.late, then.outstanding, then.waived) == (("O2", "O3"), ("O2", "O3", "O4"), ("O5",))
    assert (later.received, later.late, later.rate) == (("O2", "O10"), ("O2", "O3"), 50.0)
    assert opinions.asked_by([], SENT).rate is None


def test_sums_by_source_and_area() -> None:
    entries = [
        TallyEntry("symposium", "甲", 2, day(1), BookingId("E04")),
        TallyEntry("written", "甲", 3, day(1)),
        TallyEntry("written", "乙", 1, day(2)),
    ]
    tally = opinions.tally(entries, day(1))

    assert (tally.items, tally.areas, tally.by_symposium, tally.findings) == (5, 1, {"E04": 2}, ())
    assert list(opinions.tally(entries, day(2)).by_source) == ["written", "symposium"]


def test_sums_that_differ_are_found() -> None:
    (finding,) = opinions.tally(
        [TallyEntry("written", "", 5, day(1)), TallyEntry("", "甲", 4, day(1))], day(1)
    ).findings

    assert (finding.kind, finding.details) == ("tally_differs", {"by_source": 5, "by_area": 4})
