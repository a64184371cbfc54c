// Which pixels of the view are cloth, and which lie around it. Each is drawn once, by the shader that knows it: a software
// renderer pays for a branch in every pixel, taken or not.

/** Whole pixels from the upper left corner: left, top, right, bottom. */
export type Part = readonly [number, number, number, number];

export interface Parts {
  cloth: Part | undefined;
  around: Part[];
}

interface Look {
  end: number; // in the middle of the view
  pick: number;
  scale: number; // [px a crossing]
}

export function partsOf(look: Look, width: number, height: number, ends: number, picks: number): Parts {
  const [left, right] = between(-look.end * look.scale, (ends - look.end) * look.scale, width);
  const [top, bottom] = between(-look.pick * look.scale, (picks - look.pick) * look.scale, height);
  if (left >= right || top >= bottom) return { cloth: undefined, around: [[0, 0, width, height]] };
  const around: Part[] = [
    [0, 0, width, top],
    [0, top, left, bottom],
    [right, top, width, bottom],
    [0, bottom, width, height],
  ];
  return { cloth: [left, top, right, bottom], around: around.filter((part) => part[0] < part[2] && part[1] < part[3]) };
}

/** The pixels whose middles lie between two places, told from the middle of the view. */
function between(from: number, to: number, size: number): [number, number] {
  const pixel = (place: number): number => Math.min(size, Math.max(0, Math.ceil(place + size / 2 - 0.5)));
  return [pixel(from), pixel(to)];
}

/** A part's corners for the graphics card, lower left and upper right, -1 to 1. */
export function corners([left, top, right, bottom]: Part, width: number, height: number): [number, number, number, number] {
  return [(2 * left) / width - 1, 1 - (2 * bottom) / height, (2 * right) / width - 1, 1 - (2 * top) / height];
}
