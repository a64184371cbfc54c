// People as lights around the form, and the gas as bubbles that rise through it: points, moved by the graphics card.
import { AdditiveBlending, BufferAttribute, BufferGeometry, Color, NormalBlending, Points, ShaderMaterial } from "three";

export const MOST_LIGHTS = 2_400; // beyond that a light stands for several people; the number beside it does not

const LIGHTS = /* glsl */ `
  attribute float place;
  uniform float time, size, held;
  varying float glowing;
  void main() {
    // The sunflower's angle fills a disc evenly, however many come.
    float angle = place * 2.399963 + time * (0.03 + 0.02 * fract(place * 0.37));
    float reach = 1.06 + 0.62 * sqrt(fract(place * 0.618034));
    glowing = step(place + 0.5, held);
    float radius = mix(reach, reach * 0.72, glowing);
    float high = 0.05 * sin(time * 0.6 + place) + mix(0.0, 0.34, glowing) - 0.06;
    vec4 seen = modelViewMatrix * vec4(radius * cos(angle), radius * sin(angle), high, 1.0);
    gl_Position = projectionMatrix * seen;
    gl_PointSize = size * (0.75 + 0.5 * fract(place * 0.73)) * mix(1.0, 2.0, glowing) / -seen.z;
  }`;
const BUBBLES = /* glsl */ `
  attribute float place;
  uniform float time, size, pace;
  varying float glowing;
  void main() {
    float life = fract(fract(place * 0.6180339) + time * pace * (0.5 + fract(place * 0.271)));
    float angle = place * 2.399963 + 0.6 * sin(time * 0.21 + place);
    float radius = 0.86 * sqrt(fract(place * 0.7548777)) * (1.0 - 0.45 * life);
    vec4 seen = modelViewMatrix * vec4(radius * cos(angle), radius * sin(angle), -0.35 + 1.35 * life, 1.0);
    glowing = sin(3.14159 * life);
    gl_Position = projectionMatrix * seen;
    gl_PointSize = size * (0.35 + 0.5 * fract(place * 0.91)) * (0.4 + glowing) / -seen.z;
  }`;
const DOT = /* glsl */ `
  uniform vec3 quiet, bright;
  uniform float opacity;
  varying float glowing;
  void main() {
    float far = length(gl_PointCoord - 0.5) * 2.0;
    float disc = smoothstep(1.0, 0.0, far);
    gl_FragColor = vec4(mix(quiet, bright, glowing), opacity * disc * disc * (0.55 + 0.45 * glowing));
  }`;

function places(count: number): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute("place", new BufferAttribute(Float32Array.from({ length: count }, (_, index) => index), 1));
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(3 * count), 3));
  return geometry;
}

class Dots extends Points<BufferGeometry, ShaderMaterial> {
  constructor(count: number, vertexShader: string) {
    const uniforms = {
      time: { value: 0 },
      size: { value: 40 },
      held: { value: 0 },
      pace: { value: 0.06 },
      opacity: { value: 1 },
      quiet: { value: new Color() },
      bright: { value: new Color() },
    };
    super(
      places(count),
      new ShaderMaterial({ uniforms, vertexShader, fragmentShader: DOT, transparent: true, depthWrite: false }),
    );
    this.frustumCulled = false;
  }

  set(name: "time" | "size" | "held" | "pace" | "opacity", value: number): void {
    const uniform = this.material.uniforms[name];
    if (uniform) uniform.value = value;
  }

  dye(quiet: Color, bright: Color, isNight: boolean): void {
    (this.material.uniforms["quiet"]?.value as Color).copy(quiet);
    (this.material.uniforms["bright"]?.value as Color).copy(bright);
    this.material.blending = isNight ? AdditiveBlending : NormalBlending;
  }

  show(count: number): void {
    this.geometry.setDrawRange(0, count);
  }
}

export class Lights extends Dots {
  private here = 0;
  private full = 40;

  constructor() {
    super(MOST_LIGHTS, LIGHTS);
    this.show(0);
  }

  /** Few people are large lights, a crowd is a field of small ones. */
  swell(size: number): void {
    this.full = size;
    this.set("size", size * Math.min(Math.max(12 / Math.sqrt(Math.max(this.here, 1)), 1), 2.6));
  }

  gather(here: number, held: number): void {
    this.here = here;
    this.swell(this.full);
    const share = here > MOST_LIGHTS ? MOST_LIGHTS / here : 1;
    this.show(Math.round(here * share));
    this.set("held", Math.round(held * share));
  }
}

export class Bubbles extends Dots {
  constructor() {
    super(400, BUBBLES);
  }
}
