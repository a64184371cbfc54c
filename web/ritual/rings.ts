// The growth rings as lines in space: the server's own radii, rounded by a smooth curve, lifted into a bell.
import { Color, CustomBlending, Group, MaxEquation, OneFactor } from "three";
import { Line2 } from "three/addons/lines/Line2.js";
import { LineGeometry } from "three/addons/lines/LineGeometry.js";
import { LineMaterial } from "three/addons/lines/LineMaterial.js";

const SMOOTH = 6; // points between two given directions
const LIFT = 0.5; // height of the bell [outer radius]

/** Catmull-Rom through a closed row of values. */
export function smooth(values: readonly number[]): number[] {
  const at = (index: number): number => values[(index + values.length) % values.length] ?? 0;
  return values.flatMap((_, index) => {
    const [a, b, c, d] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    return Array.from({ length: SMOOTH }, (_unused, step) => {
      const t = step / SMOOTH;
      return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
    });
  });
}

/** How high the bell is at a radius. */
export function lift(radius: number): number {
  return LIFT * (1 - Math.min(radius, 1) ** 2);
}

// The brighter of two crossing lines is seen: where pieces of a line overlap, or a hundred rings meet, nothing burns out.
function ink(): LineMaterial {
  return new LineMaterial({
    transparent: true,
    depthTest: false,
    depthWrite: false,
    premultipliedAlpha: true,
    blending: CustomBlending,
    blendEquation: MaxEquation,
    blendSrc: OneFactor,
    blendDst: OneFactor,
  });
}

function outline(ring: readonly number[]): number[] {
  const radii = smooth(ring);
  const points = radii.flatMap((radius, index) => {
    const angle = (2 * Math.PI * index) / radii.length;
    return [radius * Math.cos(angle), radius * Math.sin(angle), lift(radius)];
  });
  return [...points, ...points.slice(0, 3)];
}

export interface Ink {
  glow: Color;
  ember: Color;
  alarm: Color;
  leaf: Color;
  ground: Color;
  isNight: boolean;
}

/** Rings, the newest (innermost) first; each breathes as a whole, a little after the one inside it. */
export class Rings extends Group {
  private readonly lines: Line2[];
  private readonly widths: number[];

  constructor(
    shape: readonly (readonly number[])[],
    private readonly told: readonly number[],
  ) {
    super();
    this.widths = shape.map((_, index) => (index === 0 ? 3.6 : told[index] ? 3.2 : 2.6 - (1.2 * index) / Math.max(shape.length - 1, 1)));
    this.lines = shape.map((ring) => {
      const geometry = new LineGeometry();
      geometry.setPositions(outline(ring));
      return new Line2(geometry, ink());
    });
    this.add(...this.lines);
  }

  dye(ink: Ink, mood: Color): void {
    const last = Math.max(this.lines.length - 1, 1);
    this.lines.forEach((line, index) => {
      const age = index / last;
      const told = (this.told[index] ?? 0) > 0;
      line.material.color.copy(told ? ink.ember : ink.glow);
      if (!told) line.material.color.lerp(mood, 0.8 * (1 - age) ** 2);
      line.material.opacity = (told ? 0.95 : ink.isNight ? 0.82 : 0.9) * (1 - (told ? 0.35 : 0.72) * age);
    });
  }

  measure(width: number, height: number, scale: number): void {
    this.lines.forEach((line, index) => {
      line.material.resolution.set(width, height);
      line.material.linewidth = scale * (this.widths[index] ?? 2);
    });
  }

  breathe(phase: number, depth: number): void {
    this.lines.forEach((line, index) => {
      const wave = Math.sin(phase - index * 0.16);
      line.scale.setScalar(1 + depth * wave);
      line.position.z = 0.6 * depth * Math.cos(phase - index * 0.16);
      line.rotation.z = 0.02 * Math.sin(phase / 3 + index * 0.3);
    });
  }

  override dispose(): void {
    for (const line of this.lines) {
      line.geometry.dispose();
      line.material.dispose();
    }
  }
}
