"""The vocabularies of the directory: every closed list of values that a column may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NetworkStatus(models.TextChoices):
    """Whether a network is at work."""

    ACTIVE = "active", _("active")
    DORMANT = "dormant", _("dormant")
    ENDED = "ended", _("ended")
    MERGED = "merged", _("merged")


class Kind(models.TextChoices):
    """What sort of body a network is."""

    ASSOCIATION = "association", _("association")
    PROGRAMME = "programme", _("programme")
    COALITION = "coalition", _("coalition")
    CHARTER = "charter", _("charter")
    FORUM = "forum", _("forum")
    PROJECT = "project", _("project")


class Scope(models.TextChoices):
    """How far a network reaches."""

    GLOBAL = "global", _("global")
    REGIONAL = "regional", _("regional")
    CROSS_BORDER = "cross-border", _("cross-border")
    NATIONAL = "national", _("national")


class MembersAre(models.TextChoices):
    """Who may be a member."""

    CITIES = "cities", _("cities")
    LOCAL_GOVERNMENTS = "local governments", _("local governments")
    CITIES_AND_REGIONS = "cities and regions", _("cities and regions")
    ASSOCIATIONS = "associations", _("associations")
    MIXED = "mixed", _("mixed")


class Joining(models.TextChoices):
    """How a city becomes a member."""

    OPEN = "open", _("open to all")
    APPLICATION = "application", _("by application")
    INVITATION = "invitation", _("by invitation")
    PLEDGE = "pledge", _("by pledge")
    UNKNOWN = "unknown", _("not known")


class Fee(models.TextChoices):
    """Whether membership costs a fee."""

    NONE = "none", _("no fee")
    FEE = "fee", _("membership fee")
    UNKNOWN = "unknown", _("not known")


class NetworkStanding(models.TextChoices):
    """How we know of a network."""

    SOURCED = "sourced", _("sourced")
    UNVERIFIED = "unverified", _("unverified")


class Role(models.TextChoices):
    """What a city is in a network. A change of role is a change of the same membership."""

    MEMBER = "member", _("member")
    CHAIR = "chair", _("chair")
    ASSOCIATE = "associate", _("associate")
    OBSERVER = "observer", _("observer")
    TITLE_HOLDER = "title holder", _("title holder")


class MembershipStanding(models.TextChoices):
    """How well a membership is known; derived from its statements."""

    CONFIRMED = "confirmed", _("confirmed")
    SOURCED = "sourced", _("sourced")
    UNVERIFIED = "unverified", _("unverified")
    DISPUTED = "disputed", _("disputed")


class Voice(models.TextChoices):
    """Who speaks in a statement."""

    SOURCE = "source", _("source")
    CITY = "city", _("city")
    NETWORK = "network", _("network")
    EDITOR = "editor", _("editor")


class Says(models.TextChoices):
    """What a statement says of the city in the network."""

    MEMBER = "member", _("member")
    NOT_A_MEMBER = "not a member", _("not a member")


class RecordType(models.TextChoices):
    """The public records that have an address of their own."""

    NETWORK = "network", _("network")
    CITY = "city", _("city")
    FOCUS_AREA = "focus area", _("focus area")
    FUNDER = "funder", _("funder")


class Origin(models.TextChoices):
    """Where a change set came from."""

    LOAD = "load", _("data package")
    GAZETTEER = "gazetteer", _("gazetteer")
    WEB = "web", _("website")
    API = "api", _("API")
    COMMAND = "command", _("command")


class Answer(models.TextChoices):
    """How a membership answers the question whether a day lies within it."""

    YES = "yes", _("yes")
    POSSIBLE = "possible", _("possible")


class ReleasePart(models.TextChoices):
    """What a file of a release is for."""

    WHOLE = "whole", _("everything in one file")
    TABLE = "table", _("one table")
    MAP = "map", _("map")
    GRAPH = "graph", _("graph")
    CITATION = "citation", _("citation")
    PROOF = "proof", _("description and proof")
