"""A thing without a photo has a woven face, always the same."""

from xml.etree import ElementTree

from harmonia.commons.alchemy.swatches import swatch


def test_the_same_thing_always_has_the_same_face() -> None:
    assert swatch("K7QX-3M", "wood", (176, 122, 70)) == swatch("K7QX-3M", "wood", (176, 122, 70))


def test_another_material_is_woven_otherwise() -> None:
    assert swatch("K7QX-3M", "wood", (176, 122, 70)) != swatch("K7QX-3M", "metal", (176, 122, 70))


def test_a_face_is_a_drawing_that_screen_readers_pass_over() -> None:
    drawing = ElementTree.fromstring(swatch("K7QX-3M", "wood", (176, 122, 70)))

    assert drawing.attrib["aria-hidden"] == "true"
    assert drawing.attrib["viewBox"] == "0 0 240 180"
    assert "style" not in {name for element in drawing.iter() for name in element.attrib}
