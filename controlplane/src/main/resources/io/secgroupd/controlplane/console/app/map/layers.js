// Which layer each node stands in.

const DEEPEST = 16;
const FOLDED = 10;

/** The layer of each part: right of all who reach it, unless that made the map longer than anybody follows. */
export function layers(parts, forward) {
  const outgoing = new Map(parts.map((part) => [part.key, []]));
  const incoming = new Map(parts.map((part) => [part.key, 0]));
  for (const one of forward) {
    outgoing.get(one.from).push(one.to);
    incoming.set(one.to, incoming.get(one.to) + 1);
  }
  const sources = new Set(parts.filter((part) => incoming.get(part.key) === 0).map((part) => part.key));
  const long = longest(parts, outgoing, new Map(incoming), sources);
  if (Math.max(0, ...long.values()) >= DEEPEST) return folded(parts, long);
  return pulled(parts, outgoing, sources, long);
}

// One layer right of the last that reaches it.
function longest(parts, outgoing, incoming, sources) {
  const layer = new Map(parts.map((part) => [part.key, 0]));
  const ready = [...sources];
  for (let key = ready.pop(); key !== undefined; key = ready.pop()) {
    for (const to of outgoing.get(key)) {
      layer.set(to, Math.max(layer.get(to), layer.get(key) + 1));
      incoming.set(to, incoming.get(to) - 1);
      if (incoming.get(to) === 0) ready.push(to);
    }
  }
  return layer;
}

// Groups that nobody reaches move right, next to whom they reach; what is outside stays at the left.
function pulled(parts, outgoing, sources, layer) {
  for (const part of parts) {
    if (part.kind !== 'group' || !sources.has(part.key)) continue;
    const next = Math.min(...outgoing.get(part.key).map((to) => layer.get(to)));
    if (Number.isFinite(next)) layer.set(part.key, next - 1);
  }
  return layer;
}

// A deep map is folded: its nodes keep their order from left to right and fill few layers evenly. Some edges then stay in a layer.
function folded(parts, layer) {
  const ranked = [...parts].sort((a, b) => layer.get(a.key) - layer.get(b.key));
  const each = Math.ceil(ranked.length / FOLDED);
  return new Map(ranked.map((part, i) => [part.key, Math.floor(i / each)]));
}
