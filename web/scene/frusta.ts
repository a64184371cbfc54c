// Cameras: one before a screen, four around a pyramid, many along a line before a light-field display.
import { Matrix4, PerspectiveCamera } from "three";
import type { Show } from "./show";

const NEAR = 0.1;
const FAR = 60;
// Of a quilt's view: 14 degrees, the maker's advice for somebody who sits at a desk (docs.lookingglassfactory.com/keyconcepts/camera).
const FOV = (14 * Math.PI) / 180;
const HALF = 1.38; // half of what is seen at the shape's distance
// From the leftmost to the rightmost view. Chosen by us: the same page calls 40 to 50 degrees valid, and 35 best for its 8.9 inch display.
const CONE = (40 * Math.PI) / 180;

export function before(aspect: number): PerspectiveCamera {
  const camera = new PerspectiveCamera(28, aspect, NEAR, FAR);
  // A portrait screen sees as much across as a square one.
  const away = HALF / Math.tan((14 * Math.PI) / 180) / Math.min(1, aspect);
  camera.position.set(0, 0.12, away);
  camera.lookAt(0, -0.08, 0);
  return camera;
}

/** A camera at an angle [rad] around the shape, its picture rolled by another; square. */
export function around(angle: number, roll: number): PerspectiveCamera {
  const camera = new PerspectiveCamera(28, 1, NEAR, FAR);
  const away = HALF / Math.tan((14 * Math.PI) / 180);
  camera.position.set(away * Math.sin(angle), 0, away * Math.cos(angle));
  camera.lookAt(0, 0, 0);
  camera.rotateZ(roll);
  return camera;
}

export interface Preset {
  columns: number;
  rows: number;
  width: number; // [px]
  height: number;
  aspect: number;
}

// Portrait and 16 inch as the maker publishes them (docs.lookingglassfactory.com/keyconcepts/quilts), and the naming of files
// (lookingglassfactory.com/tutorial/what-is-a-quilt). Those pages do not list the Go: its layout was handed to us unsourced.
export const PRESETS: Record<string, Preset> = {
  portrait: { columns: 8, rows: 6, width: 3360, height: 3360, aspect: 0.75 },
  go: { columns: 11, rows: 6, width: 4092, height: 4092, aspect: 0.5625 },
  "16": { columns: 5, rows: 9, width: 4096, height: 4096, aspect: 1.77778 },
};

export function quiltName(name: string, { columns, rows, aspect }: Preset): string {
  return `${name}_qs${columns}x${rows}a${aspect}.png`;
}

/** View `n` of `count`, 0 the leftmost: all look straight ahead and share one window, so their frusta lean. */
export function viewOf(n: number, count: number, aspect: number): PerspectiveCamera {
  const camera = new PerspectiveCamera();
  const tall = Math.max(HALF, HALF / aspect / 1.25); // a narrow window steps back until the words fit
  const away = tall / Math.tan(FOV / 2);
  const offset = count > 1 ? away * Math.tan((n / (count - 1) - 0.5) * CONE) : 0;
  const share = NEAR / away;
  camera.position.set(offset, 0, away);
  camera.matrixAutoUpdate = true;
  camera.updateMatrixWorld();
  const wide = tall * aspect;
  camera.projectionMatrix.copy(
    new Matrix4().makePerspective((-wide - offset) * share, (wide - offset) * share, tall * share, -tall * share, NEAR, FAR),
  );
  camera.projectionMatrixInverse.copy(camera.projectionMatrix).invert();
  return camera;
}

/** Where a view lies in a quilt [px from the upper left]: the first at the lower left, then to the right, then up. */
export function placeOf(n: number, { columns, rows, width, height }: Preset): { x: number; y: number; width: number; height: number } {
  const column = n % columns;
  const row = Math.floor(n / columns);
  const x = Math.round((column * width) / columns);
  const y = Math.round(((rows - 1 - row) * height) / rows);
  return {
    x,
    y,
    width: Math.round(((column + 1) * width) / columns) - x,
    height: Math.round(((rows - row) * height) / rows) - y,
  };
}

/** Turn the words towards a camera, so that they can be read from every side. */
export function faceTo(show: Show, camera: PerspectiveCamera, mirrored = false): void {
  const angle = Math.atan2(camera.position.x, camera.position.z);
  show.words.rotation.y = mirrored ? -angle : angle;
}
