// Where edges begin and end at the sides of nodes, and where their labels find room.

const APART = 9;

/** Spreads the ends of edges over the sides of their nodes, in the order of where they go, so that they cross little. */
export function spread(chains) {
  const sides = new Map();
  const note = (cell, side, one, other, at = side) => {
    const key = `${cell.key} ${at}`;
    if (!sides.has(key)) sides.set(key, {cell, ends: []});
    sides.get(key).ends.push({one, side, towards: other.y + other.high / 2});
  };
  for (const one of chains) {
    note(one.chain[0], 'start', one, one.chain[1]);
    const within = one.chain[0].layer === one.chain.at(-1).layer;
    note(one.chain.at(-1), 'end', one, one.chain.at(-2), within ? 'start' : 'end');
  }
  for (const {cell, ends} of sides.values()) {
    ends.sort((a, b) => a.towards - b.towards);
    const apart = Math.min(APART, (cell.high - 12) / Math.max(1, ends.length - 1));
    ends.forEach(({one, side}, i) => {
      one[side] = cell.y + cell.high / 2 + (i - (ends.length - 1) / 2) * apart;
    });
  }
}

const LABELS_UP_TO = 120;
const TRIES = [0.5, 0.4, 0.6, 0.32, 0.68];
const WIDE = 6.6;
const HIGH = 14;

/** Gives each edge a place for its label where no other label stands; those that find none show it only when asked. */
export function labels(edges, longest) {
  const taken = [];
  for (const one of edges) {
    if (!one.points) continue;
    if (edges.length > LABELS_UP_TO) {
      one.label = {x: along(one.points, 0.5)[0], y: along(one.points, 0.5)[1], free: false};
      continue;
    }
    const half = (Math.min(longest, one.edge.services.length) * WIDE) / 2;
    const places = TRIES.map((part) => along(one.points, part));
    const free = places.find(([x, y]) => taken.every((box) => Math.abs(box.x - x) > box.half + half || Math.abs(box.y - y) > HIGH));
    const [x, y] = free ?? places[0];
    one.label = {x, y, free: Boolean(free)};
    if (free) taken.push({x, y, half});
  }
}

// A point of the first bend of an edge, which lies between two layers where no nodes are.
function along([[x1, y1], [x2, y2]], part) {
  const rest = 1 - part;
  const middle = (x1 + x2) / 2;
  const bend = (a, b, c, d) => rest ** 3 * a + 3 * rest ** 2 * part * b + 3 * rest * part ** 2 * c + part ** 3 * d;
  return [bend(x1, middle, middle, x2), bend(y1, y1, y2, y2)];
}
