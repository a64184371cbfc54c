// Paints the cloth with three.js: one full-screen quad, the data as textures. Cost goes by pixels, not by threads.
import {
  DataTexture,
  GLSL3,
  LinearMipmapLinearFilter,
  Mesh,
  NearestFilter,
  OrthographicCamera,
  type PixelFormat,
  PlaneGeometry,
  RawShaderMaterial,
  RedIntegerFormat,
  RGBAFormat,
  RGIntegerFormat,
  Scene,
  SRGBColorSpace,
  type TextureDataType,
  UnsignedByteType,
  UnsignedIntType,
  Vector2,
  Vector3,
  WebGLRenderer,
} from "three";
import type { Camera } from "./camera";
import type { Fabric } from "./fabric";
import type { Growth, Painter, Shown } from "./painter";
import { FRAGMENT, VERTEX } from "./weave";

const FOLD = 2048;
const MINE = 0x80000000;

export class ShaderPainter implements Painter {
  readonly kind = "shader";
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly eye = new OrthographicCamera();
  private readonly material = new RawShaderMaterial({ glslVersion: GLSL3, vertexShader: VERTEX, fragmentShader: FRAGMENT });
  private readonly quad = new PlaneGeometry(2, 2);
  private textures: DataTexture[] = [];

  constructor(canvas: HTMLCanvasElement, lost: () => void) {
    this.renderer = new WebGLRenderer({ canvas, antialias: false, alpha: false, depth: false, stencil: false });
    this.renderer.autoClear = false;
    this.material.depthTest = this.material.depthWrite = false;
    for (const name of ["uBase", "uRest", "uSize", "uGrow"]) this.set(name, new Vector2());
    for (const name of ["uWall", "uEdge"]) this.set(name, new Vector3());
    this.scene.add(new Mesh(this.quad, this.material));
    canvas.addEventListener("webglcontextlost", lost, { once: true });
  }

  lay(fabric: Fabric, mine: ReadonlySet<number>): void {
    this.textures.forEach((texture) => texture.dispose());
    this.textures = [];
    const cells = new Uint32Array(2 * fabric.cells.length);
    fabric.cells.forEach((patch, index) => {
      if (patch < 0) return;
      cells[2 * index] = (patch + 1) | (mine.has(patch) ? MINE : 0);
      cells[2 * index + 1] = ((fabric.kinds[2 * patch] ?? 0) << 16) | (fabric.kinds[2 * patch + 1] ?? 0);
    });
    this.put("uUnits", fabric.units, 1, RedIntegerFormat, UnsignedIntType, "R32UI");
    this.put("uCells", cells, 2, RGIntegerFormat, UnsignedIntType, "RG32UI");
    this.put("uCrossings", fabric.crossings, 1, RedIntegerFormat, UnsignedIntType, "R32UI");
    this.put("uStripes", fabric.stripes, 1, RedIntegerFormat, UnsignedByteType, "R8UI");
    this.put("uYarns", withAlpha(fabric.yarns), 4, RGBAFormat, UnsignedByteType, null);
    this.put("uWarp", withAlpha(fabric.warp), 4, RGBAFormat, UnsignedByteType, null);
    this.put("uGrounds", withAlpha(fabric.grounds), 4, RGBAFormat, UnsignedByteType, null);
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
    this.set("uScale", (camera.scale * size.x) / camera.width);
    this.set("uChosen", shown.chosen + 1);
    this.set("uDim", 0.42);
    this.vector("uWall").fromArray(shown.wall.map(light));
    this.vector("uEdge").fromArray(shown.edge.map(light));
    this.renderer.render(this.scene, this.eye);
  }

  /** What the graphics card holds for this cloth; a kiosk that runs for days must not gather more. */
  held(): { textures: number; geometries: number } {
    return { ...this.renderer.info.memory };
  }

  dispose(): void {
    this.textures.forEach((texture) => texture.dispose());
    this.quad.dispose();
    this.material.dispose();
    this.renderer.dispose();
  }

  private set(name: string, value: unknown): void {
    const known = this.material.uniforms[name];
    if (known) known.value = value;
    else this.material.uniforms[name] = { value };
  }

  private pair(name: string): Vector2 {
    return this.material.uniforms[name]?.value as Vector2;
  }

  private vector(name: string): Vector3 {
    return this.material.uniforms[name]?.value as Vector3;
  }

  private put(
    name: string,
    data: Uint32Array | Uint8Array,
    channels: number,
    format: PixelFormat,
    type: TextureDataType,
    internal: "R32UI" | "RG32UI" | "R8UI" | null,
  ): void {
    const texels = Math.max(1, data.length / channels);
    const height = Math.ceil(texels / FOLD);
    const room = data instanceof Uint32Array ? new Uint32Array(FOLD * height * channels) : new Uint8Array(FOLD * height * channels);
    room.set(data);
    const texture = new DataTexture(room, FOLD, height, format, type);
    if (internal) texture.internalFormat = internal;
    else texture.colorSpace = SRGBColorSpace;
    texture.unpackAlignment = 1;
    this.hang(name, texture);
  }

  private putMeans(fabric: Fabric): void {
    const most = this.renderer.capabilities.maxTextureSize;
    const rows = Math.min(fabric.rows, most);
    const texture = new DataTexture(withAlpha(fabric.means.subarray(0, rows * fabric.lanes * 3)), fabric.lanes, rows);
    texture.colorSpace = SRGBColorSpace;
    texture.magFilter = NearestFilter;
    texture.minFilter = LinearMipmapLinearFilter;
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

function light(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
