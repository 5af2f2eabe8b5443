import { type Look, looks } from './plan.ts';

/**
 * What a shader is made for: the looks of one layer's quads, and whether one of them is marked.
 *
 * Each combination is a program of its own. Drawing in software goes through both sides of every branch, so what a layer does not need
 * must not stand in its shader at all.
 */
export function shaderDefines(shown: ReadonlySet<Look>, isMarked: boolean): Record<string, string> {
  const defines: Record<string, string> = {};
  for (const look of ['units', 'bar', 'colour', 'matrix'] as const)
    if (shown.has(look)) defines[look.toUpperCase()] = '';
  if (shown.has('image') || shown.has('map') || shown.has('kernel')) defines.MAPS = '';
  if (isMarked) defines.MARKED = '';
  return defines;
}

const lookIs = (look: Look) => `look == ${looks.indexOf(look)}`;

/**
 * Four vertices a quad, alike but for their number. The quad is drawn a little larger than its rectangle (`pad`, world units) so that its frame and
 * its smoothed edge have room. What is the same all over a quad is worked out here.
 */
export const vertexShader = /* glsl */ `
precision highp float;
uniform mat4 modelViewMatrix, projectionMatrix;
uniform float pad;
uniform float pixel;     // drawn pixels a CSS pixel
uniform vec3 background, frame, rule, accent;
#ifdef MARKED
uniform ivec2 chosen;    // quads: the one pointed at, the selected one; −1 for none
uniform vec4 cell;       // column, row of their highlighted cells, −1 for none
#endif
in vec4 rect;            // centre x, y, width, height in the panel's plane
in vec4 texels;          // x, y, slice; texels a row (of one colour)
in vec4 grid;            // columns and rows as drawn, look, colour row
in vec4 gain;            // offset, factor: place on the colour scale = offset + factor · byte; cells a texel; how many cells
out vec2 local;
out vec2 at;             // cells from the quad's top left
flat out vec2 halfSize;
flat out vec4 region;
flat out vec4 cells;
flat out vec4 scale;
flat out vec3 border;
flat out float line;     // pixels
#ifdef MARKED
flat out vec4 rims;      // cells whose rim is drawn; far away for none
#endif
void main() {
  vec2 corner = vec2(gl_VertexID & 1, (gl_VertexID >> 1) & 1) - 0.5;
  local = corner * (rect.zw + 2.0 * pad);
  at = (vec2(local.x, -local.y) / max(rect.zw, vec2(1e-9)) + 0.5) * grid.xy;
  halfSize = 0.5 * rect.zw;
  region = texels;
  cells = grid;
  scale = gain;
  int look = int(grid.z);
  // Kernels, bars and units have no frame of their own; a chosen quad does.
  line = (look <= 1 ? 1.0 : ${lookIs('rule')} ? 0.5 : 0.0) * pixel;
  border = ${lookIs('rule')} ? rule : line > 0.0 ? frame : background;
#ifdef MARKED
  int quad = gl_VertexID >> 2;
  rims = vec4(quad == chosen.x && cell.x >= 0.0 ? cell.xy : vec2(-1e4), quad == chosen.y && cell.z >= 0.0 ? cell.zw : vec2(-1e4));
  if (quad == chosen.x || quad == chosen.y) {
    line = 2.0 * pixel;
    border = accent;
  }
#endif
  gl_Position = projectionMatrix * modelViewMatrix * vec4(rect.xy + local, 0.0, 1.0);
}`;

/**
 * Colours a cell, smooths every edge over one pixel by itself (multisampling would cost each pixel four times), and
 * mixes with the background rather than blend: the quads are opaque.
 */
