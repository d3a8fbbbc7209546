"""Periods in which a meeting by frequency is not asked, and why"""

import sqlalchemy as sa
from alembic import op

revision = "0041_duty_exemptions"
down_revision = "0035_gate_conditions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is exempt yet."""
    op.create_table(
        "duty_exemption",
        sa.Column("rule_id", sa.String(), sa.ForeignKey("frequency_rule.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("subject", sa.String(), primary_key=True),
        sa.Column("period", sa.String(), primary_key=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )


def downgrade() -> None:
    """Everything is asked again."""
    op.drop_table("duty_exemption")
