"""Reliefs and cloth: points where they should be, files without a single error."""

from pathlib import Path

import numpy as np
import pytest

from harmonia.science.scenes import Mesh, Pyramid, check_glb, drape, relief, write_glb
from harmonia.science.scenes.mesh import DEPTH
from tests.science.scenes.shapes import parts, photo, pictured, png, whole
from tests.validator import issues


def test_what_differs_from_the_edge_stands_out() -> None:
    mesh = relief(photo(), png(), "Disc", finest=64)
    middle = np.linalg.norm(mesh.points[:, :2], axis=1) < 0.1
    rim = np.abs(mesh.points[:, 0]) > 0.45

    assert mesh.points[middle, 2].min() > 0.8 * DEPTH
    assert mesh.points[rim, 2].max() < 0.1 * DEPTH


@pytest.mark.parametrize("made", [lambda: relief(photo(), png(), "r"), lambda: drape(30, 50, png(), "d")])
def test_a_mesh_is_whole(made: object) -> None:
    mesh: Mesh = made()  # type: ignore[operator]

    assert mesh.triangles.max() == len(mesh.points) - 1
    assert np.ptp(mesh.points[:, :2], axis=0).max() == pytest.approx(1, abs=1e-5)
    np.testing.assert_allclose(np.linalg.norm(mesh.normals, axis=1), 1, atol=1e-5)
    assert 0 <= mesh.uv.min() <= mesh.uv.max() <= 1


def test_triangles_and_normals_look_the_same_way() -> None:
    mesh = relief(photo(), png(), "Disc", finest=32)
    a, b, c = (mesh.points[mesh.triangles[:, k]] for k in range(3))

    assert (np.cross(b - a, c - a)[:, 2] > 0).all()


def test_a_picture_of_one_colour_is_flat() -> None:
    mesh = relief(np.full((20, 30, 3), 90, dtype=np.uint8), png(), "Grey")

    assert np.abs(mesh.points[:, 2]).max() < 1e-3


@pytest.mark.parametrize("glb", [whole(), pictured()])
def test_the_khronos_validator_finds_no_error_in_what_we_write(glb: bytes, tmp_path: Path) -> None:
    assert issues(glb, tmp_path)["numErrors"] == 0


def test_our_own_checker_lets_through_what_we_write() -> None:
    held = check_glb(whole())

    assert (held.meshes, held.textures, held.animations) == (1, 1, 0)
    assert held.triangles == len(drape(40, 30, png(), "").triangles)


def test_a_file_says_who_made_it() -> None:
    document, _data = parts(write_glb([drape(40, 30, png(), "Cloth")], title="Stool", rights="Lyra"))

    assert (document["asset"]["copyright"], document["scenes"][0]["name"]) == ("Lyra", "Stool")


def test_a_pyramid_stands_at_45_degrees() -> None:
    pyramid = Pyramid(base_mm=112, opening_mm=8)
    corners = np.array(pyramid.trapezoid())
    run = corners[3, 0] - corners[0, 0]

    assert pyramid.height_mm == pytest.approx(run)
    assert pyramid.slant_mm**2 == pytest.approx(pyramid.height_mm**2 + run**2)
    assert corners[2, 0] - corners[3, 0] == pytest.approx(8)
