"""Proposals of other times for talks"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables more."""
    op.create_table(
        "swap_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.String(), nullable=False),
        sa.Column("proposer_id", sa.String(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("room", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("agreed", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_swap_proposal_booking_id")),
        sa.ForeignKeyConstraint(["proposer_id"], ["person.id"], name=op.f("fk_swap_proposal_proposer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap_proposal")),
    )
    op.create_index("ix_swap_proposal_booking_id", "swap_proposal", ["booking_id"])
    is_open = sa.text("state = 'open'")
    op.create_index(
        "uq_swap_proposal_open",
        "swap_proposal",
        ["booking_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_table(
        "swap_rule",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap_rule")),
    )


def downgrade() -> None:
    """Without them."""
    op.drop_table("swap_rule")
    op.drop_index("uq_swap_proposal_open", "swap_proposal")
    op.drop_index("ix_swap_proposal_booking_id", "swap_proposal")
    op.drop_table("swap_proposal")
