// Paints the cloth with three.js: one quad of cloth and up to four around it, the data as textures. Cost goes by pixels, not by threads.
import {
  DataTexture,
  GLSL3,
  type IUniform,
  LinearMipmapNearestFilter,
  Mesh,
  NearestFilter,
  OrthographicCamera,
  type PixelFormat,
  PlaneGeometry,
  RawShaderMaterial,
  RedFormat,
  RedIntegerFormat,
  RGBAFormat,
  RGIntegerFormat,
  Scene,
  type TextureDataType,
  UnsignedByteType,
  UnsignedIntType,
  Vector2,
  Vector3,
  Vector4,
  WebGLRenderer,
} from "three";
import type { Camera } from "./camera";
import type { Fabric } from "./fabric";
import { DARN, Kinds, wool } from "./kinds";
import type { Growth, Painter, Shown } from "./painter";
import { corners, type Part, partsOf } from "./parts";
import { AROUND, FRAGMENT, levelOf, VERTEX } from "./weave";

const FOLD = 2048;
const MINE = 0x80000000;

export class ShaderPainter implements Painter {
  readonly kind = "shader";
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly eye = new OrthographicCamera();
  private readonly uniforms: Record<string, IUniform> = {};
  private readonly materials = new Map<number, RawShaderMaterial>();
  private readonly mesh: Mesh;
  private readonly wool = new DataTexture(wool(), 64, 64, RedFormat);
  private readonly quad = new PlaneGeometry(2, 2);
  private textures: DataTexture[] = [];
  private ends = 0;
  private picks = 0;

  constructor(canvas: HTMLCanvasElement, lost: () => void) {
    this.renderer = new WebGLRenderer({ canvas, antialias: false, alpha: false, depth: false, stencil: false });
    this.renderer.autoClear = false;
    for (const name of ["uBase", "uRest", "uSize", "uGrow", "uPalette"]) this.set(name, new Vector2());
    for (const name of ["uWall", "uEdge"]) this.set(name, new Vector3());
    this.set("uPart", new Vector4());
    this.mesh = new Mesh(this.quad);
    this.mesh.frustumCulled = false;
    this.scene.add(this.mesh);
    this.wool.needsUpdate = true;
    this.set("uWool", this.wool);
    canvas.addEventListener("webglcontextlost", lost, { once: true });
  }

  lay(fabric: Fabric, mine: ReadonlySet<number>): void {
    this.textures.forEach((texture) => texture.dispose());
    this.textures = [];
    this.ends = fabric.ends;
    this.picks = fabric.picks;
    const kinds = new Kinds(fabric);
    const cells = new Uint32Array(2 * fabric.cells.length);
    fabric.cells.forEach((patch, index) => {
      if (patch < 0) {
        const top = fabric.tops[Math.floor(index / fabric.lanes)] ?? 0;
        cells[2 * index + 1] = patch < -1 ? DARN : Kinds.groundAt(top);
        return;
      }
      cells[2 * index] = (patch + 1) | (mine.has(patch) ? MINE : 0);
      cells[2 * index + 1] = kinds.of(patch);
    });
    this.put("uUnits", fabric.units, 1, RedIntegerFormat, UnsignedIntType, "R32UI");
    this.put("uCells", cells, 2, RGIntegerFormat, UnsignedIntType, "RG32UI");
    this.put("uKinds", kinds.bytes(), 2, RGIntegerFormat, UnsignedByteType, "RG8UI");
    this.putColours(fabric);
    this.putMeans(fabric);
    for (const [name, value] of Object.entries({
      uLanes: fabric.lanes,
      uRows: fabric.rows,
      uPicks: fabric.picks,
      uMost: fabric.most,
    }))
      this.set(name, value);
  }

  resize(width: number, height: number, ratio: number): void {
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
  }

