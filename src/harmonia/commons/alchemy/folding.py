"""Text as words to be found by: accents, case and width folded, the same on every database."""

import re
from unicodedata import category, normalize

MOST_LETTERS = 60  # of one word: longer ones are cut, as nobody types them
MOST_WORDS = 8  # of one search
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Return the folded words of a text in their order: "Café-Lámpara" is ["cafe", "lampara"]."""
    plain = normalize("NFKD", normalize("NFKC", text).casefold())
    return [word[:MOST_LETTERS] for word in _WORD.findall("".join(c for c in plain if category(c) != "Mn"))]


def indexed(*texts: str) -> str:
    """Return the words of several texts as the full-text index takes them: each once, with spaces between."""
    return " ".join(dict.fromkeys(word for text in texts for word in words(text)))


def asked(text: str) -> list[str]:
    """Return the words of a search, each once."""
    return list(dict.fromkeys(words(text)))[:MOST_WORDS]
