// Kinds of patches, two bytes a crossing, so that a pixel learns with one look what lies there (see weave.ts).
import type { Fabric } from "./fabric";

const SIDE = 32;
export const DARN = 0; // tabby, where a story was
const GROUND = 1; // and 2 where a row begins in the middle of the ground's repeat
const FIRST = 3;
type Up = (pick: number, end: number) => number;

export class Kinds {
  private readonly fabric: Fabric;
  private readonly known = new Map<number, number>();

  constructor(fabric: Fabric) {
    this.fabric = fabric;
  }

  /** The kind of a patch: crossings and order of yarns. */
  of(patch: number): number {
    const key = (this.fabric.kinds[2 * patch] ?? 0) * 65_536 + (this.fabric.kinds[2 * patch + 1] ?? 0);
    const kind = this.known.get(key) ?? this.known.size + FIRST;
    this.known.set(key, kind);
    return kind;
  }

  /** The kind of the ground in a row that begins at a pick. */
  static groundAt(top: number): number {
    return GROUND + ((top >> 3) & 1);
  }

  /** All kinds that were asked for; first the darn and the ground. */
  bytes(): Uint8Array {
    const out = new Uint8Array((this.known.size + FIRST) * SIDE * SIDE * 2);
    fill(out, DARN, (pick, end) => (pick + end + 1) % 2, () => 0);
    for (const half of [0, 1]) {
      const up: Up = (pick, end) => ((this.fabric.ground[(pick + 8 * half) % 16] ?? 0) >>> end) & 1;
      fill(out, GROUND + half, up, () => 0);
    }
    this.known.forEach((kind, key) => {
      const words = Math.floor(key / 65_536) * SIDE;
      const stripes = (key % 65_536) * SIDE;
      const up: Up = (pick, end) => ((this.fabric.crossings[words + pick] ?? 0) >>> end) & 1;
      fill(out, kind, up, (pick) => this.fabric.stripes[stripes + pick] ?? 0);
    });
    return out;
  }
}

function fill(out: Uint8Array, kind: number, up: Up, yarn: (pick: number) => number): void {
  for (let pick = 0; pick < SIDE; pick++) {
    for (let end = 0; end < SIDE; end++) {
      const at = 2 * (kind * SIDE * SIDE + pick * SIDE + end);
      out[at] = run(up, pick, end) | (yarn(pick) << 3);
      out[at + 1] = around(up, pick, end, 2) | (around(up, pick, end, 4) << 4);
    }
  }
}

function run(up: Up, pick: number, end: number): number {
  const warp = up(pick, end);
  const step = warp ? SIDE : 1;
  const place = warp ? pick : end;
  const beside = (by: number): number => (place + by < 0 || place + by >= SIDE ? -1 : up(step > 1 ? pick + by : pick, step > 1 ? end : end + by));
  return warp | (beside(-1) === warp ? 2 : 0) | (beside(1) === warp ? 4 : 0);
}

function around(up: Up, pick: number, end: number, side: number): number {
  let sum = 0;
  for (let n = 0; n < side * side; n++) sum += up(pick - (pick % side) + Math.floor(n / side), end - (end % side) + (n % side));
  return Math.round((15 * sum) / (side * side));
}

/** 64 x 64 specks, those of harmonia/science/weaving/yarn.py. */
export function wool(): Uint8Array {
  return Uint8Array.from({ length: 4096 }, (_, place) => {
    let mixed = (Math.imul(place & 63, 374_761_393) + Math.imul(place >> 6, 668_265_263)) >>> 0;
    mixed = Math.imul(mixed ^ (mixed >>> 13), 1_274_126_177) >>> 0;
    return ((mixed ^ (mixed >>> 16)) & 0xffff) >>> 8;
  });
}
