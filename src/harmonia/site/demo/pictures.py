"""What the demonstration shows in place of photos: drawn still lifes."""

from collections.abc import Callable

from harmonia.site.demo.drawn import cloths, furniture, hanging, machines
from harmonia.site.demo.drawn.canvas import Canvas

ARCHETYPES: dict[str, Callable[[Canvas], None]] = {
    "bag": cloths.bag,
    "bench": furniture.bench,
    "birdhouse": hanging.birdhouse,
    "bowl": cloths.bowl,
    "chime": hanging.chime,
    "clock": machines.clock,
    "kite": cloths.kite,
    "lamp": machines.lamp,
    "lantern": hanging.lantern,
    "planter": machines.planter,
    "quilt": cloths.quilt,
    "radio": machines.radio,
    "stool": furniture.stool,
    "toy": furniture.toy,
}


def draw(archetype: str, seed: int) -> bytes:
    """Return a JPEG of 1200 by 900 px; the same seed always gives the same grain. Raises KeyError."""
    canvas = Canvas(seed)
    ARCHETYPES[archetype](canvas)
    return canvas.jpeg()
