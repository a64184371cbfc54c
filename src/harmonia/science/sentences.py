"""What science says to people, so that others can say it in another language.

Science knows no translations. It keeps the English template and what fills it apart; whoever shows the sentence
translates the template and fills it again. As text it is the whole English sentence.
"""

from collections.abc import Mapping


class Sentence(str):
    """An English sentence that still knows its `template` (as for the % operator) and the `values` that fill it.

    Without values the template is taken as it is. A value may be a sentence itself.
    """

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, /, **values: object) -> "Sentence":
        """Fill a template."""
        said = super().__new__(cls, template % values if values else template)
        said.template, said.values = template, values
        return said


class SentenceError(Exception):
    """Something cannot be, and its message is a sentence for whoever asked for it.

    Errors that a page may show derive from this one, and the catalogue holds their templates; errors that only the
    command line says do not.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        # A copy in another process is made of `args` alone, so these hold the sentence with its template.
        super().__init__(template if isinstance(template, Sentence) else Sentence(template, **values))

    @property
    def sentence(self) -> Sentence:
        """What it says."""
        said: Sentence = self.args[0]
        return said
