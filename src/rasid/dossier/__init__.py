"""Dossiers: what many records together say of one process. Facts in, frozen values out."""

from rasid.dossier.acts import Act, acts_of, of_story
from rasid.dossier.build import Dossier, Part, Tools, build, top_pairs
from rasid.dossier.contested import Contested, Denial, Difference, contested
from rasid.dossier.curves import PairWeek, Week, curve, weeks
from rasid.dossier.issues import ConditionIndex, IssueIndex
from rasid.dossier.meetings import Meeting, meetings
from rasid.dossier.parties import Party, PartyIndex
from rasid.dossier.positions import Position, Statement, may_take_stance, positions, taking_stance
from rasid.dossier.roles import PartyRole, roles
from rasid.dossier.stories import Piece, ToldStory, told_stories
from rasid.dossier.timeline import Days, latest
from rasid.dossier.words import shortest

__all__ = [
    "Act",
    "ConditionIndex",
    "Contested",
    "Days",
    "Denial",
    "Difference",
    "Dossier",
    "IssueIndex",
    "Meeting",
    "PairWeek",
    "Part",
    "Party",
    "PartyIndex",
    "PartyRole",
    "Piece",
    "Position",
    "Statement",
    "ToldStory",
    "Tools",
    "Week",
    "acts_of",
    "build",
    "contested",
    "curve",
    "latest",
    "may_take_stance",
    "meetings",
    "of_story",
    "positions",
    "roles",
    "shortest",
    "taking_stance",
    "told_stories",
    "top_pairs",
    "weeks",
]
