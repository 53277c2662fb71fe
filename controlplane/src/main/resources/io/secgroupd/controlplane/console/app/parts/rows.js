// A table of many rows of which only those in sight are in the document.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {state, changed} from '../state.js';

const SPARE = 8;

state.scroll = {};

/** Where the table of this name has been scrolled to. */
export const scrolled = (name) => state.scroll[name]?.top ?? 0;

/** Scrolls the table to its first row. */
export function toTop(name) {
  const box = document.getElementById(`rows-${name}`);
  if (box) box.scrollTop = 0;
}

function moved(name, box) {
  const before = state.scroll[name];
  if (before?.top === box.scrollTop && before.high === box.clientHeight) return;
  state.scroll[name] = {top: box.scrollTop, high: box.clientHeight};
  changed();
}

/**
 * The table. Its rows are not kept apart by keys: to change the texts of a row costs far less than to make it anew. They must all
 * be `high` pixels high. The heights of what is left out are attributes of cells, since the page's policy for content allows no
 * styles of elements.
 */
export function virtualTable({name, label, heads, columns, things, high, row}) {
  const {top, high: inSight} = state.scroll[name] ?? {top: 0, high: 900};
  const first = Math.max(0, Math.min(Math.floor(top / high) - SPARE, things.length));
  const last = Math.min(things.length, Math.ceil((top + inSight) / high) + SPARE);
  const gap = (rows) => (rows === 0 ? nothing : html`<tr aria-hidden="true" class="gap"><td colspan=${columns}
      height=${rows * high}></td></tr>`);
  return html`<div class="table-box tall" id="rows-${name}" tabindex="0" role="region" aria-label=${label}
      @scroll=${(event) => moved(name, event.currentTarget)}>
    <table class="table fixed" aria-rowcount=${things.length + 1}><thead><tr>${heads}</tr></thead>
    <tbody>${gap(first)}${things.slice(first, last).map(row)}${gap(things.length - last)}</tbody></table></div>`;
}
