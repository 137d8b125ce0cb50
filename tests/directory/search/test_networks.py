"""Finding networks: what a person types, and what they get."""

import datetime

import pytest
from django.http import QueryDict

from directory.models import City, Network
from directory.search.criteria import NetworkCriteria, NetworkSort
from directory.search.filters import NetworkFilter
from directory.search.networks import find_networks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_data")]
DAY = datetime.date(2026, 11, 23)


def found(text: str, **criteria) -> list[str]:
    hits = find_networks(NetworkCriteria(text=text, **criteria), day=DAY)
    return [network.slug for network in hits.page(1, 20)]


def works_on(slug: str, area: str) -> bool:
    return Network.objects.filter(slug=slug, focus_areas__slug=area).exists()


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("gay rights", "lgbt-rights"),
        ("LGBTIQ+", "lgbt-rights"),
        ("Rainbow", "lgbt-rights"),
        ("wheelchair", "disability-access"),
        ("women's safety", "womens-safety"),
        ("accessibilty", "disability-access"),
    ],
)
def test_a_synonym_or_a_typo_finds_the_networks_of_the_focus_area(text, area):
    assert all(works_on(slug, area) for slug in found(text)[:5])


def test_a_parent_focus_area_finds_all_below_it():
    ids = set(find_networks(NetworkCriteria(text="inclusion"), day=DAY).ids)
    below = Network.objects.filter(focus_areas__parent__slug="inclusion").values_list(
        "pk", flat=True
    )
    assert set(below) <= ids


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("c40", "c40-cities"),
        ("EUROCITIES", "eurocities"),
        ("rainbow cities network", "rainbow-cities-network"),
    ],
)
def test_an_acronym_or_exact_name_comes_first(text, slug):
    assert found(text)[0] == slug


def test_a_correction_is_told_and_can_be_refused():
    corrected = find_networks(NetworkCriteria(text="accessibilty"), day=DAY)
    assert corrected.correction.typed == "accessibilty"
    assert corrected.correction.used == "accessibility"
    literal = find_networks(NetworkCriteria(text="accessibilty", exact=True), day=DAY)
    assert literal.correction is None
    assert literal.total == 0


def test_case_accents_plurals_and_prefixes_do_not_matter():
    first = found("womens safety")
    assert found("WOMEN’S  SAFETY") == found("Wömen's safety") == first
    assert found("sister city") == found("sister cities")
    assert set(found("biodivers")) & set(found("biodiversity"))


def test_a_city_in_the_query_finds_the_networks_it_is_in_and_narrows_the_issue():
    bergen = City.objects.get(slug="bergen-no")
    member_of = set(
        Network.objects.filter(memberships__city=bergen, memberships__left="").values_list(
            "pk", flat=True
        )
    )
    assert member_of <= set(find_networks(NetworkCriteria(text="Bergen"), day=DAY).ids)
    narrowed = find_networks(NetworkCriteria(text="lgbt Bergen"), day=DAY)
    assert 0 < narrowed.total < find_networks(NetworkCriteria(text="lgbt"), day=DAY).total


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "'",
        "a AND b",
        "climate OR",
        "NEAR(x y)",
        "col:val",
        "*",
        "(",
        "%_\\",
        "--",
        ";",
        "🏳️‍🌈",
        "\u202e",
    ],
)
def test_what_is_typed_is_never_query_syntax(text):
    assert find_networks(NetworkCriteria(text=text), day=DAY).total >= 0


@pytest.mark.parametrize("order", [sort for sort in NetworkSort if sort != NetworkSort.RELEVANCE])
def test_every_order_is_total_and_puts_the_unknown_last(order):
    hits = find_networks(NetworkCriteria(sort=order), day=DAY)
    assert len(set(hits.ids)) == hits.total == Network.objects.count()
    networks = Network.objects.in_bulk(hits.ids)
    founded = [networks[pk].founded for pk in hits.ids]
    if "founded" in order:
        known = [year for year in founded if year is not None]
        assert founded == known + [None] * (len(founded) - len(known))
        assert known == sorted(known, reverse=order.startswith("-"))


def test_the_pages_of_a_list_cover_all_hits_once():
    hits = find_networks(NetworkCriteria(text="climate"), day=DAY)
    pages = [network.pk for number in range(1, 30) for network in hits.page(number, 20)]
    assert pages == hits.ids


def test_a_page_costs_a_fixed_number_of_queries(django_assert_num_queries):
    find_networks(NetworkCriteria(text="climate"), day=DAY).page(1, 5)
    # Three look at the version, one the terms, one member cities.
    with django_assert_num_queries(5):
        hits = find_networks(NetworkCriteria(text="climate"), day=DAY)
        for network in hits.page(1, 50):
            assert [link.focus_area.name for link in network.focus_area_links.all()]
            assert [region.name for region in network.regions.all()]
        assert hits.facets


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("focus_area=nonsense", "focus_area"),
        ("status=asleep", "status"),
        ("founded_min=abc", "founded_min"),
        ("founded_min=99999", "founded_min"),
        ("founded_min=2010&founded_max=2000", "founded_min"),
        ("members_min=-1", "members_min"),
        ("member=atlantis", "member"),
        ("member_country=ZZ", "member_country"),
        ("exact=perhaps", "exact"),
        ("sort=best", "sort"),
        ("q=" + "a" * 201, "q"),
        ("q=%00", "q"),
    ],
)
def test_a_wrong_filter_value_is_an_error_of_its_parameter(query, parameter):
    filters = NetworkFilter(QueryDict(query), queryset=Network.objects.public(), day=DAY)
    assert not filters.is_valid()
    assert list(filters.errors) == [parameter]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            "focus_area=womens-safty",
            "“womens-safty” is not known here; did you mean “womens-safety”?",
        ),
        ("member=bergn-no", "“bergn-no” is not known here; did you mean “bergen-no”?"),
        ("region=qqqq", "“qqqq” is not known here."),
        ("fee=free", "“free” is not known here; it can be none, fee, unknown."),
        ("exact=1", "“1” is not known here; it can be true, false."),
        ("focus_area=%00", "“\0” is not known here."),
    ],
)
def test_an_error_names_what_would_be_right(query, message):
    filters = NetworkFilter(QueryDict(query), queryset=Network.objects.public(), day=DAY)
    assert [list(messages) for messages in filters.errors.values()] == [[message]]


def test_values_of_a_filter_are_or_and_filters_are_and():
    def total(query: str) -> int:
        filters = NetworkFilter(QueryDict(query), queryset=Network.objects.public(), day=DAY)
        assert filters.is_valid(), filters.errors
        assert filters.qs.count() == filters.hits().total
        return filters.hits().total

    both = total("status=active&status=dormant")
    assert both == total("status=active") + total("status=dormant")
    assert total("status=active&kind=charter") < total("status=active")
    assert total("member_country=no") == total("member_country=NO") > 0
    assert total("member=bergen-no") + total("not_member=bergen-no") == Network.objects.count()
    assert total("") == Network.objects.count()


@pytest.mark.parametrize(("text", "latin"), [("名古屋", "Nagoya"), ("大阪", "Osaka")])
def test_a_member_city_counts_in_a_script_without_spaces_too(text, latin):
    found_by_name = find_networks(NetworkCriteria(text=latin), day=DAY).ids
    assert found_by_name
    assert set(find_networks(NetworkCriteria(text=text), day=DAY).ids) == set(found_by_name)
