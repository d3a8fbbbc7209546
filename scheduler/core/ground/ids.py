"""The names that tables give to things, as types, so that a room can never be passed for a person."""

from typing import NewType

PersonId = NewType("PersonId", str)
UnitId = NewType("UnitId", str)
GroupId = NewType("GroupId", str)
RoomId = NewType("RoomId", str)
BookingId = NewType("BookingId", str)
GuestId = NewType("GuestId", str)
RuleId = NewType("RuleId", str)
RuleSetId = NewType("RuleSetId", str)
CampaignId = NewType("CampaignId", str)
FeedId = NewType("FeedId", str)
CalendarId = NewType("CalendarId", int)
AccountId = NewType("AccountId", int)
SwapId = NewType("SwapId", int)
ProposalId = NewType("ProposalId", int)
PlanRunId = NewType("PlanRunId", str)
