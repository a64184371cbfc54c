"""Pages of the cloth, and of its tour."""

from harmonia.commons.tapestry.views.cloth import (
    tapestry,
    tapestry_document,
    tapestry_embed,
    tapestry_png,
    tapestry_svg,
    tapestry_wif,
)
from harmonia.commons.tapestry.views.kiosk import tapestry_kiosk, tapestry_kiosk_words
from harmonia.commons.tapestry.views.replies import (
    tapestry_replies,
    tapestry_reply,
    tapestry_reply_decide,
    tapestry_reply_take_back,
)
from harmonia.commons.tapestry.views.screen import (
    tapestry_bare,
    tapestry_pyramid,
    tapestry_texels,
    tapestry_threads,
    tapestry_tile,
)
from harmonia.commons.tapestry.views.tour import (
    tapestry_stop,
    tapestry_stop_cancel,
    tapestry_stop_new,
    tapestry_stop_qr,
    tapestry_tour,
)

__all__ = [
    "tapestry",
    "tapestry_bare",
    "tapestry_document",
    "tapestry_embed",
    "tapestry_kiosk",
    "tapestry_kiosk_words",
    "tapestry_png",
    "tapestry_pyramid",
    "tapestry_replies",
    "tapestry_reply",
    "tapestry_reply_decide",
    "tapestry_reply_take_back",
    "tapestry_stop",
    "tapestry_stop_cancel",
    "tapestry_stop_new",
    "tapestry_stop_qr",
    "tapestry_svg",
    "tapestry_texels",
    "tapestry_threads",
    "tapestry_tile",
    "tapestry_tour",
    "tapestry_wif",
]
