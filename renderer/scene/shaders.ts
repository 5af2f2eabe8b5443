/**
 * Four vertices a quad, alike but for their number. The quad is drawn a little larger than its rectangle (`pad`, world units) so that its frame and
 * its smoothed edge have room.
 */
export const vertexShader = /* glsl */ `
precision highp float;
uniform mat4 modelViewMatrix, projectionMatrix;
uniform float pad;
in vec4 rect;            // centre x, y, width, height in the panel's plane
in vec4 texels;          // x, y, slice; how many cells
in vec4 grid;            // columns, rows, look, colour row
in vec2 gain;            // offset, factor: place on the colour scale = offset + factor · byte
out vec2 local;
flat out vec2 size;
flat out vec4 region;
flat out vec4 cells;
flat out vec2 scale;
flat out int quad;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, (gl_VertexID >> 1) & 1) - 0.5;
  local = corner * (rect.zw + 2.0 * pad);
  size = rect.zw;
  region = texels;
  cells = grid;
  scale = gain;
  quad = gl_VertexID >> 2;
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
uniform vec3 background, frame, rule, accent, track;
uniform int highlighted; // quad, −1 for none
uniform vec2 cell;       // column, row of the highlighted cell, −1 for none
uniform float pixel;     // drawn pixels a CSS pixel
in vec2 local;
flat in vec2 size;
flat in vec4 region;
flat in vec4 cells;
flat in vec2 scale;
flat in int quad;
out vec4 fragment;

vec3 mapped(float t, int row) {
  return texelFetch(colors, ivec2(int(clamp(t, 0.0, 1.0) * 255.0 + 0.5), row), 0).rgb;
}

void main() {
  int look = int(cells.z);
  vec2 perPixel = max(fwidth(local), vec2(1e-6));
  vec2 outside = (abs(local) - 0.5 * size) / perPixel;   // pixels
  float edge = max(outside.x, outside.y);
  bool chosen = quad == highlighted;
  // Kernels, bars and units have no frame of their own; a chosen one does.
  float line = (chosen ? 2.0 : look <= 1 ? 1.0 : look == 5 ? 0.5 : 0.0) * pixel;
  float covered = clamp(0.5 - (edge - line), 0.0, 1.0);
  if (covered <= 0.0) discard;
  vec3 border = chosen ? accent : look == 5 ? rule : line > 0.0 ? frame : background;
  vec3 paint = border;
  float inner = look == 5 ? 0.0 : clamp(0.5 - edge, 0.0, 1.0);
  if (inner > 0.0) {
    vec2 uv = vec2(local.x / size.x + 0.5, 0.5 - local.y / size.y);
    vec2 at = clamp(uv, 0.0, 1.0) * cells.xy;
    vec2 step = max(perPixel / size * cells.xy, vec2(1e-6));  // cells a pixel
    // Crisp cells with edges one pixel soft: linear filtering, only across that pixel.
    vec2 seam = floor(at + 0.5);
    vec2 crisp = clamp(seam + clamp((at - seam) / step, -0.5, 0.5), vec2(0.5), cells.xy - 0.5);
    float byte = texture(values, vec3((region.xy + crisp) / slice, region.z)).r;
    float t = scale.x + scale.y * byte;
    vec3 color;
    if (look == 4) {
      float filled = clamp(0.5 - (uv.x - clamp(t, 0.0, 1.0)) * size.x / perPixel.x, 0.0, 1.0);
      color = mix(track, accent, filled);
    } else {
      color = mapped(t, int(cells.w));
    }
    if (look == 3) {
      vec2 whole = floor(at);
      vec2 inset = (0.5 - abs(at - whole - 0.5)) / step;       // pixels to the cell's border
      float gap = clamp(0.11 / max(step.x, step.y), 0.0, 1.5);
      float solid = clamp(min(inset.x, inset.y) - gap + 0.5, 0.0, 1.0);
      float empty = whole.y * cells.x + whole.x >= region.w ? 0.0 : 1.0;
      color = mix(background, color, mix(1.0, solid, min(gap, 1.0)) * empty);
    }
    if (chosen && cell.x >= 0.0) {
      vec2 away = (abs(at - cell - 0.5) - 0.5) / step;         // pixels outside the cell
      float rim = abs(max(away.x, away.y));
      color = mix(color, accent, clamp(1.5 * pixel - rim, 0.0, 1.0));
    }
    paint = mix(border, color, inner);
  }
  fragment = vec4(mix(background, paint, covered), 1.0);
}`;
