// The weights of attention: softmax(scale * score) for each row, in one pass. A workgroup takes a row, reads it once
// into its own memory, and leaves nothing for a later pass.

const SIZE = 64u;
const MOST_COLUMNS = 1024u;

var<workgroup> numbers: array<f32, MOST_COLUMNS>;
var<workgroup> parts: array<f32, SIZE>;

@compute @workgroup_size(SIZE)
fn softmax(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let me = local.x;
  let start = group.x * shape.stride;

  // Each invocation takes every 64th number, and finds the largest of its own.
  var largest = -3.4e38;
  for (var column = me; column < shape.columns; column += SIZE) {
    let number = read_score(start + column) * shape.scale;
    numbers[column] = number;
    largest = max(largest, number);
  }
  parts[me] = largest;
  workgroupBarrier();
  for (var half = SIZE / 2u; half > 0u; half /= 2u) {
    if (me < half) {
      parts[me] = max(parts[me], parts[me + half]);
    }
    workgroupBarrier();
  }
  largest = parts[0];
  // Nobody may overwrite what somebody has not read yet.
  workgroupBarrier();

  var sum = 0.0;
  for (var column = me; column < shape.columns; column += SIZE) {
    let raised = exp(numbers[column]);
    numbers[column] = raised;
    sum += raised;
  }
  parts[me] = sum;
  workgroupBarrier();
  for (var half = SIZE / 2u; half > 0u; half /= 2u) {
    if (me < half) {
      parts[me] += parts[me + half];
    }
    workgroupBarrier();
  }
  sum = parts[0];

  for (var column = me; column < shape.columns; column += SIZE) {
    write_weight(start + column, numbers[column] / sum);
  }
}
