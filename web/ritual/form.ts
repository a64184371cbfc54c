// The Nexus as a living form, moved by what the twin says: each ring a day of gas, its breath the gas of today, its colour
// the calm of its acids. Under reduced motion it stands still and is drawn anew only when something changed.
import {
  CanvasTexture,
  Color,
  Group,
  AdditiveBlending,
  NormalBlending,
  PerspectiveCamera,
  Scene,
  Sprite,
  SpriteMaterial,
  WebGLRenderer,
} from "three";
import { Bubbles, Lights } from "./lights";
import { type Ink, Rings } from "./rings";

export interface Twin {
  rings: number[][];
  told: number[]; // stories of each day
  breath: number; // [s]
  gas: number; // [m3/d]
  acids: number; // acids over buffer [1]
  alarms: number;
}

const CALM = 0.3;
const SOUR = 0.4;
const FAR = 4.15;
const STILL_S = 40; // the moment that a still shows
const DEPTH: Record<string, number> = { activating: 0.05, celebrating: 0.06 };

function token(name: string): Color {
  return new Color(getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim() || "#5fe3d1");
}

function ink(): Ink {
  const ground = token("ground");
  const { l } = ground.getHSL({ h: 0, s: 0, l: 0 });
  return { glow: token("glow"), ember: token("ember"), alarm: token("alarm"), leaf: token("leaf"), ground, isNight: l < 0.5 };
}

/** The colour of the heart: calm, in care, sour. The page says it in words beside the form. */
function mood(twin: Twin, colours: Ink): Color {
  const worry = Math.min(Math.max((twin.acids - CALM) / (SOUR - CALM), 0), 1);
  const calm = colours.glow.clone().lerp(colours.ember, Math.min(2 * worry, 1));
  return calm.lerp(colours.alarm, Math.max(2 * worry - 1, twin.alarms > 0 ? 0.5 : 0));
}

function halo(): CanvasTexture {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 256;
  const context = canvas.getContext("2d");
  if (context) {
    const fade = context.createRadialGradient(128, 128, 0, 128, 128, 128);
    fade.addColorStop(0, "rgba(255,255,255,1)");
    fade.addColorStop(0.25, "rgba(255,255,255,0.55)");
    fade.addColorStop(0.6, "rgba(255,255,255,0.13)");
    fade.addColorStop(1, "rgba(255,255,255,0)");
    context.fillStyle = fade;
    context.fillRect(0, 0, 256, 256);
  }
  return new CanvasTexture(canvas);
}

export class Form {
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera(32, 1, 0.1, 20);
  private readonly body = new Group();
  private readonly lights = new Lights();
  private readonly bubbles = new Bubbles();
  private readonly heart = new Sprite(new SpriteMaterial({ map: halo(), transparent: true, depthWrite: false }));
  private readonly still = matchMedia("(prefers-reduced-motion: reduce)");
  private rings: Rings | undefined;
  private shape = "";
  private twin: Twin = { rings: [], told: [], breath: 7, gas: 0, acids: 0, alarms: 0 };
  private crowd = { here: 0, held: 0 };
  private phase = "announced";
  private glow = 0;
  private frame = 0;
  private asked = false;

  /** Throws where there is no WebGL. */
  constructor(private readonly canvas: HTMLCanvasElement) {
    this.renderer = new WebGLRenderer({ canvas, alpha: true, antialias: true, powerPreference: "low-power" });
    this.renderer.setClearAlpha(0);
    this.body.add(this.bubbles, this.lights, this.heart);
    this.body.rotation.x = -0.86;
    this.scene.add(this.body);
    this.camera.position.set(0, 0.16, FAR);
    new ResizeObserver(() => this.measure()).observe(canvas.parentElement ?? canvas);
    for (const wish of ["(prefers-color-scheme: light)", "(prefers-reduced-motion: reduce)"]) {
      matchMedia(wish).addEventListener("change", () => this.dye());
    }
    document.addEventListener("visibilitychange", () => this.ask());
    this.measure();
  }

  follow(twin: Twin): void {
    this.twin = twin;
    const shape = JSON.stringify([twin.rings, twin.told]);
    if (shape !== this.shape) {
      this.shape = shape;
      this.rings?.removeFromParent();
      this.rings?.dispose();
      this.rings = new Rings(twin.rings, twin.told);
      this.body.add(this.rings);
      this.measure();
    }
    this.bubbles.show(Math.round(Math.min(60 + 120 * twin.gas, 400)));
    this.bubbles.set("pace", 0.35 / Math.max(twin.breath, 1));
    this.dye();
  }

  gather(here: number, held: number): void {
    this.crowd = { here, held };
    this.lights.gather(here, held);
    this.ask();
  }

  enter(phase: string): void {
    this.phase = phase;
    this.ask();
  }

  private dye(): void {
    const colours = ink();
    const heart = mood(this.twin, colours);
    this.rings?.dye(colours, heart);
    this.lights.dye(colours.isNight ? colours.ember : colours.ember, colours.isNight ? new Color("#fff3d6") : colours.alarm, colours.isNight);
    this.bubbles.dye(colours.glow, colours.leaf, colours.isNight);
    this.heart.material.color.copy(heart);
    this.heart.material.blending = colours.isNight ? AdditiveBlending : NormalBlending;
    this.measure();
  }

  private measure(): void {
    const box = this.canvas.parentElement ?? this.canvas;
    const [width, height] = [box.clientWidth || 1, box.clientHeight || 1];
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    // The whole crowd fits, whether the screen lies or stands.
    this.camera.position.z = this.camera.aspect > 1 ? FAR : FAR / Math.max(this.camera.aspect, 0.4);
    this.camera.updateProjectionMatrix();
    this.rings?.measure(width, height, Math.max(height / 900, 0.7));
    this.lights.swell(0.062 * height * ratio);
    this.bubbles.set("size", 0.062 * height * ratio);
    this.ask();
  }

  private ask(): void {
    if (this.asked || document.hidden) return;
    this.asked = true;
    window.cancelAnimationFrame(this.frame);
    this.frame = window.requestAnimationFrame((now) => this.draw(now / 1000));
  }

  private draw(now: number): void {
    this.asked = false;
    const isStill = this.still.matches;
    const time = isStill ? STILL_S : now;
    const goal = this.crowd.here > 0 ? Math.min(this.crowd.held / this.crowd.here, 1) : 0;
    this.glow = isStill ? goal : this.glow + 0.06 * (goal - this.glow);
    this.rings?.breathe((2 * Math.PI * time) / this.twin.breath, (DEPTH[this.phase] ?? 0.026) * (1 + this.glow));
    this.body.rotation.z = 0.05 * time;
    const swell = Math.sin((2 * Math.PI * time) / this.twin.breath);
    this.heart.position.z = 0.5;
    this.heart.scale.setScalar(0.62 + 0.06 * swell + 1.5 * this.glow + (this.phase === "celebrating" ? 0.5 : 0));
    this.heart.material.opacity = 0.34 + 0.08 * swell + 0.35 * this.glow;
    for (const dots of [this.lights, this.bubbles]) dots.set("time", time);
    this.renderer.render(this.scene, this.camera);
    this.canvas.dataset["drawn"] = String(Number(this.canvas.dataset["drawn"] ?? 0) + 1);
    if (!isStill) this.ask();
  }
}
