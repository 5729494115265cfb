// C = A B for square matrices. Each invocation keeps a block of 4 x 4 results in registers, so that every vector it reads
// is used four times. SIZE is a multiple of 32.
override SIZE: u32 = 512u;

@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4f>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let width = SIZE / 4u;
  let row = id.y * 4u;
  let column = id.x;
  var r0 = vec4f();
  var r1 = vec4f();
  var r2 = vec4f();
  var r3 = vec4f();
  for (var k = 0u; k < width; k++) {
    let a0 = a[row * width + k];
    let a1 = a[(row + 1u) * width + k];
    let a2 = a[(row + 2u) * width + k];
    let a3 = a[(row + 3u) * width + k];
    let b0 = b[(4u * k) * width + column];
    let b1 = b[(4u * k + 1u) * width + column];
    let b2 = b[(4u * k + 2u) * width + column];
    let b3 = b[(4u * k + 3u) * width + column];
    r0 += a0.x * b0 + a0.y * b1 + a0.z * b2 + a0.w * b3;
    r1 += a1.x * b0 + a1.y * b1 + a1.z * b2 + a1.w * b3;
    r2 += a2.x * b0 + a2.y * b1 + a2.z * b2 + a2.w * b3;
    r3 += a3.x * b0 + a3.y * b1 + a3.z * b2 + a3.w * b3;
  }
  c[row * width + column] = r0;
  c[(row + 1u) * width + column] = r1;
  c[(row + 2u) * width + column] = r2;
  c[(row + 3u) * width + column] = r3;
}
