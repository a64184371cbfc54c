"""A scene as the browser and the command line read it: plain JSON values."""

from typing import Any

from harmonia.commons.festival.queries import SceneView


def described(scene: SceneView, *, shape: str, still: str, href: str) -> dict[str, Any]:
    """Return what is needed to show a scene; the addresses are the caller's."""
    return {
        "code": scene.code,
        "title": scene.thing.title,
        "teller": scene.thing.maker or "",
        "language": scene.language,
        "phrases": list(scene.phrases),
        "sides": scene.sides,
        "kind": scene.kind,
        "shape": shape,
        "still": still,
        "href": href,
    }
