"""What a resident reads about the bucket they brought: thanks first, then the one thing that helps."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmonia.commons.ledger import queries
from harmonia.commons.ledger.models import DropOff
from harmonia.commons.ledger.queries.contamination import clean_in_a_row


def thanks(booked: DropOff) -> str:
    """Return what somebody reads after a drop-off."""
    what, grams = queries.weight_of(booked)
    gross = getattr(booked.movement, "gross", None)
    weight = {"weight": number_format(f"{grams / 1000:g}", use_l10n=True), "what": what}
    if booked.foreign_kind == DropOff.Foreign.NONE:
        words = [
            _("Thank you. %(weight)s kg of %(what)s are booked, and it was clean.") % weight,
            _streak(booked),
        ]
    else:
        words = [_("Thank you. %(weight)s kg of %(what)s are booked.") % weight, advice(booked.foreign_kind)]
    if gross is not None and gross.tare_g:
        words.append(
            _("%(tare)s kg of %(container)s were taken off.")
            % {"tare": number_format(f"{gross.tare_g / 1000:g}", use_l10n=True), "container": gross.container}
        )
    return " ".join(word for word in words if word)


def _streak(booked: DropOff) -> str:
    clean = clean_in_a_row(booked)
    if clean < 3:
        return ""
    return ngettext("Your last %(n)d was clean.", "Your last %(n)d were all clean.", clean) % {"n": clean}


def advice(kind: str) -> str:
    """Return one kind sentence on what was seen in the bucket."""
    words = {
        DropOff.Foreign.PLASTIC: _(
            "You saw plastic: picking it out before it rots keeps it out of the gardens. Tipping the scraps out of"
            " their bag helps most, also out of bags sold as compostable."
        ),
        DropOff.Foreign.GLASS: _(
            "You saw glass: thank you for saying so, because hands will turn this compost. A lidded bucket in the"
            " kitchen keeps shards out."
        ),
        DropOff.Foreign.METAL: _(
            "You saw metal: it can stop the pump. Cutlery and lids hide in plate scraps; a look before tipping finds them."
        ),
        DropOff.Foreign.OTHER: _(
            "You saw something foreign: picking it out before it rots keeps the fertiliser clean."
        ),
    }
    return words.get(DropOff.Foreign(kind), "")
