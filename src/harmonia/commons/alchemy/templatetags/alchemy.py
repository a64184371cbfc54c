"""Photos in the width a screen needs, and weights as people say them."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from harmonia.commons.alchemy import weights
from harmonia.commons.alchemy.models import Picture

register = template.Library()


@register.simple_tag
def photo(picture: Picture, sizes: str = "100vw", *, eager: bool = False) -> SafeString:
    """An `<img>` of a picture: `{% photo thing.picture "(min-width: 60rem) 20rem, 90vw" %}`."""
    addresses = [
        (reverse("media", args=[name]), width)
        for name, width in zip(picture.files(), picture.widths, strict=True)
    ]
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" alt="{}" width="{}" height="{}" loading="{}" decoding="async">',
        addresses[-1][0],
        format_html_join(", ", "{} {}w", addresses),
        sizes,
        picture.alt,
        picture.width,
        picture.height,
        "eager" if eager else "lazy",
    )


register.filter("weight", weights.said)
