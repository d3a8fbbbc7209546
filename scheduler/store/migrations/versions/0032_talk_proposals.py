"""Talks that are proposed to the other one, and booked when they accept"""

import sqlalchemy as sa
from alembic import op

revision = "0032_talk_proposals"
down_revision = "0031_second_factors"
branch_labels = None
depends_on = None
OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    """What was booked stays booked."""
    op.create_table(
        "talk_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposer_id", sa.String(), nullable=False),
        sa.Column("other_id", sa.String(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("room", sa.String(), nullable=True),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("rule_set_id", sa.String(), nullable=True),
        sa.Column("campaign_id", sa.String(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("booking_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["proposer_id"], ["person.id"], name=op.f("fk_talk_proposal_proposer_id_person")),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_talk_proposal_other_id_person")),
        sa.ForeignKeyConstraint(["rule_set_id"], ["rule_set.id"], name=op.f("fk_talk_proposal_rule_set_id_rule_set")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_talk_proposal_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_talk_proposal_booking_id_booking")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_proposal")),
    )
    op.create_index("ix_talk_proposal_proposer_id", "talk_proposal", ["proposer_id"])
    op.create_index("ix_talk_proposal_other_id", "talk_proposal", ["other_id"])
    op.create_index(
        "uq_talk_proposal_open",
        "talk_proposal",
        ["proposer_id", "other_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    """Nothing is proposed any more; what was accepted stays booked."""
    op.drop_table("talk_proposal")
