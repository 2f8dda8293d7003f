"""The likely script of writing on a card that nobody has read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_cards = sa.table("cards", sa.column("id"), sa.column("unread_script"))
_sides = sa.table("sides", sa.column("card_id"), sa.column("number"), sa.column("reading", sa.JSON()))


def upgrade() -> None:
    op.add_column("cards", sa.Column("unread_script", sa.String(length=4), nullable=True))
    reading = _sides.c.reading
    nothing_came = (reading["text"].as_string() == "") & (sa.func.json_array_length(reading["lines"]) > 0)
    unread = (
        sa.select(reading["script"].as_string())
        .where(
            _sides.c.card_id == _cards.c.id, (reading["content"].as_string() == "unreadable") | nothing_came
        )
        .order_by(_sides.c.number)
        .limit(1)
        .scalar_subquery()
    )
    op.execute(_cards.update().values(unread_script=unread))


def downgrade() -> None:
    op.drop_column("cards", "unread_script")
