"""What a mix of feedstocks is made of: carbon over nitrogen, and fat in its volatile solids."""

from collections.abc import Mapping

from harmonia.science.metabolism.feedstocks import feedstock

# Carbon in a kg, from the formulas C6H10O5, C5H7O2N and C57H104O6 [kg C/kg].
CARBON = {"carbohydrate": 72.06 / 162.14, "protein": 60.05 / 113.11, "lipid": 684.6 / 885.4}


def carbon_kg_kg(code: str) -> float:
    """Return the carbon of one kg of fresh feed [kg C/kg]."""
    feed = feedstock(code)
    return feed.volatile_solids_kg_kg * sum(CARBON[part] * share for part, share in feed.composition.items())


def carbon_to_nitrogen(kg: Mapping[str, float]) -> float:
    """Return carbon over nitrogen of a mix of fresh kilograms [kg C/kg N]; infinite without nitrogen."""
    nitrogen = sum(amount * feedstock(code).nitrogen_kg_kg for code, amount in kg.items())
    carbon = sum(amount * carbon_kg_kg(code) for code, amount in kg.items())
    return carbon / nitrogen if nitrogen > 0 else float("inf")


def fat_share(kg: Mapping[str, float]) -> float:
    """Return fat in the volatile solids of a mix of fresh kilograms [kg/kg]; 0 of nothing."""
    solids = {code: amount * feedstock(code).volatile_solids_kg_kg for code, amount in kg.items()}
    total = sum(solids.values())
    return sum(vs * feedstock(code).lipid.value for code, vs in solids.items()) / total if total > 0 else 0.0
