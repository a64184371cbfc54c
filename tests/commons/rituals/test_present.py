"""The page's present and the server's are one: the same events make the same state in TypeScript and in Python."""

import json
import subprocess
from pathlib import Path
from typing import Any

import hatch_build
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.commons.rituals.present import NOTHING, TOLD, apply

PRESENT = Path(hatch_build.ROOT) / "web" / "ritual" / "present.ts"
SCRIPT = """
import {{ apply, NOTHING }} from {path};
const stories = JSON.parse(await new Response(process.stdin).text());
const folded = stories.map((events) => events.reduce((now, [kind, data]) => apply(now, kind, data), NOTHING));
process.stdout.write(JSON.stringify(folded));
"""
VALUES = st.one_of(st.integers(0, 9), st.sampled_from(["", "gathering", "Why?"]))
EVENTS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["shown", "taken_back"]), st.fixed_dictionaries({"offering": st.integers(1, 4)})
        ),
        st.tuples(
            st.sampled_from([*TOLD, "redated", "of-a-later-version"]),
            st.dictionaries(st.sampled_from(list(NOTHING)), VALUES, max_size=5),
        ),
    ),
    max_size=12,
)


def in_node(stories: list[Any]) -> list[Any]:
    folder = hatch_build.wheel_folder()
    words = [str(folder / "bin" / "node"), "--no-warnings", "--input-type=module", "-e"]
    script = SCRIPT.format(path=json.dumps(PRESENT.as_uri()))
    done = subprocess.run(
        [*words, script], input=json.dumps(stories), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


@settings(max_examples=3, deadline=None)
@given(st.lists(EVENTS, min_size=30, max_size=60))
def test_the_same_events_make_the_same_present_on_the_page_and_on_the_server(stories: list[Any]) -> None:
    here = []
    for events in stories:
        present = NOTHING
        for kind, data in events:
            present = apply(present, kind, data)
        here.append(present)

    assert in_node(stories) == here


def test_an_event_nobody_knows_changes_nothing() -> None:
    assert apply(NOTHING, "of-a-later-version", {"state": "closed"}) == NOTHING


def test_apply_leaves_what_it_was_given_as_it_was() -> None:
    shown = apply(NOTHING, "shown", {"offering": 1})
    apply(shown, "taken_back", {"offering": 1})

    assert (NOTHING["shown"], shown["shown"]) == ([], [1])
