"""The gallery shows every page that the browser tests know, wide and narrow, light and dark."""

from itertools import product

from tests.e2e.places import PLACES
from tests.e2e.screenshots import GALLERY, IMAGES, SCHEMES, SIZES, gallery, picture_of

RENEW = "run `make screenshots`"


def test_every_page_has_its_four_pictures_and_no_picture_is_left_over() -> None:
    wanted = {picture_of(place, size, scheme) for place, size, scheme in product(PLACES, SIZES, SCHEMES)}
    assert {path.name for path in IMAGES.iterdir()} == wanted, RENEW


def test_the_gallery_lists_every_page() -> None:
    assert GALLERY.read_text(encoding="utf-8") == gallery(), RENEW
