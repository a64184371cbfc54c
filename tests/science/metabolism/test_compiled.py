from pathlib import Path

import pytest

from harmonia.science.metabolism import compiled


def test_the_named_cache_folder_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))

    assert compiled.find_cache_folder() == str(tmp_path / f"kernels-{compiled.DIGEST}")


def test_a_folder_that_cannot_be_written_means_no_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))

    assert compiled.find_cache_folder() is None


def test_a_function_compiles_with_and_without_a_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def double(number: float) -> float:
        return 2.0 * number

    monkeypatch.setattr(compiled, "CACHE_FOLDER", None)
    without = compiled.compiled(double)(3.0)
    monkeypatch.setattr(compiled, "CACHE_FOLDER", str(tmp_path))
    kept = compiled.compiled(double)(3.0)

    assert (without, kept) == (6.0, 6.0)
    assert list(tmp_path.rglob("*.nbi"))


def test_every_kernel_file_counts_for_the_cache() -> None:
    folder = Path(compiled.__file__).parent
    users = {file.name for file in folder.glob("*.py") if "@compiled" in file.read_text(encoding="utf-8")}

    assert users <= set(compiled.KERNELS)
