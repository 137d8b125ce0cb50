"""A search in each language of the site finds what the words of that language mean."""

import datetime

import pytest
from django.conf import settings
from django.db.models import Count
from django.utils.translation import override

from directory.models import City, FocusArea, Label, NetworkFocusArea
from directory.models.text import fold
from directory.search.cities import CityCriteria, find_cities
from directory.search.criteria import NetworkCriteria
from directory.search.networks import find_networks
from directory.search.suggestions import suggest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_data")]
DAY = datetime.date(2026, 11, 23)
OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
MOST_LISTED = 300
FEWEST_SYNONYMS = 2

ISSUES = [
    ("fr", "droits des femmes", "gender-equality"),
    ("fr", "féminicide", "womens-safety"),
    ("fr", "transports en commun", "mobility"),
    ("es", "accesibilidad", "disability-access"),
    ("es", "violencia de género", "womens-safety"),
    ("es", "sin techo", "homelessness"),
    ("es", "presupuesto participativo", "democracy"),
    ("pt", "mudança do clima", "climate"),
    ("pt", "direitos das mulheres", "gender-equality"),
    ("pt", "cidades irmãs", "twinning"),
    ("pt", "pessoas com deficiência", "disability-access"),
    ("de", "Barrierefreiheit", "disability-access"),
    ("de", "Flüchtlinge", "migration"),
    ("de", "Städtepartnerschaft", "twinning"),
    ("de", "Wohnungslosigkeit", "homelessness"),
    ("ar", "حقوق المرأة", "gender-equality"),
    ("ar", "تغير المناخ", "climate"),
    ("ar", "كبار السن", "ageing"),
    ("ar", "النقل العام", "mobility"),
]
SENTENCES = [
    ("fr", "réseau de villes contre le racisme", "anti-racism"),
    ("de", "Netzwerk der Städte gegen Rassismus", "anti-racism"),
    ("ar", "شبكة مدن ضد العنصرية", "anti-racism"),
]
CITIES = [
    ("fr", "Londres", "london-gb"),
    ("fr", "Le Caire", "cairo-eg"),
    ("fr", "Marrakech Maroc", "marrakesh-ma"),
    ("es", "Nueva York", "new-york-city-new-york-us"),
    ("es", "Núremberg", "nuremberg-de"),
    ("pt", "Moscovo", "moscow-ru"),
    ("pt", "Nova Iorque", "new-york-city-new-york-us"),
    ("de", "Kapstadt", "cape-town-za"),
    ("de", "Athen, Griechenland", "athens-gr"),
    ("ar", "لندن", "london-gb"),
    ("ar", "القاهرة", "cairo-eg"),
    ("ar", "ليوبليانا", "ljubljana-si"),
]


@pytest.mark.parametrize(("language", "text", "area"), [*ISSUES, *SENTENCES])
def test_an_issue_finds_networks_that_work_on_it(language, text, area):
    with override(language):
        hits = find_networks(NetworkCriteria(text=text, exact=True), day=DAY)
    first = hits.ids[:5]
    links = NetworkFocusArea.objects.filter(network__in=first, focus_area__slug=area)
    below = NetworkFocusArea.objects.filter(network__in=first, focus_area__parent__slug=area)
    assert set((links | below).values_list("network", flat=True)) == set(first) != set()


@pytest.mark.parametrize(("language", "text", "area"), ISSUES)
def test_an_issue_is_suggested_in_the_language_of_the_page(language, text, area):
    with override(language):
        suggested = [each for each in suggest(text, day=DAY) if each.kind == "focus-area"]
    name = Label.objects.get(focus_area__slug=area, language=language).name
    assert (area, name) in [(each.slug, each.name) for each in suggested]
    # Also on a page in another language, there by its own name.
    elsewhere = [(each.slug, each.name) for each in suggest(text, day=DAY)]
    assert (area, FocusArea.objects.get(slug=area).name) in elsewhere


@pytest.mark.parametrize(("language", "text", "slug"), CITIES)
def test_a_city_is_found_and_suggested_by_its_name_in_a_language(language, text, slug):
    with override(language):
        found = find_cities(CityCriteria(City.objects.public(), text=text), day=DAY).page(1, 5)
        suggested = [each for each in suggest(text, day=DAY) if each.kind == "city"]
    assert found[0].slug == slug
    name = Label.objects.get(city__slug=slug, language=language).name
    assert (suggested[0].slug, suggested[0].name) == (slug, name)


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Londres", "london-gb"), ("لندن", "london-gb"), ("Kapstadt", "cape-town-za")],
)
def test_a_city_finds_the_networks_that_it_is_in(text, slug):
    hits = find_networks(NetworkCriteria(text=text, exact=True), day=DAY)
    member_of = City.objects.get(slug=slug).memberships.values_list("network", flat=True)
    assert hits.ids
    assert set(hits.ids) & set(member_of)


@pytest.mark.parametrize("language", OTHERS)
def test_every_focus_area_has_a_name_and_synonyms(language):
    labels = {
        label.focus_area.slug: label
        for label in Label.objects.filter(language=language, focus_area__isnull=False)
        .select_related("focus_area")
        .order_by("pk")
    }
    assert labels.keys() == set(FocusArea.objects.values_list("slug", flat=True))
    for slug, label in labels.items():
        assert len(label.synonyms) >= FEWEST_SYNONYMS, slug
        assert len({fold(word) for word in label.synonyms}) == len(label.synonyms), slug
        assert label.name not in label.synonyms, slug


def test_every_city_of_most_memberships_has_a_name_in_arabic():
    most = City.objects.annotate(Count("memberships")).order_by("-memberships__count", "slug")
    for city in most.prefetch_related("labels")[:MOST_LISTED]:
        assert "ar" in {label.language for label in city.labels.all()}, city.slug


def test_a_city_has_a_label_only_where_its_name_is_another():
    same = [
        f"{label.city.slug} {label.language}"
        for label in Label.objects.filter(city__isnull=False).select_related("city").order_by("pk")
        if label.name == label.city.name
    ]
    assert same == []
