"""Mail: addresses, the outbox, links and answers"""

import sqlalchemy as sa
from alembic import op

revision = "0005_mail"
down_revision = "0004_feed_bodies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Five tables more."""
    op.create_table(
        "mail_contact",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_contact_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mail_contact")),
    )
    op.create_table(
        "mail_message",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("booking_id", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.BigInteger(), nullable=True),
        sa.Column("lease", sa.String(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_mail_message_booking_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_message_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_message")),
        sa.UniqueConstraint("key", name=op.f("uq_mail_message_key")),
    )
    op.create_index("ix_mail_message_state_due_at", "mail_message", ["state", "due_at"])
    op.create_index("ix_mail_message_person_id", "mail_message", ["person_id", "state"])
    op.create_table(
        "mail_news",
        sa.Column("booking_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("before_start", sa.BigInteger(), nullable=True),
        sa.Column("before_end", sa.BigInteger(), nullable=True),
        sa.Column("before_room", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_mail_news_booking_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_news_person_id")),
        sa.ForeignKeyConstraint(["message_id"], ["mail_message.id"], name=op.f("fk_mail_news_message_id")),
        sa.PrimaryKeyConstraint("booking_id", "sequence", "person_id", name=op.f("pk_mail_news")),
    )
    op.create_index("ix_mail_news_message_id", "mail_news", ["message_id"])
    op.create_index("ix_mail_news_person_id", "mail_news", ["person_id"])
    op.create_table(
        "mail_link",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("booking_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_mail_link_booking_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_link_person_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_mail_link")),
    )
    op.create_index("ix_mail_link_expires_at", "mail_link", ["expires_at"])
    op.create_table(
        "invitation_reply",
        sa.Column("booking_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_invitation_reply_booking_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_reply_person_id")),
        sa.PrimaryKeyConstraint("booking_id", "person_id", name=op.f("pk_invitation_reply")),
    )


def downgrade() -> None:
    """Without them."""
    for table in ("invitation_reply", "mail_link", "mail_news", "mail_message", "mail_contact"):
        op.drop_table(table)
