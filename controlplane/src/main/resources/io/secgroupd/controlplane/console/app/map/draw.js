// The map as SVG. Colours never speak alone: each kind of edge has its own dashes too, and the list says the same in words.

import {html, svg, nothing} from '/console/lib/lit-html/lit-html.js';
import {repeat} from '/console/lib/lit-html/directives/repeat.js';
import {CROWD, NODE} from './layout.js';
import {counted} from '../parts/time.js';

/** What each look of an edge means. */
export const LOOKS = {
  used: 'used', unused: 'allowed, unused', refused: 'refused attempts', blocked: 'blocked by the other half',
  added: 'added by the draft', removed: 'removed by the draft',
};

/** The drawing; `chosen` is the key of the node or edge in the side panel. */
export function drawing(placed, chosen, open, focus) {
  const near = neighbours(placed, chosen);
  return svg`<g id="map-content" class="${near ? 'dimmed' : ''} ${placed.edges.length > CROWD ? 'crowded' : ''}">
    ${repeat(placed.edges, (one) => one.edge.key, (one) => edge(one, chosen, near, open))}
    ${placed.edges.map((one) => name(one, near))}
    ${repeat(placed.nodes, (one) => one.key, (one) => node(one, chosen, near, open, focus))}</g>`;
}

function neighbours(placed, chosen) {
  if (!chosen) return null;
  const near = new Set([chosen]);
  for (const {edge: {key, from, to}} of placed.edges) {
    if (key === chosen || from === chosen || to === chosen) [key, from, to].forEach((one) => near.add(one));
  }
  return near.size > 1 || placed.nodes.some((one) => one.id === chosen) ? near : null;
}

const keys = (act) => (event) => {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  event.preventDefault();
  act();
};

function edge({edge: one, points, loop, label}, chosen, near, open) {
  const path = loop ? null : curve(points);
  const act = () => open({kind: 'edge', key: one.key});
  const lit = near?.has(one.key) ? 'near' : '';
  const words = `${one.from} to ${one.to}, ${one.services}: ${LOOKS[one.look]}${one.hits ? `, ${counted(one.hits, 'hit')}` : ''}`;
  if (loop) return nothing;
  const [x, y] = points.at(-1);
  const way = x >= points.at(-2)[0] ? -1 : 1;
  return svg`<g class="edge ${one.look} ${lit} ${one.key === chosen ? 'chosen' : ''}" role="button" tabindex="0" aria-label=${words}
      data-test="edge" data-from=${one.from} data-to=${one.to} data-look=${one.look} @click=${act} @keydown=${keys(act)}>
    <title>${words}</title><path class="hit" d=${path}></path>
    <path class="line" d=${path} stroke-width=${1.5 + Math.min(4, Math.log10(1 + one.hits) * 0.8)}></path>
    <path class="arrow" d="M${x} ${y}l${way * 8}-4.5v9z"></path>
    ${!label.free ? svg`<text class="edge-label quiet" x=${label.x} y=${label.y + 4}>${one.services}</text>` : nothing}</g>`;
}

// Labels lie over all edges, or those that are drawn later would cross them out.
const name = ({edge: one, label}, near) => (label?.free ? svg`<text class="edge-label ${near?.has(one.key) ? 'near' : ''}"
    x=${label.x} y=${label.y + 4}
  aria-hidden="true">${cut(one.services, 18)}</text>` : nothing);

function curve(points) {
  let path = `M${points[0][0]} ${points[0][1]}`;
  for (let i = 1; i < points.length; i++) {
    const [x, y] = points[i];
    const [before, high] = points[i - 1];
    const bend = Math.abs(x - before) / 2;
    if (points.length === 3) path += i === 1 ? `C${x} ${high} ${x} ${points[2][1]} ${points[2][0]} ${points[2][1]}` : '';
    else path += high === y ? `L${x} ${y}`
        : `C${before + Math.sign(x - before) * bend} ${high} ${x - Math.sign(x - before) * bend} ${y} ${x} ${y}`;
  }
  return path;
}

const GLYPHS = {group: '', list: '≡', prefix: '#', any: '∗'};
const cut = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

function node(one, chosen, near, open, focus) {
  const act = () => open({kind: 'node', id: one.id});
  const under = one.kind === 'group' ? counted(one.members, 'member') : one.kind === 'list' ? counted(one.members, 'prefix',
      'prefixes')
    : one.kind === 'any' ? 'every address' : 'prefix';
  return svg`<g class="node ${one.kind} ${one.change ?? ''} ${near?.has(one.id) ? 'near' : ''} ${one.id === chosen ? 'chosen' : ''}"
      transform="translate(${one.x} ${one.y})" role="button" tabindex="0" aria-label="${one.kind} ${one.label}, ${under}"
      data-test="node" data-id=${one.id} @click=${act} @keydown=${keys(act)} @dblclick=${() => focus(one.id)}>
    <title>${one.label} (${one.id})</title>
    <rect class="box" width=${NODE.wide} height=${NODE.high} rx=${one.kind === 'group' ? 8 : 22}></rect>
    <svg x="14" width=${NODE.wide - (one.self ? 38 : 24)} height=${NODE.high}>
      <text class="name" y="18">${cut(`${GLYPHS[one.kind]} ${one.label}`.trim(), 26)}</text>
      <text class="under" y="34">${under}${one.clusters?.length ? ` · ${cut(one.clusters.join(', '), 20)}` : ''}</text></svg>
    ${one.self ? svg`<text class="self" x=${NODE.wide - 20} y="18"><title>Its members reach each other:
        ${one.self}</title>⟲</text>` : nothing}</g>`;
}

/** The legend: each look with its name. */
export const legend = (looks) => html`<ul class="legend" aria-label="Legend">${looks.map((look) => html`<li>
  <svg viewBox="0 0 28 8" aria-hidden="true"><g class="edge ${look}"><path class="line" d="M0 4h28"
    stroke-width="2"></path></g></svg>
  ${LOOKS[look]}</li>`)}</ul>`;
