"""Forty residents of a copied demonstration, each signed in; run in a process of its own, with the home as argument."""

import json
import os
import sys

EXTRA = ("Nika", "Olaf", "Pia", "Quim", "Rosa", "Stan")


def main(home: str) -> None:
    os.environ["HARMONIA_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "harmonia.site.settings"
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from harmonia.commons.people import actions
    from harmonia.commons.people.models import Person

    for name in EXTRA:
        actions.enrol(email=f"{name.lower()}@demo.invalid", name=name, password=None)
    sessions = {}
    for person in Person.objects.filter(is_active=True, vouched=True).order_by("pk"):
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        sessions[person.name] = session.session_key
    print(json.dumps(sessions))


if __name__ == "__main__":
    main(sys.argv[1])
