"""Mentions into actors, places and days."""