  draw(camera: Camera, shown: Shown, growth: Growth): void {
    const size = this.renderer.getDrawingBufferSize(new Vector2());
    const end = Math.floor(camera.end);
    const pick = Math.floor(camera.pick);
    this.pair("uBase").set(end, pick);
    this.pair("uRest").set(camera.end - end, camera.pick - pick);
    this.pair("uSize").copy(size);
    this.pair("uGrow").set(growth.thread + 1, growth.woven);
    const scale = (camera.scale * size.x) / camera.width;
    this.set("uScale", scale);
    this.set("uChosen", shown.chosen + 1);
    this.set("uDim", 0.42);
    this.vector("uWall").fromArray(shown.wall.map(share));
    this.vector("uEdge").fromArray(shown.edge.map(share));
    const parts = partsOf({ end: camera.end, pick: camera.pick, scale }, size.x, size.y, this.ends, this.picks);
    if (parts.cloth) this.drawPart(parts.cloth, levelOf(scale), size);
    for (const part of parts.around) this.drawPart(part, AROUND, size);
  }

  private drawPart(part: Part, level: number, size: Vector2): void {
    (this.uniforms["uPart"]?.value as Vector4).fromArray(corners(part, size.x, size.y));
    this.mesh.material = this.materialFor(level);
    this.renderer.render(this.scene, this.eye);
  }

  /** What the graphics card holds for this cloth; a kiosk that runs for days must not gather more. */
  held(): { textures: number; geometries: number } {
    return { ...this.renderer.info.memory };
  }

  dispose(): void {
    this.textures.forEach((texture) => texture.dispose());
    this.wool.dispose();
    this.quad.dispose();
    this.materials.forEach((material) => material.dispose());
    this.renderer.dispose();
  }

  private set(name: string, value: unknown): void {
    const known = this.uniforms[name];
    if (known) known.value = value;
    else this.uniforms[name] = { value };
  }

  private pair(name: string): Vector2 {
    return this.uniforms[name]?.value as Vector2;
  }

  private vector(name: string): Vector3 {
    return this.uniforms[name]?.value as Vector3;
  }

  private put(
    name: string,
    data: Uint32Array | Uint8Array,
    channels: number,
    format: PixelFormat,
    type: TextureDataType,
    internal: "R32UI" | "RG32UI" | "RG8UI" | "RGBA8",
  ): void {
    const texels = Math.max(1, data.length / channels);
    const height = Math.ceil(texels / FOLD);
    const room = data instanceof Uint32Array ? new Uint32Array(FOLD * height * channels) : new Uint8Array(FOLD * height * channels);
    room.set(data);
    const texture = new DataTexture(room, FOLD, height, format, type);
    texture.internalFormat = internal;
    texture.unpackAlignment = 1;
    this.hang(name, texture);
  }

  private materialFor(level: number): RawShaderMaterial {
    const known = this.materials.get(level);
    if (known) return known;
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      defines: { LEVEL: level },
      uniforms: this.uniforms,
      depthTest: false,
      depthWrite: false,
    });
    this.materials.set(level, material);
    return material;
  }

  /** One table of colours: the warp, the fleece of every row, the yarns of every patch. */
  private putColours(fabric: Fabric): void {
    const rows = fabric.ends + fabric.rows + 1;
    const all = new Uint8Array(3 * rows + fabric.yarns.length);
    all.set(fabric.warp);
    all.set(fabric.grounds, 3 * fabric.ends);
    all.set(fabric.yarns, 3 * rows);
    this.pair("uPalette").set(fabric.ends, rows);
    this.put("uColours", withAlpha(all), 4, RGBAFormat, UnsignedByteType, "RGBA8");
  }

  private putMeans(fabric: Fabric): void {
    const most = this.renderer.capabilities.maxTextureSize;
    const rows = Math.min(fabric.rows, most);
    const texture = new DataTexture(withAlpha(fabric.means.subarray(0, rows * fabric.lanes * 3)), fabric.lanes, rows);
    texture.magFilter = NearestFilter;
    texture.minFilter = LinearMipmapNearestFilter;
    texture.generateMipmaps = true;
    this.hang("uMeans", texture);
  }

  private hang(name: string, texture: DataTexture): void {
    texture.needsUpdate = true;
    this.textures.push(texture);
    this.set(name, texture);
  }
}

function withAlpha(colours: Uint8Array): Uint8Array {
  const out = new Uint8Array((colours.length / 3) * 4).fill(255);
  for (let i = 0, o = 0; i < colours.length; i += 3, o += 4) out.set(colours.subarray(i, i + 3), o);
  return out;
}

const share = (channel: number): number => channel / 255;
