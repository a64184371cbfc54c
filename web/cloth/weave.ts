// The weave shader: one quad, every pixel asks the data which yarn lies on top there and how light falls on it.
// The sums are those of harmonia/science/weaving/yarn.py, so that tiles and shader show the same cloth.

export const VERTEX = /* glsl */ `
in vec3 position;
void main() { gl_Position = vec4(position.xy, 0.0, 1.0); }
`;

export const FRAGMENT = /* glsl */ `
precision highp float;
precision highp int;
precision highp usampler2D;
uniform ivec2 uBase;      // the crossing in the middle of the view
uniform vec2 uRest;       // and how far into it
uniform vec2 uSize;       // [px]
uniform float uScale;     // [px a crossing]
uniform int uLanes, uRows, uPicks, uMost;
uniform vec3 uWall, uEdge;
uniform int uChosen;      // thread + 1, 0 for none
uniform vec2 uGrow;       // thread + 1, and how much of it is woven
uniform float uDim;
uniform usampler2D uUnits, uCells, uCrossings, uStripes;
uniform sampler2D uYarns, uWarp, uMeans, uGrounds;
out vec4 colour;

const int FOLD = 2048;
const int FRINGE = 11;
const vec3 LAMP = vec3(-0.42, -0.56, 0.714);
const float AFAR = 0.70;
const uint MINE = 0x80000000u;

ivec2 folded(int at) { return ivec2(at & (FOLD - 1), at >> 11); }

struct Cell { uint patch_; int kind, stripe, row, lane, end, inside, last; bool mine; };

Cell cellAt(ivec2 at) {
  uint unit = texelFetch(uUnits, folded(at.y >> 3), 0).r;
  int row = int(unit >> 3u);
  Cell cell;
  cell.row = row;
  cell.lane = at.x >> 5;
  cell.end = at.x & 31;
  cell.inside = int(unit & 3u) * 8 + (at.y & 7);
  cell.last = (unit & 4u) != 0u ? 7 : 31;
  uvec2 packed_ = texelFetch(uCells, folded(row * uLanes + cell.lane), 0).rg;
  cell.mine = (packed_.r & MINE) != 0u;
  cell.patch_ = packed_.r & ~MINE;
  cell.kind = int(packed_.g >> 16u);
  cell.stripe = int(packed_.g & 0xffffu);
  if (cell.patch_ == uint(uGrow.x) && float(cell.inside) >= uGrow.y * 32.0) cell.patch_ = 0u;
  return cell;
}

uint wordOf(Cell cell, int inside) {
  if (cell.patch_ == 0u) return (inside & 1) == 0 ? 0x55555555u : 0xaaaaaaaau;
  return texelFetch(uCrossings, folded(cell.kind * 32 + inside), 0).r;
}

vec3 lightOf(Cell cell, bool upright, int end) {
  if (upright) return texelFetch(uWarp, folded(end), 0).rgb;
  if (cell.patch_ == 0u) return texelFetch(uGrounds, folded(cell.row), 0).rgb;
  int yarn = int(texelFetch(uStripes, folded(cell.stripe * 32 + cell.inside), 0).r);
  return texelFetch(uYarns, folded((int(cell.patch_) - 1) * uMost + yarn), 0).rgb;
}

float rise(float along) {
  float x = clamp(along / 0.46, 0.0, 1.0);
  return 0.25 + 0.75 * x * x * (3.0 - 2.0 * x);
}

float speck(uint yarn, uint turn) {
  uint m = yarn * 374761393u + turn * 668265263u;
  m = (m ^ (m >> 13u)) * 1274126177u;
  return float((m ^ (m >> 16u)) & 0xffffu) / 65535.0;
}

float shade(float across, float along, bool before_, bool after_, bool upright, int yarn, int turn) {
  float b = before_ ? 1.0 : rise(along);
  float a = after_ ? 1.0 : rise(1.0 - along);
  float slope = (along < 0.5 ? 1.0 - b : a - 1.0) * 0.55;
  float tilt = across * 0.86;
  float up = sqrt(max(1.0 - tilt * tilt, 0.02));
  vec2 lamp = upright ? LAMP.xy : LAMP.yx;
  float lit = max((lamp.x * tilt - lamp.y * slope + LAMP.z * up) * inversesqrt(1.0 + slope * slope), 0.0);
  float ply = sin(6.2832 * (2.0 * along + 0.62 * across) + float(yarn & 1023) * 1.7);
  float wool = 0.94 + 0.06 * ply + 0.09 * (speck(uint(yarn), uint(turn)) - 0.5);
  float edge = clamp((abs(across) - 0.72) / 0.28, 0.0, 1.0);
  return (0.26 + 0.98 * lit * (0.45 + 0.55 * b * a)) * wool * (1.0 - 0.55 * edge * edge);
}

vec3 crossingAt(ivec2 at, vec2 part) {
  Cell cell = cellAt(at);
  uint word = wordOf(cell, cell.inside);
  uint bit = 1u << uint(cell.end);
  bool upright = (word & bit) != 0u;
  bool before_, after_;
  if (upright) {
    before_ = cell.inside > 0 && (wordOf(cell, cell.inside - 1) & bit) != 0u;
    after_ = cell.inside < cell.last && (wordOf(cell, cell.inside + 1) & bit) != 0u;
  } else {
    before_ = cell.end > 0 && (word & (bit >> 1u)) == 0u;
    after_ = cell.end < 31 && (word & (bit << 1u)) == 0u;
  }
  float across = 2.0 * (upright ? part.x : part.y) - 1.0;
  float along = upright ? part.y : part.x;
  vec3 light = lightOf(cell, upright, at.x);
  light *= shade(across, along, before_, after_, upright, upright ? at.x : at.y, upright ? at.y : at.x);
  vec2 inset = min(vec2(cell.end, cell.inside) + part, vec2(31 - cell.end, cell.last - cell.inside) + 1.0 - part);
  float rim = min(inset.x, inset.y);
  if (cell.patch_ != 0u && int(cell.patch_) == uChosen) {
    light = mix(light * 1.2, uEdge, smoothstep(0.34, 0.16, rim));
  } else {
    light *= uChosen > 0 ? uDim : 1.0;
    if (cell.mine) light = mix(light, uEdge, smoothstep(0.35, 0.1, rim) * 0.85);
  }
  return light;
}

vec3 flatAt(ivec2 at) {
  Cell cell = cellAt(at);
  bool upright = (wordOf(cell, cell.inside) & (1u << uint(cell.end))) != 0u;
  vec3 light = lightOf(cell, upright, at.x) * AFAR;
  if (cell.patch_ != 0u && int(cell.patch_) == uChosen) return light * 1.6;
  if (cell.mine) light = max(light, uEdge * 0.5);
  return uChosen > 0 ? light * uDim : light;
}

vec3 meanAt(ivec2 at, vec2 part) {
  uint unit = texelFetch(uUnits, folded(at.y >> 3), 0).r;
  float height = (unit & 4u) != 0u ? 8.0 : 32.0;
  float inside = (float(int(unit & 3u) * 8 + (at.y & 7)) + part.y) / height;
  vec2 size = vec2(float(uLanes), float(uRows));
  vec2 place = vec2((float(at.x) + part.x) / 32.0, float(unit >> 3u) + inside) / size;
  vec2 step_ = 1.0 / (32.0 * uScale * size);
  vec3 light = textureGrad(uMeans, place, vec2(step_.x, 0.0), vec2(0.0, step_.y)).rgb * AFAR;
  return uChosen > 0 ? light * uDim : light;
}

vec3 clothAt(ivec2 at, vec2 part) {
  if (uScale >= 3.0) return crossingAt(at, part);
  if (uScale < 0.25) return meanAt(at, part);
  vec3 light;
  if (uScale >= 1.0) {
    light = flatAt(at);
    if (uScale > 2.0) light = mix(light, crossingAt(at, part), uScale - 2.0);
  } else {
    // A pixel covers several crossings: four of them stand for all.
    vec2 quarter = vec2(0.25 / uScale);
    vec2 point = part - quarter;
    light = vec3(0.0);
    for (int i = 0; i < 4; i++) {
      vec2 p = point + quarter * 2.0 * vec2(float(i & 1), float(i >> 1));
      ivec2 q = clamp(at + ivec2(floor(p)), ivec2(0), ivec2(uLanes * 32 - 1, uPicks - 1));
      light += 0.25 * flatAt(q);
    }
  }
  return uScale < 0.6 ? mix(meanAt(at, part), light, clamp((uScale - 0.25) / 0.35, 0.0, 1.0)) : light;
}

// At both ends the warp hangs free, four ends to a knot.
vec4 fringeAt(int end, float beyond, vec2 part) {
  uint bundle = uint(end >> 2);
  float reach = float(FRINGE) - 2.0 - 2.6 * speck(bundle, 7u);
  float tight = 1.0 - smoothstep(0.0, 1.5, abs(beyond - 2.1));
  float spread = mix(2.02, 0.85, tight) - 0.05 * max(beyond - 3.0, 0.0);
  float sway = (speck(bundle, 3u) - 0.5) * 0.09 * max(beyond - 2.5, 0.0);
  float side = (float(end & 3) + part.x - 2.0 - sway) / spread;
  float which = clamp(floor(side * 2.0 + 2.0), 0.0, 3.0);
  int yarn = (end & ~3) + int(which);
  float across = fract(side * 2.0 + 2.0) * 2.0 - 1.0;
  float cover = step(abs(side), 1.0) * smoothstep(reach, reach - 1.0, beyond + 0.5 * speck(uint(yarn), 1u));
  float light = shade(across, fract(beyond * 0.5), true, true, true, yarn, int(beyond));
  light *= 0.72 + 0.5 * tight * (1.0 - abs(side)) + 0.25 * (1.0 - abs(side));
  return vec4(texelFetch(uWarp, folded(yarn), 0).rgb * light, uScale < 1.5 ? cover * 0.7 : cover);
}

vec3 coded(vec3 light) {
  light = clamp(light, 0.0, 1.0);
  return mix(12.92 * light, 1.055 * pow(light, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, light));
}

void main() {
  vec2 screen = vec2(gl_FragCoord.x, uSize.y - gl_FragCoord.y) - 0.5 * uSize;
  vec2 point = uRest + screen / uScale;
  ivec2 at = uBase + ivec2(floor(point));
  vec2 part = fract(point);
  ivec2 size = ivec2(uLanes * 32, uPicks);
  vec2 away = screen / uSize.y + vec2(0.35, 0.42);
  float lamp = 1.10 - 0.30 * smoothstep(0.1, 1.5, length(away));
  bool within = at.x >= 0 && at.x < size.x;
  vec3 light;
  if (within && at.y >= 0 && at.y < size.y) {
    light = clothAt(at, part) * lamp;
  } else {
    vec2 beyond = max(-vec2(at) - part, vec2(at) + part - vec2(size));
    float far = length(max(beyond, 0.0));
    light = uWall * (0.55 + 0.45 * smoothstep(0.0, 10.0, far)) * (0.9 + 0.2 * (lamp - 0.8));
    if (within && beyond.y < float(FRINGE)) {
      vec4 yarn = fringeAt(at.x, beyond.y, part);
      light = mix(light, yarn.rgb * lamp * (uChosen > 0 ? uDim : 1.0), yarn.a);
    }
  }
  colour = vec4(coded(light), 1.0);
}
`;
