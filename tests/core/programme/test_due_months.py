"""Due months, in every spelling."""

from datetime import date

import pytest

from scheduler.core.programme import due_months

SINCE = date(2014, 9, 5)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2014-10", "2014-10"),
        ("2014.10", "2014-10"),
        ("2014/10/31", "2014-10"),
        ("2014年10月", "2014-10"),
        ("２０１４年１０月底前", "2014-10"),
        ("2014年10月31日", "2014-10"),
        ("2014年10月份", "2014-10"),
        ("2014年 10月 底之前完成", "2014-10"),
        ("10月底前", "2014-10"),
        ("10月31日前", "2014-10"),
        ("十月底前", "2014-10"),
        ("十一月", "2014-11"),
        ("9月底前", "2014-09"),
        ("8月底前", "2015-08"),
        ("今年11月中旬", "2014-11"),
        ("明年3月底前", "2015-03"),
        ("2015年3月底前", "2015-03"),
        ("年底前", "2014-12"),
        ("2015年底", "2015-12"),
        ("明年年底前", "2015-12"),
        ("明年底前", "2015-12"),
        ("年内", "2014-12"),
        ("第四季度", "2014-12"),
        ("2015年1季度末", "2015-03"),
        ("一季度", "2015-03"),
        ("上半年", "2015-06"),
        ("2014年下半年", "2014-12"),
        ("尽快", None),
        ("立行立改", None),
        ("2014年", None),
        ("13月", None),
        ("2014-00", None),
        ("2014年2月30日", None),
        ("0000年底", None),
    ],
)
def test_month_is_read_in_every_spelling(text: str, month: str | None) -> None:
    if month:
        assert due_months.read(text, SINCE).text == month
    else:
        with pytest.raises(due_months.NotAMonth):
            due_months.read(text, SINCE)


@pytest.mark.parametrize("text", ["长期坚持", "长期", "持续推进", "常态化", "standing"])
def test_what_stands_is_due_in_no_month(text: str) -> None:
    assert due_months.read(text, SINCE) == due_months.STANDING
    assert due_months.STANDING.text is None
