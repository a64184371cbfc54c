"""The tapestry as SVG: warp runs down through time, each story a woven patch and a link."""

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape

import numpy as np

from harmonia.science.weaving.crossings import warp_paths, weft_paths
from harmonia.science.weaving.draft import Draft, drawdown
from harmonia.science.weaving.fabric import height
from harmonia.science.weaving.ground import BARE_WEFT, REPEAT, SEASONS, ground, season
from harmonia.science.weaving.palette import hex_colour
from harmonia.science.weaving.patch import ENDS, PICKS, Thread, lane_warp, weave_patch
from harmonia.science.weaving.places import Band, bands

CELL = 5  # [px] side of one crossing
PATCH = CELL * ENDS
THIN, THICK = 4.2, 6.4  # [px] yarns
GROUND = "#17110f"
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML has no place for them


def cloth_svg(
    threads: Sequence[Thread],
    *,
    width: int = 960,
    link: Callable[[Thread], str],
    title: str = "The tapestry",
    since: int | None = None,
    prefix: str = "cloth",
) -> str:
    """Return the whole cloth as one SVG, every patch a real drawdown and a link that says its name.

    Parameters
    ----------
    threads
        In the order the stories arrived; the order within a band decides who yields a taken lane.
    width
        Drawn width [px]; a lane is 160 px wide, so it decides how many lanes there are (at least 2).
    link
        Address of a story's page.
    since
        Day on which the cloth begins; give it once stories can be withdrawn, so that nothing moves.
    prefix
        Begins every id, should one page hold two cloths.
    """
    lanes = max(2, round(width / PATCH))
    woven = bands(threads, lanes, since) or [Band(0, ((None,) * lanes,), since or 0)]
    tall = sum(_height(band) for band in woven)
    body = "".join(_warp(lanes, tall)) + _ground(woven, lanes, prefix)
    top = 0
    for band in woven:
        body += "".join(_band(band, top, link))
        top += _height(band)
    size = f'viewBox="0 0 {lanes * PATCH} {tall}" width="{lanes * PATCH}" height="{tall}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="cloth" role="group" '
        f'aria-labelledby="{escape(prefix)}-title" {size}><title id="{escape(prefix)}-title">{escape(title)}'
        f'</title>{_defs(prefix, woven)}<rect width="100%" height="100%" fill="{GROUND}"/>{body}'
        f'<rect width="100%" height="100%" fill="url(#{escape(prefix)}-light)" pointer-events="none"/></svg>'
    )


def _height(band: Band) -> int:
    return CELL * height(band)


def _defs(prefix: str, woven: Sequence[Band]) -> str:
    """Return tabby, the ground of each season there is, and a light across the folds of the cloth."""
    name, fold, repeat = escape(prefix), 2 * PATCH, 2 * CELL
    grounds = "".join(_season(name, number) for number in sorted({season(band.day) for band in woven}))
    return (
        f'<defs><pattern id="{name}-ground" width="{repeat}" height="{repeat}" '
        f'patternUnits="userSpaceOnUse"><path d="M1 {CELL / 2:g}h3m3 {CELL}h2" stroke="{hex_colour(BARE_WEFT)}" '
        f'stroke-width="4" stroke-linecap="round"/></pattern>{grounds}<linearGradient id="{name}-light" '
        f'gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="{fold}" y2="{fold // 4}" '
        f'spreadMethod="reflect"><stop stop-color="#fff" stop-opacity=".07"/>'
        f'<stop offset=".5" stop-color="#fff" stop-opacity="0"/>'
        f'<stop offset="1" stop-color="#000" stop-opacity=".16"/></linearGradient></defs>'
    )


def _season(name: str, number: int) -> str:
    side = REPEAT * CELL
    colours = np.full((REPEAT, 3), SEASONS[number], dtype=np.uint8)
    ((colour, path),) = weft_paths(ground(REPEAT, REPEAT), colours, CELL, 2).items()
    return (
        f'<pattern id="{name}-ground-{number}" width="{side}" height="{side}" patternUnits="userSpaceOnUse">'
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{THIN}" stroke-linecap="round"/></pattern>'
    )


def _warp(lanes: int, height: int) -> Iterator[str]:
    colours = np.concatenate([lane_warp(lane) for lane in range(lanes)])
    for colour, path in warp_paths(colours, CELL, height).items():
        yield f'<path d="{path}" stroke="{colour}" stroke-width="{THIN}"/>'
    shine = warp_paths(np.zeros_like(colours), CELL, height)["#000000"]
    yield f'<path d="{shine}" stroke="#fff" stroke-opacity=".1"/>'


def _ground(woven: Sequence[Band], lanes: int, prefix: str) -> str:
    """Return the ground under everything nobody has told a story for."""
    parts: dict[int, list[str]] = {}
    top = 0
    for band in woven:
        shapes = parts.setdefault(season(band.day), [])
        if not band.rows:
            shapes.append(f"M0 {top}h{lanes * PATCH}v{_height(band)}H0z")
        for place, row in enumerate(band.rows):
            shapes.extend(
                f"M{lane * PATCH} {top + place * PATCH}h{PATCH}v{PATCH}h-{PATCH}z"
                for lane, thread in enumerate(row)
                if thread is None
            )
        top += _height(band)
    return "".join(
        f'<path d="{"".join(shapes)}" fill="url(#{escape(prefix)}-ground-{number})"/>'
        for number, shapes in parts.items()
        if shapes
    )


def _band(band: Band, top: int, link: Callable[[Thread], str]) -> Iterator[str]:
    for place, row in enumerate(band.rows):
        for lane, thread in enumerate(row):
            if thread is not None:
                yield _patch(thread, lane, top + place * PATCH, link(thread))


def _wefts(draft: Draft) -> Iterator[tuple[dict[str, str], str]]:
    """Yield paths and stroke width of each weft: a pattern is a thicker yarn, and covers what binds it."""
    raised = drawdown(draft)
    for system, width in enumerate(("", f' stroke-width="{THICK}"')):
        others = (draft.weft_systems != system)[:, None]
        yield weft_paths(raised | others, draft.weft_colours, CELL, 2), width


def _patch(thread: Thread, lane: int, top: int, address: str) -> str:
    """Return one story: its weft over the warp that runs through, as a link with a name."""
    weft = "".join(
        f'<path d="{path}" stroke="{colour}"{width}/>'
        for paths, width in _wefts(weave_patch(thread, lane=lane))
        for colour, path in paths.items()
    )
    name = escape(UNPRINTABLE.sub(" ", thread.name))
    return (
        f'<a href="{escape(address)}" aria-label="{name}" class="thread"><title>{name}</title>'
        f'<g transform="translate({lane * PATCH} {top})" fill="none" stroke-width="{THIN}" '
        f'stroke-linecap="round">{weft}<rect class="thread-edge" x="2" y="2" width="{PATCH - 4}" '
        f'height="{PICKS * CELL - 4}" rx="3" pointer-events="all"/></g></a>'
    )
