// Where one looks: a point of the cloth in the middle of the view, and how many pixels a crossing is wide.

export interface View {
  end: number;
  pick: number;
  scale: number; // [CSS px a crossing]
}

export class Camera implements View {
  end = 0;
  pick = 0;
  scale = 1;
  width = 1;
  height = 1;
  private ends = 1;
  private picks = 1;

  measure(width: number, height: number): void {
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
    this.keepInside();
  }

  spread(ends: number, picks: number): void {
    this.ends = ends;
    this.picks = picks;
    this.keepInside();
  }

  get smallest(): number {
    return Math.min(this.width / (this.ends + 8), this.height / (this.picks + 26));
  }

  get largest(): number {
    return 48;
  }

  /** The whole width of the cloth, at its newest end. */
  home(): View {
    const scale = Math.min(this.width / (this.ends + 6), 12);
    const fits = this.picks * scale < this.height - 24 * scale;
    return { scale, end: this.ends / 2, pick: fits ? this.picks / 2 + 4 : this.picks + 12 - this.height / scale / 2 };
  }

  whole(): View {
    return { scale: this.smallest, end: this.ends / 2, pick: this.picks / 2 };
  }

  look(view: View): void {
    ({ end: this.end, pick: this.pick, scale: this.scale } = view);
    this.keepInside();
  }

  panBy(x: number, y: number): void {
    this.end -= x / this.scale;
    this.pick -= y / this.scale;
    this.keepInside();
  }

  /** Zoom so that what is under (x, y) [CSS px] stays there. */
  zoomAt(x: number, y: number, factor: number): void {
    const before = this.at(x, y);
    this.scale = clamp(this.scale * factor, this.smallest, this.largest);
    const after = this.at(x, y);
    this.end += before.end - after.end;
    this.pick += before.pick - after.pick;
    this.keepInside();
  }

  at(x: number, y: number): { end: number; pick: number } {
    return {
      end: this.end + (x - this.width / 2) / this.scale,
      pick: this.pick + (y - this.height / 2) / this.scale,
    };
  }

  private keepInside(): void {
    this.scale = clamp(this.scale, this.smallest, this.largest);
    const across = Math.max(0, this.ends / 2 - this.width / this.scale / 2 + 3);
    this.end = clamp(this.end, this.ends / 2 - across, this.ends / 2 + across);
    const down = Math.max(0, (this.picks + 24) / 2 - this.height / this.scale / 2);
    const middle = this.picks / 2;
    this.pick = clamp(this.pick, middle - down, middle + down);
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}

const FLIGHT_MS = 900;

/** Move a camera smoothly; the returned function stops it. Zooming in between is geometric, as the eye expects. */
export function fly(camera: Camera, to: View, still: boolean, draw: () => void): () => void {
  if (still) {
    camera.look(to);
    draw();
    return () => undefined;
  }
  const from = { end: camera.end, pick: camera.pick, scale: camera.scale };
  const began = performance.now();
  let next = requestAnimationFrame(step);
  function step(now: number): void {
    const time = clamp((now - began) / FLIGHT_MS, 0, 1);
    const part = time * time * (3 - 2 * time);
    camera.look({
      end: from.end + (to.end - from.end) * part,
      pick: from.pick + (to.pick - from.pick) * part,
      scale: from.scale * (to.scale / from.scale) ** part,
    });
    draw();
    if (time < 1) next = requestAnimationFrame(step);
  }
  return () => cancelAnimationFrame(next);
}
