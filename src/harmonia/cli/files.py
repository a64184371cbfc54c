"""Files that a person names: read or written, or one sentence why not."""

from pathlib import Path

from harmonia.cli.errors import BadInput

_MB = 1_000_000


def read_text(path: Path, *, most_mb: int | None = None) -> str:
    """Return a text file's content, UTF-8 with or without a mark, of at most `most_mb` [MB] where one is given.

    Raises:
        BadInput: there is no such file, it is too large, or it is no UTF-8 text.
    """
    try:
        if most_mb is not None and path.stat().st_size > most_mb * _MB:
            raise BadInput(f"{path} is larger than {most_mb} MB; nothing was done.")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not UTF-8 text.") from None
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError:  # a name that no file system takes
        raise BadInput(f"{str(path)!r} cannot be read: it names no file.") from None


def write(path: Path, content: bytes) -> None:
    """Write a file, or say in one sentence why not."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from None
