"""Which records of different articles report one event, and which articles are copies."""

from rasid.join.copies import Copy, Text, copies
from rasid.join.features import Weights, contradiction, features
from rasid.join.groups import Member, join
from rasid.join.measures import NAMES, measures
from rasid.join.model import Model, load_model
from rasid.join.named import Names
from rasid.join.telling import Party, Spot, Telling, tellings

__all__ = [
    "NAMES", "Copy", "Member", "Model", "Names", "Party", "Spot", "Telling", "Text", "Weights",
    "contradiction", "copies", "features", "join", "load_model", "measures", "tellings",
]  # fmt: skip
