"""The limits that forms tell browsers: those that the house keeps, each from beside its noun."""

from scheduler.core.arranging import options
from scheduler.core.bookings.meeting_load import MAX_CEILING
from scheduler.core.bookings.swaps import MAX_MOVES
from scheduler.core.campaigns.drafts import MAX_WORKDAYS
from scheduler.core.campaigns.notice import MAX_NOTICE
from scheduler.core.feeds.definitions import MAX_DAYS, MAX_DEVICE_NAME
from scheduler.core.ground.bookings import MAX_BOOKING_MINUTES
from scheduler.core.ground.written import MAX_LINE
from scheduler.core.organisation.finding import MAX_QUERY
from scheduler.core.sessions.series import MAX_DAYS_APART, MAX_SESSION_MINUTES, MAX_SESSIONS
from scheduler.core.sessions.study import MAX_REASON

LIMITS = {
    "arranged_minutes": options.MAX_MINUTES,
    "arranging_seconds": options.MAX_SECONDS,
    "booking_minutes": MAX_BOOKING_MINUTES,
    "days_apart": MAX_DAYS_APART,
    "device_name": MAX_DEVICE_NAME,
    "feed_days": MAX_DAYS,
    "leave_reason": MAX_REASON,
    "hours_a_week": MAX_CEILING,
    "line": MAX_LINE,
    "moves": MAX_MOVES,
    "query": MAX_QUERY,
    "notice": MAX_NOTICE,
    "session_minutes": MAX_SESSION_MINUTES,
    "sessions": MAX_SESSIONS,
    "talks_a_day": options.MAX_TALKS_A_DAY,
    "talks_a_week": options.MAX_TALKS_A_WEEK,
    "workdays_before": MAX_WORKDAYS,
}
