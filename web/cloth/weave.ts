// The weave shader: one quad of cloth, every pixel asks the data which yarn lies on top there and how light falls on it.
// The sums are those of harmonia/science/weaving/yarn.py, so that tiles and shader show the same cloth; here they are
// done on coded (sRGB) colours, which saves a software renderer three powers a pixel.
//
// Software GL runs both sides of an `if`, and a loop that it may leave costs it as much: so the cloth and what lies around it
// (`AROUND`) are two programs, each drawn where it belongs (see parts.ts).

export const VERTEX = /* glsl */ `
in vec3 position;
uniform vec4 uPart; // corners
void main() { gl_Position = vec4(mix(uPart.xy, uPart.zw, 0.5 * position.xy + 0.5), 0.0, 1.0); }
`;

/** How closely one looks: what is drawn by which part of the shader. */
export const AROUND = -1; // no cloth at all: the fringe and the wall
export const LEVELS = { far: 0, mixed: 1, flat: 2, near: 3, close: 4 } as const;

export function levelOf(scale: number): number {
  if (scale < 0.25) return LEVELS.far;
  if (scale < 1) return LEVELS.mixed;
  if (scale < 2.2) return LEVELS.flat;
  return scale < 9 ? LEVELS.near : LEVELS.close;
}

export const FRAGMENT = /* glsl */ `
precision highp float;
precision highp int;
precision highp usampler2D;
uniform ivec2 uBase;      // the crossing in the middle of the view
uniform vec2 uRest;       // and how far into it
uniform vec2 uSize;       // [px]
uniform float uScale;     // [px a crossing]
uniform int uLanes, uRows, uPicks, uMost;
uniform ivec2 uPalette;   // where the fleece and the yarns begin behind the warp
uniform vec3 uWall, uEdge;
uniform int uChosen;      // thread + 1, 0 for none
uniform vec2 uGrow;       // thread + 1, and how much of it is woven
uniform float uDim;
uniform usampler2D uUnits, uCells, uKinds;
uniform sampler2D uColours, uMeans, uWool;
out vec4 colour;

const int FOLD = 2048;
const int FRINGE = 11;
const vec3 LAMP = vec3(-0.42, -0.56, 0.714);
const float AFAR = 0.855;
const uint MINE = 0x80000000u;

ivec2 folded(int at) { return ivec2(at & (FOLD - 1), at >> 11); }
vec3 dyed(int at) { return texelFetch(uColours, folded(at), 0).rgb; }

// The sRGB curve of one number by square roots.
float coded(float light) {
  float s = sqrt(max(light, 0.0));
  float t = sqrt(s);
  return 0.662002687 * s + 0.684122060 * t - 0.323583601 * sqrt(t) - 0.022541147 * light;
}

struct Cell { int patch_, kind, row, end, inside, last; bool mine; };

Cell cellAt(ivec2 at) {
  uint unit = texelFetch(uUnits, folded(at.y >> 3), 0).r;
  Cell cell;
  cell.row = int(unit >> 3u);
  cell.end = at.x & 31;
  cell.inside = int(unit & 3u) * 8 + (at.y & 7);
  cell.last = (unit & 4u) != 0u ? 7 : 31;
  uvec2 two = texelFetch(uCells, folded(cell.row * uLanes + (at.x >> 5)), 0).rg;
  cell.mine = (two.r & MINE) != 0u;
  cell.patch_ = int(two.r & ~MINE);
  cell.kind = int(two.g);
  if (cell.patch_ == int(uGrow.x) && float(cell.inside) >= uGrow.y * 32.0) { cell.patch_ = 0; cell.kind = 1; }
  return cell;
}

// Kind 0 is a darn. Red: bit 0 warp on top, bit 1 it floats on before, bit 2 after this crossing, then the pick's yarn.
// Green: how much warp lies on top in the square of 2 x 2 (bits 0 to 3) and of 4 x 4 (bits 4 to 7) around, in fifteenths.
uvec2 crossing(Cell cell, int inside) {
  return texelFetch(uKinds, folded((cell.kind << 10) + (inside << 5) + cell.end), 0).rg;
}

int weftOf(Cell cell, uint yarn) { return cell.patch_ == 0 ? uPalette.x + (cell.kind == 0 ? uRows : cell.row) : uPalette.y + (cell.patch_ - 1) * uMost + int(yarn); }

float rise(float along) {
  float x = clamp(along * 2.17391, 0.0, 1.0);
  return 0.25 + 0.75 * x * x * (3.0 - 2.0 * x);
}

// Hand-spun wool is never quite even.
float speck(int yarn, int turn) { return texelFetch(uWool, ivec2(yarn & 63, turn & 63), 0).r; }

float shade(float across, float along, bool before_, bool after_, bool upright, int yarn, int turn) {
  float b = before_ ? 1.0 : rise(along);
  float a = after_ ? 1.0 : rise(1.0 - along);
  float slope = (along < 0.5 ? 1.0 - b : a - 1.0) * 0.55;
  float tilt = across * 0.86;
  float up = sqrt(max(1.0 - tilt * tilt, 0.02));
  vec2 lamp = upright ? LAMP.xy : LAMP.yx;
  float lit = max((lamp.x * tilt - lamp.y * slope + LAMP.z * up) * inversesqrt(1.0 + slope * slope), 0.0);
  float wool = 0.94;
#if LEVEL >= 3 || LEVEL < 0
  wool += 0.09 * (speck(yarn, turn) - 0.5);
#endif
#if LEVEL == 4
  wool += 0.06 * sin(6.2832 * (2.0 * along + 0.62 * across) + float(yarn & 1023) * 1.7);
#endif
  float edge = clamp((abs(across) - 0.72) * 3.5714, 0.0, 1.0);
  return (0.26 + 0.98 * lit * (0.45 + 0.55 * b * a)) * wool * (1.0 - 0.55 * edge * edge);
}

#if LEVEL < 0
// At both ends the warp hangs free, four ends to a knot.
vec4 fringeAt(int end, float beyond, vec2 part) {
  int bundle = end >> 2;
  float reach = float(FRINGE) - 2.0 - 2.6 * speck(bundle, 7);
  float tight = 1.0 - smoothstep(0.0, 1.5, abs(beyond - 2.1));
  float spread = mix(2.02, 0.85, tight) - 0.05 * max(beyond - 3.0, 0.0);
  float sway = (speck(bundle, 3) - 0.5) * 0.09 * max(beyond - 2.5, 0.0);
  float side = (float(end & 3) + part.x - 2.0 - sway) / spread;
  int yarn = (end & ~3) + int(clamp(floor(side * 2.0 + 2.0), 0.0, 3.0));
  float across = fract(side * 2.0 + 2.0) * 2.0 - 1.0;
  float cover = step(abs(side), 1.0) * smoothstep(reach, reach - 1.0, beyond + 0.5 * speck(yarn, 1));
  float light = shade(across, fract(beyond * 0.5), true, true, true, yarn, int(beyond));
  light *= 0.72 + 0.5 * tight * (1.0 - abs(side)) + 0.25 * (1.0 - abs(side));
  return vec4(dyed(yarn) * coded(light), uScale < 1.5 ? cover * 0.7 : cover);
}
#elif LEVEL >= 3
vec3 clothAt(ivec2 at, vec2 part) {
  Cell cell = cellAt(at);
  uint bits = crossing(cell, cell.inside).r;
  bool upright = (bits & 1u) != 0u;
  vec2 run = upright ? part.xy : part.yx; // across, along
  ivec2 who = upright ? at.xy : at.yx;
  float f = shade(2.0 * run.x - 1.0, run.y, (bits & 2u) != 0u, (bits & 4u) != 0u, upright, who.x, who.y);
  vec3 light = dyed(upright ? at.x : weftOf(cell, bits >> 3u)) * coded(f);
  bool chosen = cell.patch_ != 0 && cell.patch_ == uChosen;
  light *= uChosen > 0 && !chosen ? uDim : 1.0;
  vec2 inset = min(vec2(cell.end, cell.inside) + part, vec2(32 - cell.end, cell.last + 1 - cell.inside) - part);
  float rim = clamp((0.36 - min(inset.x, inset.y)) * 5.0, 0.0, 1.0) * (chosen ? 1.0 : cell.mine ? 0.8 : 0.0);
  return mix(light * (chosen ? 1.08 : 1.0), uEdge, rim);
}
#elif LEVEL == 2
vec3 clothAt(ivec2 at, vec2 part) {
  Cell cell = cellAt(at);
  uint bits = crossing(cell, cell.inside).r;
  vec3 light = dyed((bits & 1u) != 0u ? at.x : weftOf(cell, bits >> 3u)) * AFAR;
  bool chosen = cell.patch_ != 0 && cell.patch_ == uChosen;
  if (cell.mine) light = max(light, uEdge * 0.6);
  return light * (chosen ? 1.2 : uChosen > 0 ? uDim : 1.0);
}
#elif LEVEL == 1
// A pixel covers a square of crossings: how much warp lies on top there is known beforehand.
vec3 clothAt(ivec2 at, vec2 part) {
  Cell cell = cellAt(at);
  uvec2 one = crossing(cell, cell.inside & ~1);
  uvec2 two = crossing(cell, cell.inside | 1);
  float warp = float(uScale < 0.5 ? one.g >> 4u : one.g & 15u) * 0.0666667;
  vec3 weft = 0.5 * (dyed(weftOf(cell, one.r >> 3u)) + dyed(weftOf(cell, two.r >> 3u)));
  vec3 light = mix(weft, dyed(at.x), warp) * AFAR;
  bool chosen = cell.patch_ != 0 && cell.patch_ == uChosen;
  if (cell.mine) light = max(light, uEdge * 0.6);
  return light * (chosen ? 1.25 : uChosen > 0 ? uDim : 1.0);
}
#else
vec3 clothAt(ivec2 at, vec2 part) {
  uint unit = texelFetch(uUnits, folded(at.y >> 3), 0).r;
  float inside = (float(int(unit & 3u) * 8 + (at.y & 7)) + part.y) * ((unit & 4u) != 0u ? 0.125 : 0.03125);
  vec2 place = vec2((float(at.x) + part.x) * 0.03125, float(unit >> 3u) + inside) / vec2(float(uLanes), float(uRows));
  vec3 light = textureLod(uMeans, place, max(0.0, -log2(32.0 * uScale))).rgb * AFAR;
  return uChosen > 0 ? light * uDim : light;
}
#endif

vec3 partAt(ivec2 at, vec2 part) {
#if LEVEL < 0
  vec2 size = vec2(uLanes * 32, uPicks);
  vec2 beyond = max(-vec2(at) - part, vec2(at) + part - size);
  vec3 light = uWall * (0.74 + 0.26 * smoothstep(0.0, 12.0, length(max(beyond, 0.0))));
  vec4 yarn = fringeAt(at.x, beyond.y, part);
  bool hangs = beyond.x < 0.0 && beyond.y < float(FRINGE);
  return hangs ? mix(light, yarn.rgb * (uChosen > 0 ? uDim : 1.0), yarn.a) : light;
#else
  return clothAt(clamp(at, ivec2(0), ivec2(uLanes * 32, uPicks) - 1), part);
#endif
}

void main() {
  vec2 screen = vec2(gl_FragCoord.x, uSize.y - gl_FragCoord.y) - 0.5 * uSize;
  vec2 point = uRest + screen / uScale;
  vec2 whole = floor(point);
  vec2 away = screen / uSize.y + vec2(0.35, 0.42);
  float lamp = 1.045 - 0.055 * dot(away, away);
  colour = vec4(partAt(uBase + ivec2(whole), point - whole) * max(lamp, 0.72), 1.0);
}

`;
