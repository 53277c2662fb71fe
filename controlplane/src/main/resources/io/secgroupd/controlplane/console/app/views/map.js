// The map: who may talk to whom, and who does.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {state, remembered} from '../state.js';
import {mapOptions, showsDraft} from '../map/load.js';
import {withUse, selected} from '../map/select.js';
import {layout} from '../map/layout.js';
import {drawing, legend, LOOKS} from '../map/draw.js';
import {settle, fit, zoom, wheel, grab, drag, drop, key} from '../map/viewport.js';
import {button, empty, filterBox, head, nameOf, open, segments, toggle} from '../parts/bits.js';
import {icons} from '../parts/icons.js';
import {ago, count, counted} from '../parts/time.js';

const joined = remembered(withUse);
const chosenOf = remembered(selected);
let drawings = 0;

// What is counted changes every few seconds; nodes move only when there are others than before.
let kept = {shape: null};

function placedFor(shape, shown) {
  if (kept.shape !== shape) kept = {...layout(shown.nodes, shown.edges), shape, key: ++drawings};
  return kept;
}

/** What the map shows now. */
export function shownNow() {
  return chosenOf(joined(state.map, state.use), state.mapOptions, state.filters.map ?? '');
}

function place(shown) {
  const shape = [...shown.nodes.map((node) => node.id), ...shown.edges.map((edge) => edge.key)].join('\n');
  const placed = placedFor(shape, shown);
  const nodes = new Map(shown.nodes.map((node) => [node.id, node]));
  const edges = new Map(shown.edges.map((edge) => [edge.key, edge]));
  return {
    ...placed,
    nodes: placed.nodes.map((one) => ({...one, ...nodes.get(one.id), key: one.key})),
    edges: placed.edges.map((one) => ({...one, edge: edges.get(one.edge.key)})),
  };
}

/** The view. */
export function mapView() {
  if (!state.map) return html`${head('Map', null)}<div class="loading" aria-busy="true">Drawing the map…</div>`;
  const shown = shownNow();
  const options = state.mapOptions;
  return html`${head('Map', `${count(shown.nodes.length)} of ${count(state.map.nodes.length)}`,
      filterBox('map', 'Group, list, cluster'),
    segments('Show as', options.list ? 'list' : 'map', [['map', 'Map'], ['list', 'List']], (value) =>
        mapOptions({list: value === 'list'}), 'map-as'))}
    <div class="bar">${state.draft.changes.length > 0 ? segments('Policy', options.draft ? 'draft' : 'now',
      [['now', 'In force'], ['draft', 'Draft']], (value) => mapOptions({draft: value === 'draft'}), 'map-of') : nothing}
      ${showsDraft() && !state.mapOfDraft ? html`<span class="note bad">The draft is not sound yet: this is in force.</span>`
          : nothing}
      ${toggle('Implied egress', options.implied, () => mapOptions({implied: !options.implied}), 'map-implied')}
      ${toggle('Hide noisy', options.noisy, () => mapOptions({noisy: !options.noisy}), 'map-noisy')}
      ${toggle('Refused', options.refused, () => mapOptions({refused: !options.refused}), 'map-refused')}
      ${focusNote(options)}${crowdNote(shown, options)}</div>
    ${options.list ? list(shown) : picture(shown)}`;
}

const focusNote = (options) => html`${options.focus ? html`<span class="chip">Around ${nameOf(options.focus)}
    <button type="button" @click=${() => mapOptions({hops: options.hops === 1 ? 2 : 1})}
      data-test="map-hops">${counted(options.hops, 'hop')}</button>
    <button type="button" aria-label="Show all again" data-test="map-unfocus"
      @click=${() => mapOptions({focus: null})}>${icons.close()}</button></span>` : nothing}
  ${options.hidden.map((id) => html`<span class="chip">without ${nameOf(id)}<button type="button"
      aria-label="Show ${nameOf(id)} again"
    @click=${() => mapOptions({hidden: options.hidden.filter((one) => one !== id)})}>${icons.close()}</button></span>`)}`;

const crowdNote = (shown, options) => (shown.nodes.length >= shown.matched ? nothing : html`<span class="note">
  The ${count(shown.nodes.length)} busiest of ${count(shown.matched)}.
  <button type="button" class="link" data-test="map-more" @click=${() => mapOptions({limit: options.limit + 40})}>Show more</button>
  <button type="button" class="link" data-test="map-all" @click=${() => mapOptions({limit: Infinity})}>Show all</button></span>`);

const focus = (id) => mapOptions({focus: id, hops: 1});

const turning = {handleEvent: wheel, passive: false};

function picture(shown) {
  const placed = place(shown);
  const chosen = state.panel?.key ?? state.panel?.id;
  queueMicrotask(() => settle(placed, chosen));
  const looks = Object.keys(LOOKS).filter((look) => placed.edges.some((one) => one.edge.look === look));
  return html`<div class="map">
    <svg id="map-svg" data-test="map" role="group" aria-label="Map of who may talk to whom. The list shows the same as a table."
      tabindex="0"
      @wheel=${turning} @pointerdown=${grab} @pointermove=${drag} @pointerup=${drop} @pointercancel=${drop} @keydown=${key}>
      ${drawing(placed, chosen, open, focus)}</svg>
    ${shown.nodes.length === 0 ? html`<div class="over">${empty(state.policy?.groups.length === 0
      ? 'There are no groups yet.' : 'Nothing matches.', state.policy?.groups.length === 0
      ? html`<a class="button primary" href="#/groups" data-test="map-first">Make the first group</a>` : nothing)}</div>` : nothing}
    ${legend(looks)}
    <div class="map-buttons" role="group" aria-label="Move the map">
      ${button('Larger', icons.plus, () => zoom(1.25), {quiet: true, test: 'map-larger'})}
      ${button('Smaller', icons.minus, () => zoom(1 / 1.25), {quiet: true, test: 'map-smaller'})}
      ${button('Show the whole map', icons.fit, () => fit(0.12), {quiet: true, test: 'map-fit'})}</div></div>`;
}

const list = (shown) => html`<div class="table-box tall"><table class="table" data-test="map-list"><thead><tr><th
    scope="col">From</th>
  <th scope="col">To</th><th scope="col">Services</th><th scope="col">What happens</th><th scope="col" class="number">Hits</th>
  <th scope="col">Last</th></tr></thead><tbody>${shown.edges.map((edge) => html`<tr>
    <td><button type="button" class="link" @click=${() => open({kind: 'node', id: edge.from})}>${nameOf(edge.from)}</button></td>
    <td><button type="button" class="link" @click=${() => open({kind: 'node', id: edge.to})}>${nameOf(edge.to)}</button></td>
    <td><button type="button" class="link code" @click=${() => open({kind: 'edge', key: edge.key})}>${edge.services}</button></td>
    <td><span class="dot ${edge.look}"></span>${LOOKS[edge.look]}</td><td class="number">${count(edge.hits)}</td>
    <td>${edge.hits ? ago(edge.last) : ''}</td></tr>`)}</tbody></table></div>`;
