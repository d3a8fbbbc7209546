"""The notice time: how long before it begins people have to know of what is arranged."""

from datetime import date, datetime, timedelta
from itertools import islice

from scheduler.core.campaigns.definitions import USUAL_NOTICE, Campaign
from scheduler.core.ground.working_time import WorkingTime

MAX_NOTICE = 20
"""Workdays: a month."""
_FURTHEST = 60
"""Days; in a table without any workday, the search ends there."""


def workdays_of(campaign: Campaign | None) -> int:
    """How many workdays of notice a campaign gives; what belongs to none has the usual one."""
    return USUAL_NOTICE if campaign is None else campaign.notice_workdays


def earliest(now: datetime, working_time: WorkingTime, workdays: int) -> datetime:
    """The first moment that leaves so many workdays of notice: when the first block of that workday begins; 0 is now."""
    return after(now.astimezone(working_time.zone).date(), working_time, workdays) if workdays else now


def after(day: date, working_time: WorkingTime, workdays: int) -> datetime:
    """When the first block of the workday begins that is so many (1 or more) after a day."""
    days = (day + timedelta(days=ahead) for ahead in range(1, _FURTHEST + 1))
    leaving_enough = islice(filter(working_time.is_workday, days), workdays - 1, None)
    first = next(leaving_enough, day + timedelta(days=_FURTHEST))
    return datetime.combine(first, working_time.blocks[0][0], working_time.zone)
