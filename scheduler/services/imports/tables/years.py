"""Days that are written without a year (8月13日): which one is meant, as a careful clerk finds it out."""

from collections.abc import Callable
from datetime import date

from scheduler.services.imports.desk import CellAt
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.remarks import year_in

DayIn = Callable[[int], date | None]
"""The day that a text means in a year; None: there is none, or it is another day of the week."""


def year_meant(text: str, day_in: DayIn, title: str, at: CellAt, directory: Directory) -> int | None:
    """The year of a day: that of the title above the table, else the only one in which it lies in the campaign, which is told.

    Else it is asked, once for the file; None as long as nobody answered.
    """
    if year := year_in(title):
        return year
    desk, campaign = directory.desk, next((c for c in directory.campaigns if c.id == directory.usual_campaign), None)
    if campaign:
        years = range(campaign.starts.year, campaign.ends.year + 1)
        within = [year for year in years if (day := day_in(year)) and campaign.covers(day)]
        if len(within) == 1:
            desk.tell("year_taken", at.file, year=within[0], campaign=campaign.name)
            return within[0]
    around = {directory.year - 1, directory.year, directory.year + 1}
    spanned = {campaign.starts.year, campaign.ends.year} if campaign else set()
    choices = [str(year) for year in sorted(around | spanned) if day_in(year)]
    answer = desk.ask(("year", at.file), choices, None, at, text=text)
    return int(answer) if answer else None
