"""The Khronos glTF validator, run by our own node: the outside judge of what we write and let in."""

import json
import subprocess
from pathlib import Path
from typing import Any

import hatch_build

SCRIPT = """const fs = require("fs"), { validateBytes } = require("gltf-validator");
validateBytes(new Uint8Array(fs.readFileSync(process.argv[1]))).then(r => console.log(JSON.stringify(r.issues)));"""


def issues(glb: bytes, folder: Path) -> dict[str, Any]:
    """Return what the validator says of a GLB."""
    web = hatch_build.ROOT / "web"
    hatch_build.install(web, everything=True)
    file = folder / "judged.glb"
    file.write_bytes(glb)
    wheel = hatch_build.wheel_folder()
    words = [str(wheel / "bin" / "node"), "-e", SCRIPT, str(file)]
    done = subprocess.run(words, cwd=web, capture_output=True, text=True, check=True, timeout=120)
    return dict(json.loads(done.stdout))
