"""The commands of Rasid: the only doors to it."""
