"""Which decisions were made on one sheet of the glance, so that it can be undone as a whole."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("decisions") as decisions:
        decisions.add_column(sa.Column("sheet", sa.Integer(), nullable=True))
        decisions.add_column(sa.Column("lane_reasons", sa.JSON(none_as_null=True), nullable=True))
        decisions.create_foreign_key(op.f("fk_decisions_sheet"), "decisions", ["sheet"], ["id"])
        decisions.create_index(op.f("ix_decisions_sheet"), ["sheet"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("decisions") as decisions:
        decisions.drop_index(op.f("ix_decisions_sheet"))
        decisions.drop_constraint(op.f("fk_decisions_sheet"), type_="foreignkey")
        decisions.drop_column("lane_reasons")
        decisions.drop_column("sheet")
