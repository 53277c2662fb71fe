// Places the nodes of the map in layers from left to right: who opens connections stands left of whom they reach. The steps are
// the usual ones: break cycles, find layers, put way-points into long edges, reduce crossings, give coordinates.

import {layers} from './layers.js';
import {order} from './order.js';
import {columns} from './columns.js';
import {labels, spread} from './ends.js';

export const NODE = {wide: 168, high: 44};
const GAP = {x: 92, y: [14, 52]};
const ROOM = 760;
const LABEL = 18;
const BULGE = 44;
export const CROWD = 300;

/** Nodes with x and y, and edges with their points, and how large it all is. */
export function layout(nodes, edges) {
  const {parts, links} = split(nodes, edges);
  const forward = acyclic(parts, links);
  for (const link of links.filter((one) => one.loop)) parts.find((part) => part.key === link.from).self = link.edge.services;
  const joined = new Set(links.flatMap((link) => [link.from, link.to]));
  const drawn = parts.filter((part) => joined.has(part.key));
  const layerOf = layers(drawn, forward);
  turn(forward, layerOf);
  const {cells, chains} = wayPoints(drawn, forward, layerOf);
  const rows = order(cells, chains);
  const most = Math.max(1, ...rows.map((row) => row.filter((cell) => !cell.way).length));
  const high = columns(rows, chains, Math.max(GAP.y[0], Math.min(GAP.y[1], ROOM / most - NODE.high)));
  for (const cell of cells) cell.x = cell.layer * (NODE.wide + GAP.x);
  spread(chains);
  const drawnLinks = links.map((link) => ({...link, points: pointsOf(link, chains)}));
  labels(drawnLinks, LABEL);
  const wide = Math.max(1, rows.length) * (NODE.wide + GAP.x) - GAP.x;
  const rest = shelve(parts.filter((part) => !joined.has(part.key)), high, Math.max(wide, 4 * (NODE.wide + 24)));
  return {
    nodes: [...drawn, ...rest.parts],
    edges: drawnLinks,
    width: Math.max(wide, rest.wide),
    height: Math.max(high, rest.high),
  };
}

// What is outside (any, prefixes, lists) is shown twice if it is both where connections come from and where they go to: once at
// the left and once at the right. Otherwise it would tie all layers into cycles.
function split(nodes, edges) {
  const comes = new Set(edges.map((edge) => edge.from));
  const goes = new Set(edges.map((edge) => edge.to));
  const twice = new Set(nodes.filter((node) => node.kind !== 'group' && comes.has(node.id) && goes.has(node.id)).map((node) =>
      node.id));
  const parts = nodes.flatMap((node) => (twice.has(node.id)
    ? [{...node, key: node.id}, {...node, key: `${node.id} out`}] : [{...node, key: node.id}]));
  const links = edges.map((edge) => ({edge, from: edge.from, to: twice.has(edge.to) ? `${edge.to} out` : edge.to}));
  return {parts, links};
}

// Marks links that would close a cycle as turned, and those of a node to itself as loops.
function acyclic(parts, links) {
  const out = new Map(parts.map((part) => [part.key, []]));
  for (const link of links) {
    link.loop = link.from === link.to;
    if (!link.loop) out.get(link.from).push(link);
  }
  const seen = new Map();
  for (const part of parts) walk(part.key, out, seen);
  return links.filter((link) => !link.loop).map((link) => (link.turned
    ? {link, from: link.to, to: link.from} : {link, from: link.from, to: link.to}));
}

// A walk in depth with its own stack, since a policy may be deeper than the stack of the language.
function walk(start, out, seen) {
  if (seen.has(start)) return;
  const path = [{key: start, next: 0}];
  seen.set(start, 'open');
  while (path.length > 0) {
    const here = path.at(-1);
    const link = out.get(here.key)[here.next++];
    if (!link) {
      seen.set(here.key, 'done');
      path.pop();
    } else if (seen.get(link.to) === 'open') {
      link.turned = true;
    } else if (!seen.has(link.to)) {
      seen.set(link.to, 'open');
      path.push({key: link.to, next: 0});
    }
  }
}

// Edges that go back from one layer to another are laid out the other way round.
function turn(forward, layerOf) {
  for (const one of forward) {
    if (layerOf.get(one.from) <= layerOf.get(one.to)) continue;
    [one.from, one.to] = [one.to, one.from];
    one.link.turned = !one.link.turned;
  }
}

// An edge over several layers gets a way-point in each between, so that it goes around nodes and not under them. In a crowd that
// would leave more room to edges than to nodes.
function wayPoints(parts, forward, layerOf) {
  const cellOf = new Map(parts.map((part) => [part.key, Object.assign(part, {layer: layerOf.get(part.key), high: NODE.high})]));
  const cells = [...cellOf.values()];
  const chains = forward.map(({link, from, to}) => {
    const chain = [cellOf.get(from)];
    for (let layer = layerOf.get(from) + 1; layer < layerOf.get(to) && forward.length <= CROWD; layer++) {
      const point = {layer, high: 8, way: true};
      cells.push(point);
      chain.push(point);
    }
    chain.push(cellOf.get(to));
    return {link, chain};
  });
  return {cells, chains};
}

function pointsOf(link, chains) {
  const found = chains.byLink ??= new Map(chains.map((one) => [one.link, one]));
  if (!found.has(link)) return null;
  const {chain, start, end} = found.get(link);
  const [first, last] = [chain[0], chain.at(-1)];
  if (first.layer === last.layer) {
    const x = first.x + NODE.wide;
    const points = [[x, start], [x + BULGE, (start + end) / 2], [x, end]];
    return link.turned ? points.reverse() : points;
  }
  const points = chain.flatMap((cell, i) => {
    const y = cell.y + cell.high / 2;
    if (i === 0) return [[cell.x + NODE.wide, start]];
    return i === chain.length - 1 ? [[cell.x, end]] : [[cell.x, y], [cell.x + NODE.wide, y]];
  });
  return link.turned ? points.reverse() : points;
}

// Nodes without any edge stand below, in rows.
function shelve(parts, top, wide) {
  const inRow = Math.max(1, Math.floor(wide / (NODE.wide + 24)));
  const start = top === 0 ? 0 : top + 48;
  parts.forEach((part, i) => Object.assign(part, {
    x: (i % inRow) * (NODE.wide + 24), y: start + Math.floor(i / inRow) * (NODE.high + GAP.y[0]), high: NODE.high,
  }));
  const rows = Math.ceil(parts.length / inRow);
  return {
    parts, wide: parts.length === 0 ? 0 : Math.min(parts.length, inRow) * (NODE.wide + 24) - 24,
    high: rows === 0 ? 0 : start + rows * (NODE.high + GAP.y[0]) - GAP.y[0],
  };
}
