// The growth rings as lines in space: the server's own radii, rounded by a smooth curve, lifted into a bell.
import { AdditiveBlending, Color, Group, NormalBlending } from "three";
import { Line2 } from "three/addons/lines/Line2.js";
import { LineGeometry } from "three/addons/lines/LineGeometry.js";
import { LineMaterial } from "three/addons/lines/LineMaterial.js";

const SMOOTH = 6; // points between two given directions
const LIFT = 0.62; // height of the bell [outer radius]

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

  constructor(shape: readonly (readonly number[])[]) {
    super();
    this.lines = shape.map((ring) => {
      const geometry = new LineGeometry();
      geometry.setPositions(outline(ring));
      return new Line2(geometry, new LineMaterial({ linewidth: 2, transparent: true, depthWrite: false }));
    });
    this.add(...this.lines);
  }

  dye(ink: Ink, mood: Color): void {
    const last = Math.max(this.lines.length - 1, 1);
    this.lines.forEach((line, index) => {
      const age = index / last;
      line.material.color.copy(index === 0 ? mood : ink.glow).lerp(mood, 0.7 * (1 - age) ** 2);
      line.material.opacity = (ink.isNight ? 0.95 : 0.85) * (1 - 0.78 * age);
      line.material.blending = ink.isNight ? AdditiveBlending : NormalBlending;
      line.material.linewidth = index === 0 ? 3.4 : 2.4 - 1.1 * age;
    });
  }

  measure(width: number, height: number, scale: number): void {
    for (const line of this.lines) line.material.resolution.set(width, height);
    this.lines.forEach((line, index) => {
      line.material.linewidth = scale * (index === 0 ? 3.4 : 2.4 - (1.1 * index) / Math.max(this.lines.length - 1, 1));
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
