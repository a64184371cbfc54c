// A cloth as the server sends it: a header and arrays (harmonia/science/weaving/fabric.py).

export const ENDS = 32;
const UNIT = 8; // [picks] the height of a quiet week; every row is a whole number of them
const TABBY = -1;

export interface Fabric {
  rows: number;
  lanes: number;
  patches: number;
  most: number;
  ends: number;
  picks: number;
  tops: Uint32Array;
  cells: Int32Array;
  kinds: Uint16Array;
  crossings: Uint32Array;
  stripes: Uint8Array;
  yarns: Uint8Array;
  warp: Uint8Array;
  means: Uint8Array;
  grounds: Uint8Array;
  /** One repeat of the ground, a word a pick. */
  ground: Uint32Array;
  /** For every eight picks: row << 3 | quiet << 2 | which eight of the row. */
  units: Uint32Array;
}

interface Header {
  rows: number;
  lanes: number;
  patches: number;
  most: number;
  arrays: Record<string, number>;
}

export function decode(bytes: ArrayBuffer): Fabric {
  const view = new DataView(bytes);
  if (view.getUint32(0) !== 0x48464231) throw new Error("this is no cloth");
  const start = 8 + view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, start - 8))) as Header;
  const at = (name: string): number => start + (header.arrays[name] ?? 0);
  const { rows, lanes, patches, most } = header;
  const tops = new Uint32Array(bytes, at("tops"), rows + 1);
  const until = (name: string): number => at(name);
  return {
    rows,
    lanes,
    patches,
    most,
    ends: lanes * ENDS,
    picks: tops[rows] ?? 0,
    tops,
    cells: new Int32Array(bytes, at("cells"), rows * lanes),
    kinds: new Uint16Array(bytes, at("kinds"), patches * 2),
    crossings: new Uint32Array(bytes, at("crossings"), (until("stripes") - at("crossings")) / 4),
    stripes: new Uint8Array(bytes, at("stripes"), until("yarns") - at("stripes")),
    yarns: new Uint8Array(bytes, at("yarns"), patches * most * 3),
    warp: new Uint8Array(bytes, at("warp"), lanes * ENDS * 3),
    means: new Uint8Array(bytes, at("means"), rows * lanes * 3),
    grounds: new Uint8Array(bytes, at("grounds"), (rows + 1) * 3),
    ground: new Uint32Array(bytes, at("ground"), 16),
    units: unitsOf(tops, rows),
  };
}

function unitsOf(tops: Uint32Array, rows: number): Uint32Array {
  const units = new Uint32Array((tops[rows] ?? 0) / UNIT);
  for (let row = 0, unit = 0; row < rows; row++) {
    const count = ((tops[row + 1] ?? 0) - (tops[row] ?? 0)) / UNIT;
    for (let part = 0; part < count; part++) units[unit++] = (row << 3) | (count === 1 ? 4 : 0) | part;
  }
  return units;
}

/** The thread that lies at a crossing, -1 for tabby and beyond the edge: one look into the array the shader reads. */
export function threadAt(fabric: Fabric, end: number, pick: number): number {
  const lane = Math.floor(end / ENDS);
  const unit = fabric.units[Math.floor(pick / UNIT)];
  if (unit === undefined || pick < 0 || lane < 0 || lane >= fabric.lanes) return TABBY;
  return fabric.cells[(unit >> 3) * fabric.lanes + lane] ?? TABBY;
}

export interface Place {
  row: number;
  lane: number;
  end: number; // its middle
  pick: number;
}

/** Where each thread lies, by its number. */
export function placesOf(fabric: Fabric): Place[] {
  const places: Place[] = [];
  fabric.cells.forEach((patch, index) => {
    if (patch < 0) return;
    const row = Math.floor(index / fabric.lanes);
    const lane = index % fabric.lanes;
    const top = fabric.tops[row] ?? 0;
    const bottom = fabric.tops[row + 1] ?? top;
    places[patch] = { row, lane, end: (lane + 0.5) * ENDS, pick: (top + bottom) / 2 };
  });
  return places;
}