export const fragmentShader = /* glsl */ `
precision highp float;
precision highp sampler2DArray;
uniform sampler2DArray values;
uniform sampler2D colors;
uniform vec2 slice;      // texels
uniform vec3 background, accent, track;
uniform vec2 tile;       // cells of one kernel in a matrix
uniform float presence;  // 0: not there, 1: wholly there
uniform float pixel;
in vec2 local;
in vec2 at;
flat in vec2 halfSize;
flat in vec4 region;
flat in vec4 cells;
flat in vec4 scale;
flat in vec3 border;
flat in float line;
#ifdef MARKED
flat in vec4 rims;
#endif
out vec4 fragment;

vec3 mapped(float t) {
  return texelFetch(colors, ivec2(int(clamp(t, 0.0, 1.0) * 255.0 + 0.5), int(cells.w)), 0).rgb;
}

#ifdef MARKED
vec3 rimmed(vec3 color, vec2 which, vec2 step) {
  vec2 away = (abs(at - which - 0.5) - 0.5) / step;          // pixels outside the cell
  float rim = abs(max(away.x, away.y));
  return mix(color, accent, clamp(1.5 * pixel - rim, 0.0, 1.0));
}
#endif

void main() {
  int look = int(cells.z);
  vec2 outside = (abs(local) - halfSize) / max(fwidth(local), vec2(1e-6));   // pixels
  float edge = max(outside.x, outside.y);
  float covered = clamp(0.5 - (edge - line), 0.0, 1.0) * presence;
  if (covered <= 0.0) discard;
  float inner = ${lookIs('rule')} ? 0.0 : clamp(0.5 - edge, 0.0, 1.0);
  vec2 step = max(fwidth(at), vec2(1e-6));                     // cells a pixel
  vec3 color = border;
#if defined(MAPS) || defined(BAR) || defined(COLOUR) || defined(MATRIX)
  // Crisp cells with edges one pixel soft: linear filtering, only across that pixel.
  vec2 texel = at / scale.z;
  vec2 seam = floor(texel + 0.5);
  vec2 crisp = clamp(seam + clamp((texel - seam) * scale.z / step, -0.5, 0.5), vec2(0.5), ceil(cells.xy / scale.z) - 0.5);
  vec3 where = vec3((region.xy + crisp) / slice, region.z);
  float byte = texture(values, where).r;
#endif
#if defined(MAPS) || defined(MATRIX)
  color = mapped(scale.x + scale.y * byte);
#endif
#ifdef BAR
  if (${lookIs('bar')}) {
    float filled = clamp(0.5 - (at.x - clamp(scale.x + scale.y * byte, 0.0, 1.0)) / step.x, 0.0, 1.0);
    color = mix(track, accent, filled);
  }
#endif
#ifdef COLOUR
  if (${lookIs('colour')}) {
    vec3 along = vec3(region.w / slice.x, 0.0, 0.0);
    color = vec3(byte, texture(values, where + along).r, texture(values, where + 2.0 * along).r);
  }
#endif
#ifdef MATRIX
  {
    // Gaps between kernels, as wide as there is room: none where a kernel is a few pixels.
    vec2 inTile = mod(at, tile);
    vec2 inset = min(inTile, tile - inTile) / step;
    vec2 gap = clamp(0.06 * tile / step - 0.25, 0.0, 1.5);
    vec2 solid = clamp(inset - gap + 0.5, 0.0, 1.0);
    color = mix(background, color, mix(1.0, min(solid.x, solid.y), min(min(gap.x, gap.y), 1.0)));
  }
#endif
#ifdef UNITS
  if (${lookIs('units')}) {
    // Units are folded as there is room, whatever the rows of the texture are.
    vec2 whole = clamp(floor(at), vec2(0.0), cells.xy - 1.0);
    int index = int(whole.y * cells.x + whole.x + 0.5);
    int across = int(region.w);
    ivec3 unit = ivec3(int(region.x) + index % across, int(region.y) + index / across, int(region.z));
    color = mapped(scale.x + scale.y * texelFetch(values, unit, 0).r);
    vec2 inset = (0.5 - abs(at - whole - 0.5)) / step;         // pixels to the cell's border
    float gap = clamp(0.11 / max(step.x, step.y), 0.0, 1.5);
    float solid = clamp(min(inset.x, inset.y) - gap + 0.5, 0.0, 1.0);
    color = mix(background, color, mix(1.0, solid, min(gap, 1.0)) * (float(index) < scale.w - 0.5 ? 1.0 : 0.0));
  }
#endif
#ifdef MARKED
  color = rimmed(rimmed(color, rims.zw, step), rims.xy, step);
#endif
  fragment = vec4(mix(background, mix(border, color, inner), covered), 1.0);
}`;
