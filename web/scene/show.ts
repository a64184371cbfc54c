// A story in space: its shape at the origin within a ball of radius one, its words as light before it, motes that rise.
// Everything is a function of time alone, so that stills, quilts and tests see the same picture for the same second.
import {
  AdditiveBlending,
  Box3,
  BufferAttribute,
  BufferGeometry,
  CanvasTexture,
  Color,
  DirectionalLight,
  Group,
  HemisphereLight,
  type Material,
  Mesh,
  MeshBasicMaterial,
  type Object3D,
  PlaneGeometry,
  Points,
  PointsMaterial,
  Scene,
  Sphere,
  SRGBColorSpace,
  type Texture,
} from "three";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";

export interface Story {
  code: string;
  title: string;
  teller: string;
  language: string;
  phrases: string[];
  sides: Partial<Record<"front" | "right" | "back" | "left", string>>;
  kind: "glb" | "relief" | "cloth";
  shape: string;
  still: string;
  href: string;
  seconds?: number;
}

const TURN_S = 28; // one slow turn
const SWING = 0.62; // [rad] a relief has no back: it swings instead of turning
const FADE_S = 1.4; // words come and go far slower than anything that flashes
const MOTES = 140;
const WORDS = -0.93; // where they float
const LINE = 26; // [letters] of floating text
const FLAT = 0.08; // thinner than this share of its width, a shape is a relief

export class Show {
  readonly scene = new Scene();
  readonly world = new Group();
  readonly words = new Group();
  private readonly shape = new Group();
  private readonly face = new Group();
  private readonly motes: Points;
  private readonly line: Mesh<PlaneGeometry, MeshBasicMaterial>;
  private readonly story: Story;
  private written = -1;
  private swings = false;

  constructor(story: Story) {
    this.story = story;
    this.motes = motes();
    this.line = new Mesh(
      new PlaneGeometry(2.1, 0.525),
      new MeshBasicMaterial({ transparent: true, blending: AdditiveBlending, depthWrite: false, depthTest: false }),
    );
    this.line.position.set(0, WORDS, 0.5);
    this.line.renderOrder = 2;
    this.words.add(this.line);
    const key = new DirectionalLight(0xffe2b8, 2.6);
    key.position.set(2, 2.6, 3);
    const rim = new DirectionalLight(0x5fe3d1, 1.6);
    rim.position.set(-3, 1.2, -2.4);
    this.shape.add(this.face);
    this.world.add(this.shape, this.motes, this.words, new HemisphereLight(0xcfeee6, 0x37291a, 1.25), key, rim);
    this.scene.add(this.world);
  }

  async load(): Promise<void> {
    const { scene } = await new GLTFLoader().loadAsync(this.story.shape);
    const box = new Box3().setFromObject(scene);
    const ball = box.getBoundingSphere(new Sphere());
    const size = 1 / Math.max(ball.radius, 1e-6);
    scene.position.copy(ball.center).multiplyScalar(-size);
    scene.scale.setScalar(size);
    const depth = (box.max.z - box.min.z) / Math.max(box.max.x - box.min.x, 1e-6);
    this.swings = this.story.kind !== "glb" || depth < FLAT;
    this.face.add(scene);
    this.shape.position.y = 0.2;
  }

  /** A shape without a back shows everybody its face: turned towards an angle [rad]. */
  faceEverybody(angle: number): void {
    if (this.swings) this.face.rotation.y = angle;
  }

  /** How long all words take [s]. */
  get length(): number {
    return this.story.phrases.reduce((sum, phrase) => sum + secondsOf(phrase), 0);
  }

  /** The words that float at a time [s], and how bright they are. */
  phraseAt(seconds: number): { number: number; glow: number } {
    const whole = this.length;
    if (whole === 0) return { number: -1, glow: 0 };
    let left = seconds % whole;
    for (const [number, phrase] of this.story.phrases.entries()) {
      const stays = secondsOf(phrase);
      if (left < stays) return { number, glow: Math.min(1, left / FADE_S, (stays - left) / FADE_S) };
      left -= stays;
    }
    return { number: -1, glow: 0 };
  }

