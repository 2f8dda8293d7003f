"""The decision that settled a flag along with its card, so that undoing it opens the flag again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("flags") as flags:
        flags.add_column(sa.Column("decision_id", sa.Integer(), nullable=True))
        flags.create_foreign_key(op.f("fk_flags_decision_id"), "decisions", ["decision_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("flags") as flags:
        flags.drop_constraint(op.f("fk_flags_decision_id"), type_="foreignkey")
        flags.drop_column("decision_id")
