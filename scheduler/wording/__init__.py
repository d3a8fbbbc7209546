"""Everything that is said to people, in Chinese and English: findings, refusals, labels, days and times."""

from scheduler.wording.errors import error
from scheduler.wording.findings import text
from scheduler.wording.labels import audience_text, label, order_line, party_text, pool_text
from scheduler.wording.papers import change_text
from scheduler.wording.series import half_day_text, half_days_text, repair_text, series_title
from scheduler.wording.times import (
    date_text,
    dated_text,
    day_text,
    days_text,
    hours_text,
    long_span_text,
    moment_text,
    month_text,
    notice_text,
    period_text,
    span_text,
    stamp_text,
    time_text,
    weekday_text,
)

__all__ = [
    "audience_text",
    "change_text",
    "date_text",
    "dated_text",
    "day_text",
    "days_text",
    "error",
    "half_day_text",
    "half_days_text",
    "hours_text",
    "label",
    "long_span_text",
    "moment_text",
    "month_text",
    "notice_text",
    "order_line",
    "party_text",
    "period_text",
    "pool_text",
    "repair_text",
    "series_title",
    "span_text",
    "stamp_text",
    "text",
    "time_text",
    "weekday_text",
]
