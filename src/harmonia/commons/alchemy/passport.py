"""The passport of a thing: what everybody may read of it, signed by this site, shaped like a product passport.

A W3C Verifiable Credential 2.0 with an eddsa-jcs-2022 proof, so that it can be checked without asking anybody. It
holds no story and no photo: what was handed out can never be called back.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

from harmonia.commons.alchemy import queries
from harmonia.commons.alchemy.models import Artifact
from harmonia.credentials import did_key, sign, site_key

TYPE = "ArtifactPassport"
NOTICE = (
    "This passport repeats what its makers and this habitat wrote down. It claims no conformity with any law,"
    " regulation or standard, and is no digital product passport in the sense of Regulation (EU) 2024/1781."
)
SCHEMA, OWN = "https://schema.org/", "urn:harmonia:passport:"
CONTEXT: list[Any] = [
    "https://www.w3.org/ns/credentials/v2",
    {
        TYPE: f"{OWN}{TYPE}",
        "Product": f"{SCHEMA}Product",
        "Person": f"{SCHEMA}Person",
        "QuantitativeValue": f"{SCHEMA}QuantitativeValue",
        **{
            term: f"{SCHEMA}{term}"
            for term in ("identifier", "productionDate", "url", "weight", "value", "unitCode", "material", "creator",
                         "isBasedOn")
        },
        **{
            term: f"{OWN}{term}"
            for term in ("substance", "technique", "careAndRepair", "part", "relation", "origin", "deposits",
                         "firstDeposit", "lastDeposit", "modelled", "notice")
        },
    },
]  # fmt: skip


def passport(code: str, address: str) -> dict[str, Any] | None:
    """Return the signed passport of a thing that everybody may see, None for others; `address` leads to its page."""
    thing = queries.artifact(code, AnonymousUser())
    if thing is None:
        return None
    key = site_key(settings.CONFIG.home)
    with translation.override("en"):  # signed words are in one language, whoever asks
        subject = _subject(thing, address)
    credential = {
        "@context": CONTEXT,
        "id": f"urn:uuid:{thing.identity}#passport",
        "type": ["VerifiableCredential", TYPE],
        "issuer": {"id": did_key(key), "name": settings.CONFIG.name},
        "validFrom": thing.made_at.astimezone(timezone.get_default_timezone()).isoformat(timespec="seconds"),
        "notice": NOTICE,
        "credentialSubject": subject,
    }
    return sign(credential, key)


def _subject(thing: queries.ArtifactView, address: str) -> dict[str, Any]:
    subject: dict[str, Any] = {
        "id": f"urn:uuid:{thing.identity}",
        "type": ["Product"],
        "name": thing.title,
        "identifier": thing.code,
        "url": address,
        "productionDate": timezone.localtime(thing.made_at).date().isoformat(),
        "weight": _grams(thing.grams),
        "material": [
            {"substance": m.substance.code, "name": str(m.substance), "weight": _grams(m.grams)}
            for m in thing.materials
        ],
        "technique": list(thing.techniques),
        "creator": [{"type": ["Person"], "name": name, "part": part} for name, part in thing.makers],
        "isBasedOn": _parents(thing.code),
    }
    if thing.care:
        subject["careAndRepair"] = thing.care
    if found := queries.origin(thing.code):
        subject["origin"] = {
            "deposits": found.deposits,
            "firstDeposit": found.first.isoformat(),
            "lastDeposit": found.last.isoformat(),
            "modelled": True,
        }
    return subject


def _grams(grams: int) -> dict[str, Any]:
    return {"type": ["QuantitativeValue"], "value": grams, "unitCode": "GRM"}  # UN/CEFACT recommendation 20


def _parents(code: str) -> list[dict[str, Any]]:
    # A hidden parent is named by its identity alone.
    ties = [tie for tie in queries.family(code).ties if tie.child.code == code]
    identities = dict(
        Artifact.objects.filter(code__in=[tie.parent.code for tie in ties]).values_list("code", "identity")
    )
    return [
        {"id": f"urn:uuid:{identities[tie.parent.code]}", "name": tie.parent.title, "relation": tie.kind}
        for tie in ties
    ]
