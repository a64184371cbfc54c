// Paints the cloth from the server's tiles: for browsers without WebGL. Plain pictures, placed by script.
import type { Camera } from "./camera";
import type { Fabric } from "./fabric";
import type { Growth, Painter, Shown } from "./painter";

export interface Pyramid {
  tile: number; // [px]
  address: string; // with {level}, {column}, {row}, {name}
  levels: { cell: number; columns: number; rows: number; names: string[] }[];
}

export class TilePainter implements Painter {
  readonly kind = "tiles";
  private readonly room: HTMLElement;
  private readonly frame: HTMLElement;
  private readonly address: string;
  private readonly came: () => void;
  private pyramid: Pyramid | undefined;
  private readonly placed = new Map<string, HTMLImageElement>();
  private fabric: Fabric | undefined;

  constructor(room: HTMLElement, address: string, came: () => void) {
    this.room = room;
    this.address = address;
    this.came = came;
    this.frame = document.createElement("div");
    this.frame.className = "cloth-chosen";
    room.append(this.frame);
  }

  lay(fabric: Fabric): void {
    this.fabric = fabric;
    void this.ask().catch(() => undefined); // without names of tiles there is nothing to place; the list remains
  }

  resize(): void {
    /* pictures have the size of the room */
  }

  draw(camera: Camera, shown: Shown, _growth: Growth): void {
    if (this.pyramid === undefined) return;
    const { levels, tile, address } = this.pyramid;
    const fit = levels.findIndex((one) => one.cell >= camera.scale);
    const level = fit < 0 ? levels.length - 1 : fit;
    const at = levels[level];
    if (at === undefined) return;
    const size = (tile * camera.scale) / at.cell;
    const left = camera.width / 2 - camera.end * camera.scale;
    const top = camera.height / 2 - camera.pick * camera.scale;
    const seen = new Set<string>();
    for (let row = Math.max(0, Math.floor(-top / size)); row < at.rows && top + row * size < camera.height; row++) {
      for (let column = Math.max(0, Math.floor(-left / size)); column < at.columns && left + column * size < camera.width; column++) {
        const name = at.names[row * at.columns + column] ?? "";
        const key = `${level}/${column}/${row}/${name}`;
        seen.add(key);
        const picture = this.placed.get(key) ?? this.hang(key, address, { level, column, row, name });
        picture.style.transform = `translate(${left + column * size}px, ${top + row * size}px) scale(${camera.scale / at.cell})`;
      }
    }
    this.placed.forEach((picture, key) => {
      if (seen.has(key)) return;
      picture.remove();
      this.placed.delete(key);
    });
    this.mark(camera, shown.chosen, left, top);
  }

  held(): { textures: number; geometries: number } {
    return { textures: this.placed.size, geometries: 0 };
  }

  dispose(): void {
    this.placed.forEach((picture) => picture.remove());
    this.frame.remove();
  }

  private async ask(): Promise<void> {
    const answer = await fetch(this.address, { cache: "no-cache" });
    if (answer.ok) this.pyramid = (await answer.json()) as Pyramid;
    this.came();
  }

  private hang(key: string, address: string, values: Record<string, string | number>): HTMLImageElement {
    const picture = new Image();
    picture.alt = "";
    picture.draggable = false;
    picture.className = "cloth-tile";
    picture.src = Object.entries(values).reduce((path, [name, value]) => path.replace(`{${name}}`, String(value)), address);
    this.placed.set(key, picture);
    this.room.insertBefore(picture, this.frame);
    return picture;
  }

  private mark(camera: Camera, chosen: number, left: number, top: number): void {
    const index = this.fabric?.cells.indexOf(chosen) ?? -1;
    this.frame.hidden = chosen < 0 || index < 0;
    if (this.frame.hidden || this.fabric === undefined) return;
    const row = Math.floor(index / this.fabric.lanes);
    const lane = index % this.fabric.lanes;
    const first = this.fabric.tops[row] ?? 0;
    const side = 32 * camera.scale;
    this.frame.style.transform = `translate(${left + lane * side}px, ${top + first * camera.scale}px)`;
    this.frame.style.width = this.frame.style.height = `${side}px`;
  }
}
