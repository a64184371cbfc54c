"""The shape of a scene as GLB, and its still picture."""

from io import BytesIO

import numpy as np
from PIL import Image

from harmonia.commons.alchemy import queries as alchemy
from harmonia.commons.alchemy.queries import Viewer
from harmonia.commons.festival import pictures, shapes
from harmonia.commons.festival.models import Scene
from harmonia.commons.festival.queries.scenes import SceneView
from harmonia.commons.tapestry import queries as tapestry
from harmonia.science.scenes import drape, relief, write_glb
from harmonia.science.weaving import Thread, texels, tiles
from harmonia.science.weaving.patch import ENDS, PICKS
from harmonia.science.weaving.places import bands

CELL = 16  # [px] a crossing of a patch that fills a room
UNDYED = (196, 178, 140)
MOST = 2048  # [px] of the whole cloth's picture


def shape(scene: SceneView, viewer: Viewer) -> bytes:
    """Return the GLB of a scene: the teller's own, else a relief of the photo, else its patch of cloth."""
    name = Scene.objects.filter(artifact=scene.code).values_list("glb", flat=True).first()
    own = shapes.read(name) if name else None
    if own is not None:
        return own
    photo = _photo(scene, viewer)
    if photo is not None:
        mesh = relief(np.asarray(photo), pictures.jpeg(photo), scene.thing.title)
    else:
        picture = _patch(scene)
        mesh = drape(
            picture.width, picture.height, pictures.png(picture), scene.thing.title, folds=1.5, depth=0.06
        )
    return write_glb([mesh], title=scene.thing.title, rights=scene.thing.maker or "")


def still(scene: SceneView, viewer: Viewer) -> bytes:
    """Return a picture of a scene as PNG, for browsers that draw nothing themselves."""
    photo = _photo(scene, viewer)
    return pictures.png(photo if photo is not None else _patch(scene))


def cloth_glb() -> bytes | None:
    """Return the whole cloth, hanging, as GLB; None before the first story."""
    cloth = tapestry.cloth_texels()
    if not cloth.seeds:
        return None
    picture = Image.open(BytesIO(tiles.whole_picture(cloth, MOST)))
    return write_glb(
        [drape(picture.width, picture.height, pictures.png(picture), "Tapestry")], title="Tapestry"
    )


def _photo(scene: SceneView, viewer: Viewer) -> Image.Image | None:
    picture = scene.thing.picture
    if picture is None:
        return None
    names = picture.files("webp") or picture.files()
    file = alchemy.file(names[min(1, len(names) - 1)], viewer)
    if file is None:
        return None
    with file:
        return Image.open(file).convert("RGB")


def _patch(scene: SceneView) -> Image.Image:
    thread = next((place.thread for place in tapestry.woven() if place.code == scene.code), None)
    alone = thread or Thread(scene.code, scene.thing.material, UNDYED, 0, scene.thing.title)
    cloth = texels.lay(bands([alone], 1, alone.day), 1)
    return Image.fromarray(tiles.draw(cloth, CELL, 0, 0, ENDS * CELL, PICKS * CELL))
