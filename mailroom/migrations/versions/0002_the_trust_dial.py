"""The trust dial with its terms, and the rechecks that measure it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("clear_confidence", sa.Double(), nullable=False, server_default="0.9")
        )
        batch_op.add_column(sa.Column("recheck_share", sa.Double(), nullable=False, server_default="0.1"))
        batch_op.add_column(sa.Column("miss_limit", sa.Double(), nullable=False, server_default="0.02"))
        batch_op.add_column(sa.Column("measured_from", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("meets_clear", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("language", sa.String(length=3), nullable=True))

    op.create_table(
        "rechecks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("lane", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=True),
        sa.Column("passed_by", sa.Integer(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("missed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_rechecks_campaign_id")),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_rechecks_card_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_rechecks_decision_id")),
        sa.ForeignKeyConstraint(["passed_by"], ["people.id"], name=op.f("fk_rechecks_passed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rechecks")),
    )
    with op.batch_alter_table("rechecks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rechecks_card_id"), ["card_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_rechecks_campaign_id_lane_settled_at"),
            ["campaign_id", "lane", "settled_at"],
            unique=False,
        )


def downgrade() -> None:
    op.drop_table("rechecks")
    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.drop_column("language")
        batch_op.drop_column("meets_clear")

    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.drop_column("measured_from")
        batch_op.drop_column("miss_limit")
        batch_op.drop_column("recheck_share")
        batch_op.drop_column("clear_confidence")
