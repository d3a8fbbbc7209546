"""A code besides the password, for accounts that want it"""

import sqlalchemy as sa
from alembic import op

revision = "0031_second_factors"
down_revision = "0030_chat_robots"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody is asked for one yet."""
    op.create_table(
        "second_factor",
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
    )
    op.create_table(
        "recovery_code",
        sa.Column("digest", sa.String(), primary_key=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
    )
    op.create_index("ix_recovery_code_account_id", "recovery_code", ["account_id"])


def downgrade() -> None:
    """Everybody gets in by their password alone."""
    op.drop_table("recovery_code")
    op.drop_table("second_factor")
