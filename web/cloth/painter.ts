// What can paint a cloth: the shader, or the server's tiles where there is no WebGL.
import type { Camera } from "./camera";
import type { Fabric } from "./fabric";

export type Colour = readonly [number, number, number];

export interface Shown {
  chosen: number; // a thread, -1 for none
  wall: Colour;
  edge: Colour;
}

/** A thread that is being woven or unravelled, and how much of it is there. */
export interface Growth {
  thread: number;
  woven: number;
}

export interface Painter {
  readonly kind: "shader" | "tiles";
  lay(fabric: Fabric, mine: ReadonlySet<number>): void;
  resize(width: number, height: number, ratio: number): void;
  draw(camera: Camera, shown: Shown, growth: Growth): void;
  held(): { textures: number; geometries: number };
  dispose(): void;
}
