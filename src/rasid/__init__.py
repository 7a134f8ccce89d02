"""Rasid reads Arabic news about conflict and mediation into event records that anyone can check."""

__version__ = "0.1.0"
