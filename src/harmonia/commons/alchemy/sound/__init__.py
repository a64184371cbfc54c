"""What a recording is and how long it lasts, by its content; and a copy of it without anything but sound.

Only the structure is read, never a sample decoded: work is bounded by the size of the file.
"""

from harmonia.commons.alchemy.sound.errors import BrokenSoundError
from harmonia.commons.alchemy.sound.read import MAX_BYTES, MAX_SECONDS, Sound, UnusableSoundError, read

__all__ = ["MAX_BYTES", "MAX_SECONDS", "BrokenSoundError", "Sound", "UnusableSoundError", "read"]