  /** Set everything as it is at a time [s]; a still shows one angle, and words that do not fade. */
  at(seconds: number, still: boolean): void {
    const turn = (2 * Math.PI * seconds) / TURN_S;
    this.shape.rotation.y = still ? -0.42 : this.swings ? SWING * Math.sin(turn) : turn;
    const { number, glow } = this.phraseAt(seconds);
    this.write(number);
    const eased = glow * glow * (3 - 2 * glow);
    this.line.material.opacity = number < 0 ? 0 : still ? 0.95 : 0.95 * eased;
    this.line.position.y = WORDS + (still ? 0 : 0.04 * eased);
    this.rise(still ? 0 : seconds);
  }

  /** What is written at a time, as plain text. */
  textAt(seconds: number): string {
    return this.story.phrases[this.phraseAt(seconds).number] ?? "";
  }

  dispose(): void {
    this.scene.traverse((thing: Object3D) => {
      if (!(thing instanceof Mesh || thing instanceof Points)) return;
      (thing.geometry as BufferGeometry).dispose();
      for (const material of [thing.material as Material | Material[]].flat()) {
        for (const value of Object.values(material)) if (isTexture(value)) value.dispose();
        material.dispose();
      }
    });
  }

  private write(number: number): void {
    if (number === this.written) return;
    this.written = number;
    this.line.material.map?.dispose();
    this.line.material.map = number < 0 ? null : written(this.story.phrases[number] ?? "");
    this.line.material.needsUpdate = true;
  }

  private rise(seconds: number): void {
    const places = this.motes.geometry.getAttribute("position") as BufferAttribute;
    for (let n = 0; n < MOTES; n++) {
      const height = (drawn(n, 2) + seconds * (0.012 + 0.02 * drawn(n, 3))) % 1;
      const angle = 2 * Math.PI * drawn(n, 0) + 0.25 * Math.sin(seconds * 0.2 + 7 * drawn(n, 4));
      const far = 0.75 + 0.7 * drawn(n, 1);
      places.setXYZ(n, far * Math.cos(angle), -1.1 + 2.4 * height, far * Math.sin(angle));
    }
    places.needsUpdate = true;
  }
}

function secondsOf(phrase: string): number {
  return Math.max(4, 1.6 + phrase.length / 13);
}

// 0 … 1, the same for the same mote.
function drawn(n: number, purpose: number): number {
  const value = Math.sin(n * 127.1 + purpose * 311.7) * 43_758.5453;
  return value - Math.floor(value);
}

function motes(): Points {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(3 * MOTES), 3));
  const material = new PointsMaterial({ color: new Color(0xf4b860), size: 0.022, transparent: true, opacity: 0.7 });
  material.blending = AdditiveBlending;
  material.depthWrite = false;
  const points = new Points(geometry, material);
  points.frustumCulled = false;
  return points;
}

function lines(phrase: string): string[] {
  const found: string[] = [""];
  for (const word of phrase.split(" ")) {
    const last = found[found.length - 1] ?? "";
    if (last !== "" && last.length + word.length + 1 > LINE) found.push(word);
    else found[found.length - 1] = `${last} ${word}`.trim();
  }
  return found.slice(0, 4);
}

function written(phrase: string): Texture {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [1024, 256];
  const pen = canvas.getContext("2d");
  if (pen) {
    const rows = lines(phrase);
    const size = rows.length > 3 ? 46 : 56;
    pen.font = `${size}px Fraunces, Georgia, serif`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    for (const [blur, colour] of [[26, "#c9812a"], [8, "#f4b860"], [0, "#fff3dc"]] as const) {
      [pen.shadowBlur, pen.shadowColor, pen.fillStyle] = [blur, colour, colour];
      rows.forEach((row, at) => pen.fillText(row, 512, 128 + (at - (rows.length - 1) / 2) * size * 1.15, 1000));
    }
  }
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  return texture;
}

function isTexture(value: unknown): value is Texture {
  return typeof value === "object" && value !== null && (value as { isTexture?: boolean }).isTexture === true;
}
