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
        ("2015年下半年末", "2015-12"),
        ("2014年8月下旬", "2014-08"),
        ("10月15日（含）前", "2014-10"),
        ("10月31日24时前", "2014-10"),
        ("9月—11月", "2014-11"),
        ("二〇一四年十月底前", "2014-10"),
        ("14年12月", "2014-12"),
        ("20141031", "2014-10"),
        ("10/2014", "2014-10"),
        ("后年1月", "2016-01"),
        ("本月底前", "2014-09"),
        ("下个月", "2014-10"),
        ("2014年国庆节前", "2014-09"),
        ("国庆节前", "2014-09"),
        ("十一前", "2014-09"),
        ("明年七一前", "2015-06"),
        ("五一劳动节前", "2015-04"),
        ("元旦前", "2014-12"),
        ("2015年元旦前", "2014-12"),
        ("Q4 2014", "2014-12"),
        ("2015年Q1", "2015-03"),
        ("the first quarter of 2015", "2015-03"),
        ("last quarter", "2014-12"),
        ("H1 2015", "2015-06"),
        ("second half", "2014-12"),
        ("by the end of October 2014", "2014-10"),
        ("Oct. 31, 2014", "2014-10"),
        ("31st of December", "2014-12"),
        ("2015 March", "2015-03"),
        ("Sept", "2014-09"),
        ("before the end of the year", "2014-12"),
        ("by end of 2015", "2015-12"),
        ("end of next year", "2015-12"),
        ("2014 year-end", "2014-12"),
        ("by the end of next month", "2014-10"),
        ("before October", None),
        ("Oct 32", None),
        ("October 0999", None),
        ("ASAP", None),
        ("春节前", None),
        ("国庆节", None),
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


@pytest.mark.parametrize("text", ["长期坚持", "长期", "持续推进", "常态化", "standing", "long-term"])
def test_what_stands_is_due_in_no_month(text: str) -> None:
    assert due_months.read(text, SINCE) == due_months.STANDING
    assert due_months.STANDING.text is None


def test_next_month_of_december_is_january() -> None:
    assert due_months.read("下月底前", date(2014, 12, 3)).text == "2015-01"
