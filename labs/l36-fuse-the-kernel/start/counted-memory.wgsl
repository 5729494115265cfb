// The same functions as in memory.wgsl, which also count: what was read and written, and what did not belong to a row.

struct Shape {
  rows: u32,
  columns: u32,
  stride: u32,
  scale: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> m_scores: array<f32>;
@group(0) @binding(2) var<storage, read_write> m_weights: array<f32>;
@group(0) @binding(3) var<storage, read_write> m_scratch: array<f32>;
// Scores read, weights written, scratch read, scratch written; scores and weights outside of the rows; the line of a
// loop that did not end.
@group(0) @binding(4) var<storage, read_write> m_counts: array<atomic<u32>, 7>;

fn m_is_outside(at: u32) -> bool {
  return at / shape.stride >= shape.rows || at % shape.stride >= shape.columns;
}

fn m_report(line: u32) {
  atomicMax(&m_counts[6], line);
}

fn read_score(at: u32) -> f32 {
  atomicAdd(&m_counts[0], 1u);
  if (m_is_outside(at)) {
    atomicAdd(&m_counts[4], 1u);
  }
  return m_scores[at];
}

fn write_weight(at: u32, value: f32) {
  atomicAdd(&m_counts[1], 1u);
  if (m_is_outside(at)) {
    atomicAdd(&m_counts[5], 1u);
  }
  m_weights[at] = value;
}

fn read_scratch(at: u32) -> f32 {
  atomicAdd(&m_counts[2], 1u);
  return m_scratch[at];
}

fn write_scratch(at: u32, value: f32) {
  atomicAdd(&m_counts[3], 1u);
  m_scratch[at] = value;
}
