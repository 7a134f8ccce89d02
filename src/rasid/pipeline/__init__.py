"""The one path of an article, and runs over many."""
