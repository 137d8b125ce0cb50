"""Tables, constraints and querysets of the directory: one module per concept."""

from directory.models.access_token import AccessToken, IdempotencyKey
from directory.models.change import ChangeSet, Entry, Revision
from directory.models.chore import Chore
from directory.models.city import City
from directory.models.claim import Claim, VerifiedDomain
from directory.models.focus_area import FocusArea
from directory.models.funder import Funder
from directory.models.label import Label
from directory.models.likeness import Likeness, LikenessDays
from directory.models.membership import Membership
from directory.models.network import Network, NetworkFocusArea
from directory.models.place import Place, PlaceName
from directory.models.redirect import Redirect
from directory.models.region import Country, Region
from directory.models.release import Release, ReleaseFile
from directory.models.review import ReviewItem
from directory.models.search import CityTerm, NetworkTerm
from directory.models.statement import Statement
from directory.models.submission import Submission
from directory.models.upload import Upload, UploadRow

__all__ = [
    "AccessToken",
    "ChangeSet",
    "Chore",
    "City",
    "CityTerm",
    "Claim",
    "Country",
    "Entry",
    "FocusArea",
    "Funder",
    "IdempotencyKey",
    "Label",
    "Likeness",
    "LikenessDays",
    "Membership",
    "Network",
    "NetworkFocusArea",
    "NetworkTerm",
    "Place",
    "PlaceName",
    "Redirect",
    "Region",
    "Release",
    "ReleaseFile",
    "ReviewItem",
    "Revision",
    "Statement",
    "Submission",
    "Upload",
    "UploadRow",
    "VerifiedDomain",
]
