// What draws a show: on a screen, four times around a pyramid, or many times into a quilt.
import { WebGLRenderer } from "three";
import { around, before, faceTo, placeOf, type Preset, viewOf } from "./frusta";
import type { Show } from "./show";

export type Glass = "above" | "below" | "sheet";

export class Light {
  readonly renderer: WebGLRenderer;
  private width = 1;
  private height = 1;

  constructor(canvas: HTMLCanvasElement, transparent = true) {
    this.renderer = new WebGLRenderer({ canvas, antialias: true, alpha: transparent });
    this.renderer.setClearColor(0x000000, 0);
  }

  resize(width: number, height: number): void {
    [this.width, this.height] = [Math.max(1, width), Math.max(1, height)];
    this.renderer.setPixelRatio(Math.min(window.devicePixelRatio, 2));
    this.renderer.setSize(this.width, this.height, false);
  }

  screen(show: Show): void {
    const camera = before(this.width / this.height);
    faceTo(show, camera);
    this.renderer.render(show.scene, camera);
  }

  /**
   * For glass at 45 degrees. Each picture is mirrored, because glass mirrors it back. On a pyramid that stands on the
   * screen what is up lies outward; where the screen lies on the pyramid, inward.
   */
  pepper(show: Show, glass: Glass): void {
    const { renderer } = this;
    renderer.setScissorTest(false);
    renderer.clear();
    show.world.scale.x = -1;
    if (glass === "sheet") this.sheet(show);
    else this.pyramid(show, glass);
    show.world.scale.x = 1;
    renderer.setScissorTest(false);
    renderer.setViewport(0, 0, this.width, this.height);
  }

  private sheet(show: Show): void {
    const camera = before(this.width / this.height);
    camera.rotateZ(Math.PI);
    faceTo(show, camera, true);
    this.renderer.setViewport(0, 0, this.width, this.height);
    this.renderer.render(show.scene, camera);
  }

  private pyramid(show: Show, glass: Glass): void {
    const side = Math.min(this.width, this.height) / 3;
    this.renderer.setScissorTest(true);
    this.renderer.autoClear = false;
    // Counter-clockwise from the lower edge: who stands there, and which side of the shape they see.
    for (let quarter = 0; quarter < 4; quarter++) {
      const angle = (quarter * Math.PI) / 2;
      const roll = glass === "above" ? Math.PI + angle : angle;
      const camera = around(-angle, -roll);
      faceTo(show, camera, true);
      show.faceEverybody(show.words.rotation.y);
      const x = this.width / 2 + side * Math.sin(angle) - side / 2;
      const y = this.height / 2 - side * Math.cos(angle) - side / 2;
      this.renderer.setViewport(x, y, side, side);
      this.renderer.setScissor(x, y, side, side);
      this.renderer.render(show.scene, camera);
    }
    show.faceEverybody(0);
    this.renderer.autoClear = true;
  }

  /** Draw all views of a quilt onto a plain canvas, one after the other: no card needs to hold all of it at once. */
  async quilt(show: Show, preset: Preset, onto: HTMLCanvasElement, said: (share: number) => void): Promise<void> {
    [onto.width, onto.height] = [preset.width, preset.height];
    const pen = onto.getContext("2d");
    if (pen === null) throw new Error("no canvas");
    pen.fillStyle = "#000";
    pen.fillRect(0, 0, onto.width, onto.height);
    const count = preset.columns * preset.rows;
    this.renderer.setPixelRatio(1);
    for (let n = 0; n < count; n++) {
      const place = placeOf(n, preset);
      this.renderer.setSize(place.width, place.height, false);
      const camera = viewOf(n, count, preset.aspect);
      show.words.rotation.y = 0;
      this.renderer.render(show.scene, camera);
      pen.drawImage(this.renderer.domElement, place.x, place.y);
      said((n + 1) / count);
      await new Promise((next) => setTimeout(next)); // the page stays alive
    }
    this.resize(this.width, this.height);
  }

  dispose(): void {
    this.renderer.dispose();
  }
}

export function blobOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"),
  );
}

export function drawsDepth(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}
