// What softmax.wgsl was in the beginning, for comparison. Read only.

// Behind the numbers of all rows lie two more for each row: its largest number and its sum.
fn largest_of(row: u32) -> u32 {
  return shape.rows * shape.stride + row;
}

fn sum_of(row: u32) -> u32 {
  return shape.rows * shape.stride + shape.rows + row;
}

fn is_outside(at: u32) -> bool {
  return at / shape.stride >= shape.rows || at % shape.stride >= shape.columns;
}

@compute @workgroup_size(64)
fn scale_scores(@builtin(global_invocation_id) id: vec3u) {
  let at = id.x;
  if (is_outside(at)) {
    return;
  }
  write_scratch(at, read_score(at) * shape.scale);
}

@compute @workgroup_size(64)
fn find_largest(@builtin(global_invocation_id) id: vec3u) {
  let row = id.x;
  if (row >= shape.rows) {
    return;
  }
  var largest = read_scratch(row * shape.stride);
  for (var column = 1u; column < shape.columns; column++) {
    largest = max(largest, read_scratch(row * shape.stride + column));
  }
  write_scratch(largest_of(row), largest);
}

@compute @workgroup_size(64)
fn raise(@builtin(global_invocation_id) id: vec3u) {
  let at = id.x;
  if (is_outside(at)) {
    return;
  }
  write_scratch(at, exp(read_scratch(at) - read_scratch(largest_of(at / shape.stride))));
}

@compute @workgroup_size(64)
fn add_up(@builtin(global_invocation_id) id: vec3u) {
  let row = id.x;
  if (row >= shape.rows) {
    return;
  }
  var sum = 0.0;
  for (var column = 0u; column < shape.columns; column++) {
    sum += read_scratch(row * shape.stride + column);
  }
  write_scratch(sum_of(row), sum);
}

@compute @workgroup_size(64)
fn divide(@builtin(global_invocation_id) id: vec3u) {
  let at = id.x;
  if (is_outside(at)) {
    return;
  }
  write_weight(at, read_scratch(at) / read_scratch(sum_of(at / shape.stride)));
}
