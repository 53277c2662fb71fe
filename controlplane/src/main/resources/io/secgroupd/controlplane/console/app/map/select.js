// Which nodes and edges the map shows, and what happened along each edge.

const CROWD = 60;

/** Joins the map of the policy with what the daemon has counted: each edge gets its hits, and refused attempts become edges. */
export function withUse(map, use) {
  const hits = new Map(use.rules.map((rule) => [`${rule.group} ${rule.rule}`, rule]));
  const edges = map.edges.map((edge) => {
    const used = edge.rules.map((rule) => hits.get(`${rule.group} ${rule.id}`)).filter(Boolean);
    const total = Math.max(0, ...used.map((rule) => rule.hits));
    return {...edge, key: `${edge.from} ${edge.to}`, hits: total, last: Math.max(0, ...used.map((rule) => rule.last)),
        look: lookOf(edge, total)};
  });
  const known = new Set(map.nodes.map((node) => node.id));
  return {nodes: map.nodes, edges: [...edges, ...refusals(use.refused, known)]};
}

function lookOf(edge, hits) {
  if (edge.change === 'added') return 'added';
  if (edge.change === 'removed') return 'removed';
  if (edge.state === 'blocked') return 'blocked';
  return hits > 0 ? 'used' : 'unused';
}

function refusals(refused, known) {
  const pairs = new Map();
  for (const one of refused) {
    if (!known.has(one.from) || !known.has(one.to)) continue;
    const key = `${one.from} ${one.to} refused`;
    const edge = pairs.get(key) ?? {key, from: one.from, to: one.to, rules: [], refusals: [], hits: 0, last: 0, look: 'refused',
        state: 'refused'};
    edge.refusals.push(one);
    edge.hits += one.count;
    edge.last = Math.max(edge.last, one.last);
    pairs.set(key, edge);
  }
  return [...pairs.values()].map((edge) => ({...edge, services: edge.refusals.map((one) => one.service).join(', ')}));
}

/** What is shown of it: what the options and the filter let through, and only the most important of a crowd. */
export function selected({nodes, edges}, options, text) {
  const hidden = new Set(options.hidden);
  let shownEdges = edges.filter((edge) => (options.implied || !edge.implied) && (options.refused || edge.look !== 'refused')
    && !hidden.has(edge.from) && !hidden.has(edge.to));
  if (options.noisy) shownEdges = quiet(shownEdges, nodes);
  let wanted = new Set(nodes.filter((node) => !hidden.has(node.id)).map((node) => node.id));
  if (options.focus) wanted = around(options.focus, shownEdges, options.hops);
  else if (text.trim() !== '') wanted = found(nodes, shownEdges, text.trim().toLowerCase());
  else wanted = worthShowing(nodes, shownEdges, wanted);
  const matched = wanted.size;
  if (matched > CROWD) wanted = foremost(wanted, shownEdges, options.limit);
  return {
    nodes: nodes.filter((node) => wanted.has(node.id)),
    edges: shownEdges.filter((edge) => wanted.has(edge.from) && wanted.has(edge.to)),
    matched,
  };
}

// Without a question, all groups are shown, and of the rest what has an edge.
function worthShowing(nodes, edges, wanted) {
  const joined = new Set(ends(edges));
  return new Set(nodes.filter((node) => wanted.has(node.id) && (node.kind === 'group' || joined.has(node.id))).map((node) =>
      node.id));
}

const ends = (edges) => edges.flatMap((edge) => [edge.from, edge.to]);

function degrees(edges) {
  const degree = new Map();
  for (const id of ends(edges)) degree.set(id, (degree.get(id) ?? 0) + 1);
  return degree;
}

// Noisy is who has an edge with a quarter of all others: the line to it says little about either.
function quiet(edges, nodes) {
  const degree = degrees(edges);
  const most = Math.max(8, nodes.length / 4);
  return edges.filter((edge) => degree.get(edge.from) < most && degree.get(edge.to) < most);
}

function around(focus, edges, hops) {
  let near = new Set([focus]);
  for (let i = 0; i < hops; i++) {
    near = new Set([...near, ...ends(edges.filter((edge) => near.has(edge.from) || near.has(edge.to)))]);
  }
  return near;
}

function found(nodes, edges, wanted) {
  const hits = new Set(nodes.filter((node) => [node.id, node.label, ...(node.clusters ?? [])].some(
    (text) => String(text ?? '').toLowerCase().includes(wanted))).map((node) => node.id));
  return new Set([...hits, ...ends(edges.filter((edge) => hits.has(edge.from) || hits.has(edge.to)))]);
}

function foremost(wanted, edges, limit) {
  const score = new Map([...wanted].map((id) => [id, 0]));
  for (const edge of edges) {
    const worth = 1 + Math.log10(1 + edge.hits) * 2 + (edge.look === 'added' || edge.look === 'removed' ? 100 : 0);
    for (const id of [edge.from, edge.to]) if (score.has(id)) score.set(id, score.get(id) + worth);
  }
  return new Set([...wanted].sort((a, b) => score.get(b) - score.get(a)).slice(0, limit));
}
