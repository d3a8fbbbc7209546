"""What records of the programme refer to: a campaign, a unit, a body outside, a booking. What is not there is an error of its row."""

from datetime import date

from scheduler.core.campaigns import choosing
from scheduler.core.ground.ids import BookingId, CampaignId, UnitId
from scheduler.services.imports.tables.line import TableLine, compact


def campaign_of(line: TableLine, day: date | None) -> CampaignId | None:
    """The campaign that a row names; else the leading one of those that cover its day; None: it belongs to none."""
    campaigns = line.directory.campaigns
    if given := line.id("campaign") if line.has("campaign") else "":
        named = next((campaign.id for campaign in campaigns if given in (campaign.id, campaign.name)), None)
        if named is None:
            line.wrong("campaign", "not_found", name=given)
        return named
    covering = [c for c in choosing.leading_first(campaigns) if day and c.covers(day)]
    return covering[0].id if covering else None


def unit_named(line: TableLine, column: str, text: str) -> UnitId | None:
    """The unit that a text names by id or name; None if the cell is empty, or nobody knows it."""
    unit = line.directory.unit(text.strip())
    if unit and unit not in line.directory.units:
        line.wrong(column, "unknown_unit", value=text)
        return None
    return unit or None


def contact_named(line: TableLine, column: str) -> str:
    """The body outside that a cell names by id or by a name that only one has."""
    text = line.text(column, required=True)
    contacts, key = line.directory.contacts, compact(text)
    if key in contacts.keys():  # noqa: SIM118 - for the types
        return key
    named = [contact for contact, (_, name) in contacts.items() if name == text]
    if text and len(named) != 1:
        line.wrong(column, "unknown_contact")
    return named[0] if len(named) == 1 else ""


def booking_named(line: TableLine, column: str) -> BookingId | None:
    """The booking whose id stands in a cell; None if it is empty, or there is no such booking."""
    key = BookingId(line.id(column))
    if key and key not in line.directory.sessions:
        line.wrong(column, "unknown_session")
        return None
    return key or None
