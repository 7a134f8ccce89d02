"""Frames over analysed sentences: what happened, on whose word, asserted or denied."""
