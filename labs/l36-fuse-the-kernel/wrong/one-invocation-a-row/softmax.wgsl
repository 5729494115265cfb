// One invocation a row: no barrier is needed, and every number is fetched three times.
@compute @workgroup_size(64)
fn softmax(@builtin(global_invocation_id) id: vec3u) {
  let row = id.x;
  if (row >= shape.rows) {
    return;
  }
  let start = row * shape.stride;
  var largest = -3.4e38;
  for (var column = 0u; column < shape.columns; column++) {
    largest = max(largest, read_score(start + column) * shape.scale);
  }
  var sum = 0.0;
  for (var column = 0u; column < shape.columns; column++) {
    let raised = exp(read_score(start + column) * shape.scale - largest);
    write_scratch(start + column, raised);
    sum += raised;
  }
  for (var column = 0u; column < shape.columns; column++) {
    write_weight(start + column, read_scratch(start + column) / sum);
  }
}
