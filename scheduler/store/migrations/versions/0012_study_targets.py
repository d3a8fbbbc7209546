"""Several study targets, and who is exempt from them"""

import sqlalchemy as sa
from alembic import op

revision = "0012_study_targets"
down_revision = "0011_attendance_anywhere"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None are set: what a campaign asks of the leadership team is asked as before."""
    op.create_table(
        "study_target",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=True),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("minus", sa.JSON(), nullable=False),
        sa.Column("hours", sa.Double(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("is_pro_rata", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_study_target_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_target")),
    )
    op.create_table(
        "study_exemption",
        sa.Column("target_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("hours", sa.Double(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.String(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["target_id"], ["study_target.id"], name=op.f("fk_study_exemption_target_id_study_target")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_study_exemption_person_id_person")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_study_exemption_by_id_person")),
        sa.PrimaryKeyConstraint("target_id", "person_id", name=op.f("pk_study_exemption")),
    )


def downgrade() -> None:
    """One target again, that of the campaign."""
    op.drop_table("study_exemption")
    op.drop_table("study_target")
