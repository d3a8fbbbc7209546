"""Preconditions of meetings as an office sets them, and whether one was sent to be signed or sent back"""

import sqlalchemy as sa
from alembic import op

revision = "0035_gate_conditions"
down_revision = "0034_former_facts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is set yet: the usual conditions hold; what was ticked stays ticked."""
    op.create_table(
        "gate_conditions",
        sa.Column("campaign_id", sa.String(), sa.ForeignKey("campaign.id"), primary_key=True),
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("conditions", sa.JSON(), nullable=False),
    )
    op.add_column("gate_tick", sa.Column("step", sa.String(), nullable=False, server_default="done"))


def downgrade() -> None:
    """The usual conditions alone; what was not ticked for good is open again."""
    op.execute(sa.text("DELETE FROM gate_tick WHERE step <> 'done'"))
    op.drop_column("gate_tick", "step")
    op.drop_table("gate_conditions")
