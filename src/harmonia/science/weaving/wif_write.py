"""Write WIF 1.1: always the lift plan, always a rising shed, sparse over defaults."""

from collections.abc import Iterator, Mapping

import numpy as np

from harmonia.science.weaving.draft import Bools, Draft, Floats, Ints

# An empty one still says something: no end is threaded, no shaft is tied.
NEEDED = ("THREADING", "LIFTPLAN", "TIEUP", "TREADLING")


def write_wif(draft: Draft, provenance: Mapping[str, str] | None = None) -> str:
    """Return the text of a draft; `provenance` goes into `[PRIVATE HARMONIA]`.

    Tie-up and treadling are written beside the lift plan where the draft has them.
    """
    channels = np.concatenate((draft.warp_colours, draft.weft_colours)).astype(np.int64)
    packed, entry = np.unique(channels @ np.array([65_536, 256, 1]), return_inverse=True)
    palette = np.stack((packed >> 16, packed >> 8 & 255, packed & 255), axis=1)
    sections = {
        "TEXT": [f"Title={draft.title}"] if draft.title else [],
        "WEAVING": _weaving(draft),
        "COLOR PALETTE": ["Form=RGB", "Range=0,255", f"Entries={max(len(palette), 1)}"],
        "COLOR TABLE": [f"{place}={r},{g},{b}" for place, (r, g, b) in enumerate(palette.tolist(), start=1)],
        **_system("WARP", draft.warp_spacing_mm, entry[: draft.ends] + 1),
        **_system("WEFT", draft.weft_spacing_mm, entry[draft.ends :] + 1),
        "THREADING": [
            f"{end}={shaft}" for end, shaft in enumerate(draft.threading.tolist(), start=1) if shaft
        ],
        "LIFTPLAN": list(_marks(draft.liftplan)),
    }
    if draft.tieup is not None and draft.treadling is not None:
        sections["TIEUP"] = list(_marks(draft.tieup))
        sections["TREADLING"] = [
            f"{pick}={','.join(map(str, treadles))}"
            for pick, treadles in enumerate(draft.treadling, start=1)
            if treadles
        ]
    if provenance:
        sections["PRIVATE HARMONIA"] = [f"{key}={' '.join(text.split())}" for key, text in provenance.items()]
    return _text(sections)


def _text(sections: Mapping[str, list[str]]) -> str:
    head = [
        "[WIF]",
        "Version=1.1",
        "Date=April 20, 1997",
        "Developers=wif@mhsoft.com",
        "Source Program=Harmonia",
    ]
    present = {name: lines for name, lines in sections.items() if lines or name in NEEDED}
    lines = [*head, "", "[CONTENTS]", *(f"{name}=true" for name in present)]
    for name, body in present.items():
        lines += ["", f"[{name}]", *body]
    return "\n".join(lines) + "\n"


def _weaving(draft: Draft) -> list[str]:
    treadles = draft.shafts if draft.tieup is None else len(draft.tieup)
    return ["Rising Shed=true", f"Shafts={draft.shafts}", f"Treadles={treadles}"]


def _system(system: str, spacing_mm: Floats, entry: Ints) -> dict[str, list[str]]:
    """Return the sections of WARP or WEFT; what most threads share is the default."""
    usual_colour = int(np.bincount(entry).argmax()) if len(entry) else 1
    values, counts = np.unique(spacing_mm, return_counts=True)
    usual = float(values[counts.argmax()]) if len(values) else 1.0
    odd = np.flatnonzero(spacing_mm != usual).tolist()
    other = np.flatnonzero(entry != usual_colour).tolist()
    return {
        system: [
            f"Threads={len(spacing_mm)}",
            "Units=Centimeters",
            f"Color={usual_colour}",
            f"Spacing={usual / 10:.12g}",
        ],
        f"{system} COLORS": [f"{place + 1}={entry[place]}" for place in other],
        f"{system} SPACING": [f"{place + 1}={spacing_mm[place] / 10:.12g}" for place in odd],
    }


def _marks(marks: Bools) -> Iterator[str]:
    """Yield `row=1,3,…` for every row that has marks."""
    names = [str(place) for place in range(1, marks.shape[1] + 1)]
    marked = [names[place] for place in np.nonzero(marks)[1].tolist()]
    stops = np.cumsum(marks.sum(axis=1)).tolist()
    start = 0
    for row, stop in enumerate(stops, start=1):
        if stop > start:
            yield f"{row}={','.join(marked[start:stop])}"
        start = stop
