from dataclasses import replace

from scheduler.core.ground.ids import BookingId
from scheduler.core.mail.letters import Entry, Letter, PageNews, Purpose, Told
from scheduler.core.mail.news import NewsKind
from scheduler.wording import letters
from tests.builders import REAL, ZONE, a_span

TALK = Entry(BookingId("T001"), "talk", "", ("陈国梁",), a_span(), "谈话室")
MEETING = Entry(BookingId("E01"), "meeting", "动员大会", (), a_span("2014-07-05T14:00", 60))
ADDED = Told(NewsKind.ADDED, TALK, "u", 0, REAL, REAL)
MOVED = replace(
    ADDED, kind=NewsKind.CHANGED, entry=MEETING, before=a_span("2014-07-04T14:00"), before_place="第一会议室"
)
GONE = replace(ADDED, kind=NewsKind.REMOVED, entry=replace(TALK, others=(), place=""), before=a_span())
LETTER = Letter("文静", "wen@example.org", "zh", ZONE, (ADDED, MOVED, GONE))


def test_a_letter_says_what_changed_from_when_to_when() -> None:
    assert letters.subject(LETTER) == "日程变动：3 项"
    assert letters.text(LETTER) == (
        "文静：\n\n"
        "【新增】7月1日 周二 9:00–9:45  谈心谈话：陈国梁，谈话室\n"
        "【有变】7月4日 周五 14:00 → 7月5日 周六 14:00–15:00  动员大会，第一会议室 → —\n"
        "【取消】7月1日 周二 9:00–9:45  谈心谈话\n\n"
        "此邮件由系统自动发出，请勿转发。\n"
    )
    assert letters.sender_name("zh") == "谈心"


def test_a_letter_in_english() -> None:
    letter = replace(LETTER, language="en", told=(MOVED,))

    assert letters.subject(letter) == "Calendar: 1 change"
    assert letters.subject(replace(letter, told=(MOVED, GONE))) == "Calendar: 2 changes"
    assert letters.text(letter) == (
        "文静,\n\n"
        "[Changed] Fri 4 Jul 14:00 → Sat 5 Jul 14:00–15:00  动员大会, 第一会议室 → —\n\n"
        "This is an automatic message; do not pass it on.\n"
    )
    assert letters.title(replace(TALK, others=("A", "B")), "en").endswith(": A, B")
    assert letters.sender_name("en") == "Tanxin"


def test_the_same_time_and_place_are_said_once() -> None:
    told = replace(MOVED, before=MEETING.span, before_place="")

    assert "【有变】7月5日 周六 14:00–15:00  动员大会\n" in letters.text(replace(LETTER, told=(told,)))


def test_a_reminder_says_when_and_offers_what_can_be_done() -> None:
    links = ((Purpose.COME, "https://x/a"), (Purpose.PROPOSE, "https://x/b"), (Purpose.HELD, "https://x/c"))
    reminder = replace(LETTER, told=(), reminder=TALK, links=links)

    assert letters.subject(reminder) == "日程提醒"
    assert letters.subject(replace(reminder, language="en")) == "Calendar reminder"
    assert letters.text(reminder) == (
        "文静：\n\n7月1日 周二 9:00–9:45  谈心谈话：陈国梁，谈话室\n\n"
        "我会参加：\nhttps://x/a\n\n提议换时间：\nhttps://x/b\n\n谈过之后：确认已谈：\nhttps://x/c\n\n"
        "此邮件由系统自动发出，请勿转发。\n"
    )
    assert "Propose another time:\nhttps://x/b" in letters.text(replace(reminder, language="en"))


def test_a_letter_about_a_page_says_since_when_and_what_to_do_and_leads_nowhere() -> None:
    for news, word in ((PageNews.ISSUED, "生成"), (PageNews.TAKEN_OVER, "启用"), (PageNews.ENDED, "作废")):
        letter = replace(LETTER, told=(), page=(news, REAL))
        assert letters.subject(letter) == "您的日历订阅页有变动"
        said = letters.text(letter)
        assert word in said
        assert letters.moment_text(REAL.astimezone(ZONE), "zh") in said
        assert "告诉组织者" in said
        assert "http" not in said
