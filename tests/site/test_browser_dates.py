"""What a browser's own date field shows must be in the one format it reads, whatever the language."""

from collections.abc import Iterator

import pytest
from django import forms
from django.urls import get_resolver
from django.utils import timezone, translation

from harmonia.commons.alchemy.forms.repairs import RepairForm

ISO = {"date": "%Y-%m-%d", "datetime-local": "%Y-%m-%dT%H:%M"}


def every_form(of: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for form in of.__subclasses__():
        yield form
        yield from every_form(form)


def browser_dates() -> Iterator[tuple[str, forms.DateInput]]:
    assert get_resolver().url_patterns  # every view, and so every form, is imported now
    for form in every_form():
        if not form.__module__.startswith("harmonia."):
            continue
        for name, field in getattr(form, "base_fields", {}).items():
            kind = field.widget.attrs.get("type", getattr(field.widget, "input_type", ""))
            if kind in ISO:
                yield f"{form.__name__}.{name} {kind}", field.widget


def test_a_browser_reads_the_day_a_form_shows() -> None:
    found = dict(browser_dates())
    wrong = [name for name, widget in found.items() if widget.format != ISO[name.split()[1]]]

    assert len(found) > 5
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es"])
def test_today_stands_in_a_new_repair(language: str) -> None:
    with translation.override(language):
        assert f'value="{timezone.localdate():%Y-%m-%d}"' in str(RepairForm()["on"])
