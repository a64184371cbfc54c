"""The colour of a thing without a photo: that of what it is made of."""

RGB = tuple[int, int, int]

# Natural dyes and worn surfaces, chosen to be told apart in a cloth by day and by night.
MATERIALS: dict[str, RGB] = {
    "wood": (176, 122, 70),
    "metal": (112, 136, 152),
    "textiles": (178, 74, 92),
    "glass": (72, 158, 142),
    "plastics": (224, 168, 60),
    "paper": (196, 178, 140),
    "appliances": (92, 104, 170),
    "fog": (208, 182, 76),
    "coffee_grounds": (110, 76, 58),
}
OTHER: RGB = (132, 150, 96)


def of_material(code: str) -> RGB:
    """Return the colour of a substance, 0 to 255 each."""
    return MATERIALS.get(code, OTHER)


def parse_all(palette: str) -> tuple[RGB, ...]:
    """Return "#rrggbb #rrggbb" as colours; none where there are none."""
    return tuple(map(parse, palette.split()))


def parse(colour: str) -> RGB:
    """Return "#rrggbb" as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
