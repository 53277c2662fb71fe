// Which layer each node stands in.

const DEEPEST = 10;

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
  if (Math.max(0, ...long.values()) >= DEEPEST) return nearest(parts, outgoing, sources);
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

// As many layers right of the outside as there are steps at least: no map is deep, but some edges stay within a layer or go back.
function nearest(parts, outgoing, sources) {
  const layer = new Map([...sources].map((key) => [key, 0]));
  const ready = [...sources];
  for (const key of ready) {
    for (const to of outgoing.get(key)) {
      if (layer.has(to)) continue;
      layer.set(to, layer.get(key) + 1);
      ready.push(to);
    }
  }
  for (const part of parts) if (!layer.has(part.key)) layer.set(part.key, 0);
  return layer;
}
