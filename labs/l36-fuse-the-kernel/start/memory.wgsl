// What a pass may read and write. Read only: this file stands before softmax.wgsl when it is compiled. The grade has
// one of its own with the same names, which counts. The buffers themselves have other names there, so use the functions.

struct Shape {
  rows: u32,
  columns: u32,
  // Numbers from the start of a row to the start of the next one: at least `columns`. What lies between is not yours.
  stride: u32,
  scale: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> m_scores: array<f32>;
@group(0) @binding(2) var<storage, read_write> m_weights: array<f32>;
// Room for what one pass leaves to the next: rows * stride numbers, and two more for each row behind them.
@group(0) @binding(3) var<storage, read_write> m_scratch: array<f32>;

fn read_score(at: u32) -> f32 {
  return m_scores[at];
}

fn write_weight(at: u32, value: f32) {
  m_weights[at] = value;
}

fn read_scratch(at: u32) -> f32 {
  return m_scratch[at];
}

fn write_scratch(at: u32, value: f32) {
  m_scratch[at] = value;
}
