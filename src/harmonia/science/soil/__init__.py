"""What ground can take: when compost and digestate are safe enough for a garden."""

from harmonia.science.soil.hygiene import (
    MATERIAL_CLASSES,
    HeatRecord,
    HygieneError,
    RuleSet,
    Treatment,
    Verdict,
    judge,
    optional_materials,
    rule_set,
    rule_sets,
)

__all__ = [
    "MATERIAL_CLASSES",
    "HeatRecord",
    "HygieneError",
    "RuleSet",
    "Treatment",
    "Verdict",
    "judge",
    "optional_materials",
    "rule_set",
    "rule_sets",
]
