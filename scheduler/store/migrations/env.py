"""Called by Alembic: runs the revisions on the connection that `scheduler.store.schema` hands over.

Alembic's own commands hand over none; they use the database that DATABASE_URL names.
"""

import os

from alembic import context
from sqlalchemy import Connection

from scheduler.store import counters, engine
from scheduler.store.accounts import rows as account_rows
from scheduler.store.arranging import rows as plan_rows
from scheduler.store.base import MomentType
from scheduler.store.bookings import proposal_rows, swap_rows
from scheduler.store.bookings import rows as booking_rows
from scheduler.store.campaigns import rows as campaign_rows
from scheduler.store.feeds import calendar_rows
from scheduler.store.feeds import rows as feed_rows
from scheduler.store.imports import rows as import_rows
from scheduler.store.mail import chat_rows
from scheduler.store.mail import rows as mail_rows
from scheduler.store.operations import former
from scheduler.store.operations import rows as operation_rows
from scheduler.store.organisation import rows as people_rows
from scheduler.store.papers import rows as paper_rows
from scheduler.store.programme import rows as programme_rows
from scheduler.store.rules import rows as rule_rows

TABLES = (
    people_rows.PersonRow,
    campaign_rows.CampaignRow,
    rule_rows.RuleSetRow,
    counters.CounterRow,
    operation_rows.HeartbeatRow,
    import_rows.ImportRow,
    booking_rows.BookingRow,
    account_rows.AccountRow,
    feed_rows.FeedRow,
    mail_rows.MailMessageRow,
    plan_rows.PlanRunRow,
    paper_rows.PrintedPaperRow,
    swap_rows.SwapProposalRow,
    proposal_rows.TalkProposalRow,
    calendar_rows.OutsideCalendarRow,
    chat_rows.ChatRobotRow,
    programme_rows.TaskRow,
    former.FormerFactRow,
)
"""One of each file, so that all tables are known here."""


def render_item(kind: str, item: object, _: object) -> str | bool:
    """Write our moments as what they are in a database, so that old revisions need none of our code."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, MomentType) else False


def run(connection: Connection) -> None:
    """Run what is asked for, in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=TABLES[0].metadata,
        render_as_batch=True,
        render_item=render_item,
        compare_type=True,
        transactional_ddl=True,  # SQLite can, when it is let
    )
    with context.begin_transaction():
        context.run_migrations()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    run(handed_over)
else:
    database = engine.make(os.environ["DATABASE_URL"])
    with database.begin() as own:
        run(own)
    database.dispose()
