"""What people type about their jars: a home jar, a standard trial, a day's readings."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmonia.commons.ledger.models import Substance
from harmonia.commons.nexus.forms.fields import amount, tiles_of
from harmonia.commons.nexus.jar_rows import latest_of_each_day
from harmonia.commons.nexus.jars import BottlePlan, JarPlan
from harmonia.commons.nexus.models import JarBottle, JarTrial
from harmonia.commons.nexus.words import number
from harmonia.commons.people.models import Person

Content = JarBottle.Content
Vessel = JarTrial.Vessel
# A rough figure for digested slurry and strained manure [g VS/mL]: unknown for this site, so judged.
INOCULUM_G_ML = 0.02
HOME_VESSELS = (Vessel.BAG, Vessel.COLUMN, Vessel.PLASTIC, Vessel.GLASS)
HOME_INOCULA = (JarTrial.Inoculum.DIGESTATE, JarTrial.Inoculum.MANURE, JarTrial.Inoculum.SLUDGE)


class JarForm(forms.Form):
    """What every set-up asks: the feed, the vessel and the three precautions."""

    substance = forms.ChoiceField()
    vessel = forms.ChoiceField()
    headspace_ml = forms.FloatField(
        label=_("Air above the liquid in each bottle, mL"), min_value=1, initial=500
    )
    bag_l = forms.FloatField(
        label=_("How much the bag takes, litres"), min_value=0, required=False, help_text=_("Only for a bag.")
    )
    column_cm = forms.FloatField(
        label=_("How deep the hose goes under water, cm"),
        min_value=0,
        required=False,
        help_text=_("Only under water."),
    )
    temperature_c = forms.FloatField(
        label=_("The warmest the bottles will stand, °C"), min_value=5, max_value=60, initial=25
    )
    adult = forms.BooleanField(
        label=_("I am an adult, and an adult is there whenever it is opened"), required=False
    )
    gloves = forms.BooleanField(label=_("We wear gloves and wash our hands"), required=False)
    outdoors = forms.BooleanField(
        label=_("It stands outdoors or at an open window, away from flames"), required=False
    )

    def __init__(self, *args: Any, materials: list[Substance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.materials = {str(substance.pk): substance for substance in materials}
        tiles = [(key, str(substance)) for key, substance in self.materials.items()]
        self.fields["substance"] = tiles_of(_("Which feed?"), tiles)

    def _common(self) -> dict[str, Any]:
        values = self.cleaned_data
        vessel = values["vessel"]
        return {
            "substance": self.materials[values["substance"]],
            "vessel": vessel,
            "headspace_ml": values["headspace_ml"],
            "temperature_c": values["temperature_c"],
            "bag_ml": 1000 * (values["bag_l"] or 0.0) if vessel == Vessel.BAG else 0.0,
            "column_m": (values["column_cm"] or 0.0) / 100 if vessel == Vessel.COLUMN else 0.0,
            "careful": values["adult"] and values["gloves"] and values["outdoors"],
        }


class HomeJarForm(JarForm):
    """A jar on a balcony: fresh feed and slurry as they are weighed in a kitchen."""

    fresh_g = amount(_("How much feed in each jar?"), "g")
    inoculum_ml = forms.FloatField(label=_("How much slurry in each jar, mL?"), min_value=1, initial=500)
    inoculum = forms.ChoiceField()
    jars = forms.IntegerField(label=_("How many jars with feed?"), min_value=1, max_value=6, initial=2)
    blanks = forms.IntegerField(
        label=_("How many jars with slurry only?"),
        min_value=0,
        max_value=3,
        initial=1,
        help_text=_("What they give is taken off; one makes your result much surer."),
    )
    field_order = (
        "substance", "fresh_g", "inoculum_ml", "inoculum", "jars", "blanks", "vessel", "bag_l", "column_cm",
        "headspace_ml", "temperature_c", "adult", "gloves", "outdoors",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vessel"] = tiles_of(_("What holds it?"), [(v.value, str(v.label)) for v in HOME_VESSELS])
        inocula = [(i.value, str(i.label)) for i in HOME_INOCULA]
        self.fields["inoculum"] = tiles_of(_("Which slurry?"), inocula)
        self.initial = {"vessel": Vessel.BAG, "inoculum": JarTrial.Inoculum.DIGESTATE, **self.initial}
        self.order_fields(self.field_order)

    def plan(self) -> JarPlan:
        """Return the plan of a valid form; solids are those of the feedstock library."""
        from harmonia.science.metabolism.feedstocks import feedstock

        values, common = self.cleaned_data, self._common()
        known = feedstock(common["substance"].feedstock)
        fresh_g, inoculum_g = float(values["fresh_g"]), INOCULUM_G_ML * values["inoculum_ml"]
        solids = known.total_solids
        fed = BottlePlan("", Content.SUBSTRATE, inoculum_g, fresh_g * known.volatile_solids_kg_kg)
        blank = BottlePlan("", Content.BLANK, inoculum_g, 0.0)
        return JarPlan(
            tier=JarTrial.Tier.KITCHEN,
            method=JarTrial.Method.GAS,
            inoculum=values["inoculum"],
            bottles=(*numbered("J", fed, values["jars"]), *numbered("B", blank, values["blanks"])),
            # Low and high of the library hold four times in five; a kitchen scale adds little to that.
            solids_error=max(0.05, (solids.high - solids.low) / solids.value / 2.56),
            fresh_g=fresh_g,
            **common,
        )


class StandardTrialForm(JarForm):
    """A trial by the published standard, with solids from the laboratory."""

    method = forms.ChoiceField()
    inoculum = forms.ChoiceField()
    substrate_g = amount(_("Feed in each bottle, volatile solids?"), "g")
    cellulose_g = forms.FloatField(label=_("Cellulose in each control, g of volatile solids"), min_value=0.01)
    inoculum_g = forms.FloatField(label=_("Inoculum in each bottle, g of volatile solids"), min_value=0.01)
    solids_error = forms.FloatField(
        label=_("How sure are the solids, ± %"), min_value=0, max_value=50, initial=1
    )
    bottles = forms.IntegerField(
        label=_("Bottles of each kind"),
        min_value=1,
        max_value=6,
        initial=3,
        help_text=_("The standard asks for three."),
    )
    field_order = (
        "substance", "substrate_g", "cellulose_g", "inoculum_g", "solids_error", "inoculum", "bottles", "method",
        "vessel", "bag_l", "column_cm", "headspace_ml", "temperature_c", "adult", "gloves", "outdoors",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = (("vessel", _("What holds it?"), Vessel), ("method", _("What is read?"), JarTrial.Method),
                  ("inoculum", _("Which inoculum?"), JarTrial.Inoculum))  # fmt: skip
        for name, label, choices in fields:
            self.fields[name] = tiles_of(label, [(choice.value, str(choice.label)) for choice in choices])
        self.fields["temperature_c"].initial = 37
        self.order_fields(self.field_order)

    def plan(self) -> JarPlan:
        """Return the plan of a valid form."""
        values, common = self.cleaned_data, self._common()
        inoculum_g, count = values["inoculum_g"], values["bottles"]
        kinds = (
            ("B", BottlePlan("", Content.BLANK, inoculum_g, 0.0)),
            ("C", BottlePlan("", Content.CELLULOSE, inoculum_g, values["cellulose_g"])),
            ("S", BottlePlan("", Content.SUBSTRATE, inoculum_g, float(values["substrate_g"]))),
        )
        return JarPlan(
            tier=JarTrial.Tier.STANDARD,
            method=values["method"],
            inoculum=values["inoculum"],
            bottles=tuple(bottle for letter, kind in kinds for bottle in numbered(letter, kind, count)),
            solids_error=values["solids_error"] / 100,
            **common,
        )


def numbered(letter: str, like: BottlePlan, count: int) -> list[BottlePlan]:
    """Return bottles of one kind, named by a letter and a number."""
    return [
        BottlePlan(f"{letter}{number}", like.content, like.inoculum_g, like.substrate_g)
        for number in range(1, count + 1)
    ]


class JarReadingForm(forms.Form):
    """One day's look at the bottles; those nobody looked at stay empty."""

    def __init__(self, *args: Any, trial: JarTrial, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bottles = list(trial.bottles.all())
        for bottle in self.bottles:
            self.fields[f"bottle-{bottle.name}"] = amount(
                f"{bottle.name}: {bottle.get_content_display()}",
                trial.unit,
                required=False,
                min_value=0,
                help_text=_last(bottle),
            )
        if trial.method == JarTrial.Method.GAS:
            self.fields["temperature_c"] = forms.FloatField(
                label=_("How warm is it there, °C?"), initial=20, min_value=-10, max_value=60
            )
        if trial.is_standard and trial.method != JarTrial.Method.METHANE:
            self.fields["methane_percent"] = forms.FloatField(
                label=_("Methane in the gas, %"),
                min_value=0,
                max_value=100,
                required=False,
                help_text=_("Leave it empty if nobody measured it."),
            )

    def values(self) -> dict[str, float]:
        """Return what was typed, by bottle."""
        typed = {bottle.name: self.cleaned_data.get(f"bottle-{bottle.name}") for bottle in self.bottles}
        return {name: float(value) for name, value in typed.items() if value is not None}

    def clean(self) -> dict[str, Any]:
        """Ask for one bottle at least."""
        values = super().clean() or {}
        if not self.errors and not self.values():
            raise forms.ValidationError(_now("Write down at least one bottle. Nothing was kept."))
        return values


def _last(bottle: JarBottle) -> str:
    """Return what a bottle said last, so that a slip is seen at once."""
    readings = latest_of_each_day(bottle)
    return _now("The last time: %(value)s") % {"value": number(readings[-1].value)} if readings else ""


class JarFriendForm(forms.Form):
    """Who else may write readings."""

    person = forms.ModelChoiceField(label=_("Who reads them with you?"), queryset=Person.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        active = Person.objects.filter(is_active=True, left_at__isnull=True).order_by("name")
        cast("forms.ModelChoiceField[Person]", self.fields["person"]).queryset = active
