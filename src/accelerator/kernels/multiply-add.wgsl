// Eight chains of multiply-adds on vectors of four, all in registers: 64 operations a step, no memory in between.
struct Settings {
  steps: u32,
  factor: f32,
  term: f32,
}

@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var<storage, read_write> sink: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let m = vec4f(settings.factor);
  let t = vec4f(settings.term);
  var a = vec4f(f32(id.x) * 0.0001);
  var b = a + 0.1;
  var c = a + 0.2;
  var d = a + 0.3;
  var e = a + 0.4;
  var f = a + 0.5;
  var g = a + 0.6;
  var h = a + 0.7;
  for (var step = 0u; step < settings.steps; step++) {
    a = a * m + t;
    b = b * m + t;
    c = c * m + t;
    d = d * m + t;
    e = e * m + t;
    f = f * m + t;
    g = g * m + t;
    h = h * m + t;
  }
  // The results must be wanted, or the compiler leaves the work out.
  sink[id.x] = a + b + c + d + e + f + g + h;
}
