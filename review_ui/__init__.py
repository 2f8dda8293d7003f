"""The pages: trays, desk, glance, parcels, cases, people. A blueprint each, one screenful."""

from review_ui.app import create_app

__all__ = ["create_app"]
