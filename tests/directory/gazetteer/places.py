"""Small places to load, write and look up."""

from directory.gazetteer.places import PlaceRecord

DIVISIONS = {("BE", "VLG"): "Flanders", ("RU", "48"): "Moscow"}

GHENT = PlaceRecord(
    2797656,
    "Gent",
    "BE",
    "VLG",
    51.05,
    3.71667,
    265086,
    "Europe/Brussels",
    ("Gand", "Ghent", "Гент"),
)
MOSCOW = PlaceRecord(
    524901, "Moscow", "RU", "48", 55.75222, 37.61556, 10381222, "Europe/Moscow", ("Москва",)
)
MOSCOW_IDAHO = PlaceRecord(
    5601538, "Moscow", "US", "ID", 46.73239, -117.00017, 25060, "America/Los_Angeles", ()
)
EVERYWHERE = [GHENT, MOSCOW, MOSCOW_IDAHO]
