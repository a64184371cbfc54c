"""Stories in three dimensions: meshes, GLB files, and the glass that lets them float."""

from harmonia.science.scenes.glb_check import MOST_BYTES, Contents, GlbError, check_glb, picture_size
from harmonia.science.scenes.glb_write import write_glb
from harmonia.science.scenes.mesh import Mesh, drape, relief
from harmonia.science.scenes.pyramid import SCREENS, Pyramid

__all__ = [
    "MOST_BYTES",
    "SCREENS",
    "Contents",
    "GlbError",
    "Mesh",
    "Pyramid",
    "check_glb",
    "drape",
    "picture_size",
    "relief",
    "write_glb",
]
