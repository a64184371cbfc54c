"""What Django's forms look like to a screen reader and a thumb."""

from django import forms
from django.utils.html import format_html


class Weighing(forms.Form):
    """A form with one field of every kind that needs care."""

    material = forms.ChoiceField(
        label="What is it?",
        widget=forms.RadioSelect,
        choices=[("peel", format_html("{}<span>{}</span>", "Peels", "<green>")), ("wood", "Cuttings")],
    )
    kilograms = forms.DecimalField(
        label="How much?",
        help_text="Read the scale.",
        min_value=0,
        widget=forms.NumberInput(attrs={"data-unit": "kg"}),
    )
    foreign = forms.BooleanField(label="Something foreign was in it", required=False)
    word = forms.CharField(label="A word", required=False)


def test_a_wrong_field_points_to_its_help_and_its_error() -> None:
    page = str(Weighing({"material": "peel", "kilograms": "-1"}))

    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_kilograms_helptext id_kilograms_error"' in page
    assert 'id="id_kilograms_helptext"' in page
    assert 'id="id_kilograms_error"' in page


def test_the_summary_leads_to_each_wrong_field() -> None:
    page = str(Weighing({"kilograms": "-1"}))

    assert 'class="summary" role="alert"' in page
    assert '<a href="#id_material_0">' in page
    assert '<a href="#id_kilograms">' in page


def test_a_form_without_mistakes_has_no_summary() -> None:
    assert "summary" not in str(Weighing())


def test_radio_buttons_become_tiles_named_by_their_legend() -> None:
    page = str(Weighing())

    assert "<legend>What is it?" in page
    assert 'id="id_material" class="choices"' in page
    assert "&lt;green&gt;" in page


def test_a_number_with_a_unit_becomes_a_large_amount() -> None:
    page = str(Weighing())

    assert page.count('class="amount"') == 1
    assert '<span class="unit">kg</span>' in page


def test_a_single_box_stands_before_its_label() -> None:
    page = str(Weighing())

    assert page.index('id="id_foreign"') < page.index('<label for="id_foreign">')
    assert page.count("Something foreign was in it") == 1


def test_only_fields_that_may_be_left_out_say_so() -> None:
    assert str(Weighing()).count("you may leave this out") == 1
