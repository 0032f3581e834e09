/** A rectangle; which unit is the caller's. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The worst ratio of sides in a row of areas along a side: `largest` and `smallest` are of the row, `sum` is all of it. */
const worst = (largest: number, smallest: number, sum: number, side: number): number =>
  Math.max((side * side * largest) / (sum * sum), (sum * sum) / (side * side * smallest));

/**
 * Divides a box into one for each value, in the order of the values, each as large as its value's share of the sum and as
 * near to a square as it can be: the squarified treemap of Bruls, Huizing and van Wijk (2000). Values are positive; a value
 * that is not gets an empty box.
 */
export function squarify(values: readonly number[], box: Box): Box[] {
  const boxes: Box[] = values.map(() => ({ x: box.x, y: box.y, width: 0, height: 0 }));
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  if (total <= 0 || box.width <= 0 || box.height <= 0) return boxes;
  const scale = (box.width * box.height) / total;
  const areas = values
    .map((value, at) => ({ at, area: Math.max(0, value) * scale }))
    .filter(({ area }) => area > 0)
    .toSorted((a, b) => b.area - a.area || a.at - b.at);
  let rest = box;
  for (let from = 0; from < areas.length;) {
    const side = Math.min(rest.width, rest.height);
    const largest = areas[from]?.area ?? 0;
    let sum = largest;
    let to = from + 1;
    let ratio = worst(largest, largest, sum, side);
    for (let next = areas[to]; next !== undefined; next = areas[to]) {
      const wider = worst(largest, next.area, sum + next.area, side);
      if (wider > ratio) break;
      sum += next.area;
      ratio = wider;
      to++;
    }
    // What is left of the last row by rounding belongs to it: nothing of the box stays bare.
    const last = to === areas.length;
    rest = lay(areas.slice(from, to), sum, rest, last, boxes);
    from = to;
  }
  return boxes;
}

/** Lays a row along the shorter side of a box; what is left of the box comes back. */
function lay(
  row: readonly { at: number; area: number }[],
  sum: number,
  { x, y, width, height }: Box,
  last: boolean,
  boxes: Box[],
): Box {
  const upright = width >= height;
  const side = upright ? height : width;
  const depth = last ? (upright ? width : height) : sum / side;
  let along = 0;
  for (const { at, area } of row) {
    const length = (area / sum) * side;
    boxes[at] = upright
      ? { x, y: y + along, width: depth, height: length }
      : { x: x + along, y, width: length, height: depth };
    along += length;
  }
  return upright
    ? { x: x + depth, y, width: Math.max(0, width - depth), height }
    : { x, y: y + depth, width, height: Math.max(0, height - depth) };
}
