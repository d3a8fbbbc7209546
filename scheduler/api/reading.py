"""From words that have the right shape to days and moments that exist."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler import edge
from scheduler.core.ground import written
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import CampaignId
from scheduler.core.ground.spans import at_wall
from scheduler.services.campaigns import register


def campaign(text: str | None) -> CampaignId | None:
    """The campaign that is named, by id or name; None: none was. Raises NotFound."""
    return None if text is None else register.named(edge.session(), text).id


def day(text: str | None, field: str) -> date | None:
    """A day, or none given."""
    return None if text is None else the_day(text, field)


def the_day(text: str, field: str) -> date:
    """A day that was given."""
    read = written.day(text)
    if read is None:
        raise Malformed("not_a_date", field, value=text)
    return read


def moment(text: str, field: str, zone: ZoneInfo) -> datetime:
    """A moment of the organisation's wall clock, or with an offset of any clock."""
    read = written.moment(text)
    if read is None:
        raise Malformed("not_a_time", field, value=text)
    if (local := at_wall(read, zone)) is None:
        raise Malformed("skipped_moment", field, value=text)
    return local
