"""Give a story a shape, and let it go with its story and its teller."""

from collections.abc import Mapping
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.alchemy import queries as alchemy
from harmonia.commons.festival import shapes
from harmonia.commons.festival.actions.refusals import Refused
from harmonia.commons.festival.models import SIDES, Scene, Turn
from harmonia.commons.journal.actions import record
from harmonia.commons.journal.models import Event
from harmonia.commons.journal.sentences import in_words
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.science.scenes import MOST_BYTES, GlbError, check_glb

LONGEST = 300  # [letters]
ENDS = ("withdrawn", "hidden", "narrowed")  # what alchemy tells when a story is no longer for everybody


def dress(
    person: Person,
    code: str,
    *,
    sides: Mapping[str, str],
    glb: bytes | None = None,
    without_glb: bool = False,
) -> Scene:
    """Keep what a teller adds to their own story: a shape, and what each side of it shows.

    The file is checked before the transaction begins. Raises Refused.
    """
    thing = alchemy.artifact(code, person)
    if thing is None or not thing.is_mine or thing.story is None:
        raise Refused(_("Only the person who told a story can give it a shape. Nothing was saved."))
    words = {side: " ".join(sides.get(side, "").split()) for side in SIDES}
    if any(len(text) > LONGEST for text in words.values()):
        raise Refused(_("Say each side in at most 300 letters. Nothing was saved."))
    if glb is not None:
        _check(glb)
    return _dress(person, code, words, glb, without_glb)


def _check(glb: bytes) -> None:
    if len(glb) > MOST_BYTES:
        raise Refused(
            _("This file is larger than 20 MB. Make it simpler, or its pictures smaller. Nothing was saved.")
        )
    try:
        check_glb(glb)
    except GlbError as error:
        raise Refused(
            _("We cannot show this file: %(why)s Nothing was saved.") % {"why": in_words(error)}
        ) from error


@transaction.atomic
def _dress(
    person: Person, code: str, words: Mapping[str, str], glb: bytes | None, without_glb: bool
) -> Scene:
    scene, _made = Scene.objects.select_for_update().get_or_create(
        artifact=code, defaults={"teller": token_of(person)}
    )
    old = scene.glb
    for side, text in words.items():
        setattr(scene, side, text)
    if glb is not None:
        scene.glb, scene.glb_bytes = shapes.keep(glb), len(glb)
    elif without_glb:
        scene.glb, scene.glb_bytes = "", 0
    scene.changed_at = timezone.now()
    try:
        scene.save()
        record("festival", "dressed", artifact=code)
    except BaseException:
        if glb is not None:
            shapes.drop(scene.glb)
        raise
    if old and old != scene.glb:
        transaction.on_commit(lambda: shapes.drop(old))
    return scene


def follow(event: Event) -> None:
    """Take a story off every programme when not everybody may read it any more; withdrawn, its shape goes too."""
    if event.kind not in ENDS:
        return
    code = event.payload.get("artifact", "")
    gone, _by_kind = Turn.objects.filter(artifact=code).delete()
    if event.kind == "withdrawn":
        gone += _undress(list(Scene.objects.filter(artifact=code)))
    if gone:
        record("festival", "undressed", artifact=code)


def forget(person: Person) -> None:
    """Let a leaving person's shapes and consents go: nobody can be asked about them any more."""
    token = token_of(person)
    Turn.objects.filter(teller=token).delete()
    _undress(list(Scene.objects.filter(teller=token)))


def _undress(scenes: list[Scene]) -> int:
    for scene in scenes:
        name = scene.glb
        scene.delete()
        transaction.on_commit(partial(shapes.drop, name))
    return len(scenes)
