"""An index by which a person's own claims are found."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        op.f("ix_cards_claimed_by_stage_lane"), "cards", ["claimed_by", "stage", "lane"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_cards_claimed_by_stage_lane"), table_name="cards")
