"""Materials, opinions, tasks, training, meetings by frequency, and gates"""

import sqlalchemy as sa
from alembic import op

revision = "0018_programme"
down_revision = "0017_pages_taken_over"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty tables: the programme of a campaign is kept from now on."""
    op.create_table(
        "task",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("leader_id", sa.String(), nullable=True),
        sa.Column("lead_unit_id", sa.String(), nullable=True),
        sa.Column("supporting", sa.JSON(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by_id", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_task_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["person.id"], name=op.f("fk_task_closed_by_id_person")),
        sa.ForeignKeyConstraint(["lead_unit_id"], ["unit.id"], name=op.f("fk_task_lead_unit_id_unit")),
        sa.ForeignKeyConstraint(["leader_id"], ["person.id"], name=op.f("fk_task_leader_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    op.create_table(
        "material",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_material_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_material_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material")),
    )
    op.create_table(
        "material_step",
        sa.Column("material_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_material_step_by_id_person")),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"], name=op.f("fk_material_step_material_id_material")),
        sa.PrimaryKeyConstraint("material_id", "day", "step", "turn", name=op.f("pk_material_step")),
    )
    op.create_table(
        "opinion",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=True),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("waived_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_opinion_campaign_id_campaign")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["external_contact.id"], name=op.f("fk_opinion_contact_id_external_contact")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
    )
    op.create_table(
        "opinion_tally",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("booking_ref", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=True),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_opinion_tally_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("source", "booking_ref", "day", "area", "turn", name=op.f("pk_opinion_tally")),
    )
    op.create_table(
        "batch",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("cap", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_batch_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_table(
        "batch_person",
        sa.Column("batch_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_person_batch_id_batch")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["external_contact.id"], name=op.f("fk_batch_person_contact_id_external_contact")
        ),
        sa.PrimaryKeyConstraint("batch_id", "contact_id", "name", name=op.f("pk_batch_person")),
    )
    op.create_table(
        "meeting_result",
        sa.Column("booking_id", sa.String(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("observers", sa.Integer(), nullable=True),
        sa.Column("person_times", sa.Integer(), nullable=True),
        sa.Column("items", sa.Integer(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_meeting_result_booking_id_booking")),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_meeting_result")),
    )
    op.create_table(
        "frequency_rule",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("per", sa.String(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("attendees", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frequency_rule")),
    )
    op.create_table(
        "visit",
        sa.Column("booking_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_visit_booking_id_booking")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["external_contact.id"], name=op.f("fk_visit_contact_id_external_contact")
        ),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_visit")),
    )
    op.create_table(
        "outside_contact_point",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["external_contact.id"], name=op.f("fk_outside_contact_point_contact_id_external_contact")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outside_contact_point_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "contact_id", name=op.f("pk_outside_contact_point")),
    )
    op.create_table(
        "gate",
        sa.Column("booking_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_gate_booking_id_booking")),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_gate")),
    )
    op.create_table(
        "gate_tick",
        sa.Column("booking_id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_gate_tick_booking_id_booking")),
        sa.PrimaryKeyConstraint("booking_id", "item", name=op.f("pk_gate_tick")),
    )


def downgrade() -> None:
    """The programme is gone; everything else stays."""
    op.drop_table("gate_tick")
    op.drop_table("gate")
    op.drop_table("outside_contact_point")
    op.drop_table("visit")
    op.drop_table("frequency_rule")
    op.drop_table("meeting_result")
    op.drop_table("batch_person")
    op.drop_table("batch")
    op.drop_table("opinion_tally")
    op.drop_table("opinion")
    op.drop_table("material_step")
    op.drop_table("material")
    op.drop_table("task")
