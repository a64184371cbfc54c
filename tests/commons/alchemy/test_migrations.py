"""A site that ran the version before keeps every story, photo and decision, on both databases."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

pytestmark = pytest.mark.database
OLD_SITE = """
import json, django
django.setup()
from uuid import uuid4
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

executor = MigrationExecutor(connection)
others = [node for node in executor.loader.graph.leaf_nodes() if node[0] != "alchemy"]
executor.migrate([*others, ("alchemy", "0002_append_only")])
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger.models import Action, Holder, Substance

before = MigrationExecutor(connection).loader.project_state([("alchemy", "0002_append_only")]).apps
old = {name: before.get_model("alchemy", name) for name in ("Artifact", "Story", "Picture", "Moderation")}
maker = uuid4()
wood = Substance.objects.create(code="wood", name_en="Broken wood", name_es="Madera rota", use="makes")
gate = ledger.open_holder("gate", "Gate", Holder.Kind.POINT)
home = ledger.open_holder("home", "Home", Holder.Kind.HOUSEHOLD)
ledger.book(Action.DROPOFF, [ledger.Posting(home, wood, -900), ledger.Posting(gate, wood, 900)], recorder=None)
for code, access in (("AAAA-22", "public"), ("BBBB-33", "only_me")):
    holder = ledger.open_holder(code.lower(), code, Holder.Kind.ARTIFACT)
    moved = [ledger.Posting(gate, wood, -10), ledger.Posting(holder, wood, 10)]
    movement = ledger.book(Action.PRODUCE, moved, recorder=maker)
    thing = old["Artifact"].objects.create(
        code=code, title=f"Thing {code}", maker=maker, holder_id=holder.pk, movement_id=movement.pk, material_id=wood.pk)
    old["Story"].objects.create(artifact=thing, text="It wobbled.", language="en", access=access)
    old["Picture"].objects.create(artifact=thing, name=code, width=480, height=360, widths=[480], alt="x",
                                  colour="#112233", access=access)
old["Moderation"].objects.create(artifact=thing, state="hidden", reason="Rude", by=maker)
old["Artifact"].objects.filter(pk=thing.pk).update(state="hidden")

call_command("migrate", verbosity=0)
from django.contrib.auth.models import AnonymousUser
from harmonia.commons.alchemy import queries
from harmonia.commons.alchemy.models import Artifact, Moderation, Picture, Story
from django.db import IntegrityError, transaction

refused = []
for act in (Artifact.objects.all().delete, Moderation.objects.all().delete, lambda: Story.objects.update(text="y"),
            Picture.objects.all().delete, lambda: Picture.objects.update(palette="#11223")):
    try:
        with transaction.atomic():
            act()
    except Exception as error:
        refused.append(str(error).split("\\n")[0])
print(json.dumps({
    "versions": [a.identity.version for a in Artifact.objects.all()],
    "different": len(set(Artifact.objects.values_list("identity"))),
    "credits": [[c.token == maker, c.state] for a in Artifact.objects.all() for c in a.credits.all()],
    "files": [p.files() for p in Picture.objects.all()],
    "woven": [s.woven_at == s.told_at for s in Story.objects.order_by("id")],
    "out": [story.code for story in queries.stories()],
    "log": [[m.kind, m.reason] for m in Moderation.objects.all()],
    "found": [a.code for a in queries.gallery(AnonymousUser(), queries.Narrowed(words="wobbled"))],
    "refused": refused,
    "dyed": [story.colour for story in queries.stories()],
}))
"""


@pytest.fixture
def fresh_database() -> Iterator[str]:
    """The address of an empty PostgreSQL database beside that of the tests; empty for SQLite."""
    here = settings.DATABASES["default"]
    if "postgresql" not in here["ENGINE"]:
        yield ""
        return
    address = f"postgres://{here['USER']}@{here['HOST']}:{here['PORT']}"
    name = f"old_{secrets.token_hex(4)}"
    with psycopg.connect(f"{address}/postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield f"{address}/{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_what_was_told_before_is_still_there_and_has_what_is_new(tmp_path: Path, fresh_database: str) -> None:
    environment = {
        **os.environ,
        "HARMONIA_HOME": str(tmp_path),
        "DATABASE_URL": fresh_database,
        "DJANGO_SETTINGS_MODULE": "harmonia.site.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", OLD_SITE],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])

    assert found["versions"] == [7, 7]
    assert found["different"] == 2
    assert found["credits"] == [[True, "named"], [True, "named"]]
    assert found["files"] == [["AAAA-22-480.webp"], ["BBBB-33-480.webp"]]
    assert found["woven"] == [True, False]
    assert found["out"] == ["AAAA-22"]
    assert found["log"] == [["hidden", "Rude"]]
    assert found["found"] == ["AAAA-22"]
    assert len(found["refused"]) == 5
    assert found["dyed"] == [[0x11, 0x22, 0x33]]
