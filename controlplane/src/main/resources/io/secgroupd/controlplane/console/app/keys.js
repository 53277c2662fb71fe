// The keyboard: / goes to the filter, g and a letter to a view, ? tells all of it, Esc closes.

import {html} from '/console/lib/lit-html/lit-html.js';
import {state, set} from './state.js';
import {go, routes} from './route.js';

const MAP = [['← ↑ → ↓', 'move the map'], ['+  −', 'make it larger or smaller'], ['0', 'show the whole of it'],
    ['Tab, Enter', 'go to a node or an edge, and open it']];

let waiting = false;

const typing = (target) => target.closest?.('input, textarea, select, [contenteditable]');

/** Listens for the keys of the page. */
export function watchKeys() {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || state.dialog || state.gate !== 'in') return;
    if (event.key === 'Escape') escape(event);
    else if (!typing(event.target)) press(event);
  });
}

function escape(event) {
  if (typing(event.target)) event.target.blur();
  else if (state.panel || state.menu) set({panel: null, menu: false});
  else set({toast: null});
}

function press(event) {
  const after = waiting;
  waiting = false;
  const route = after && routes.find((one) => one.key === event.key);
  if (route) go(route.id);
  else if (after && event.key === 'd') go('draft');
  else if (event.key === 'g') waiting = true;
  else if (event.key === '/') (document.getElementById('filter') ?? document.getElementById('why-text'))?.focus();
  else if (event.key === '?') help();
  else return;
  event.preventDefault();
}

/** Shows what the keys do. */
export function help() {
  set({dialog: {title: 'Keys', body: () => html`<dl class="keys">
    ${row('/', 'filter this view')}${row('Esc', 'close the side panel, leave a field')}${row('?', 'this help')}
    ${routes.map((route) => row(`g ${route.key}`, route.name))}${row('g d', 'Draft')}</dl>
    <h3>On the map</h3><dl class="keys">${MAP.map(([key, text]) => row(key, text))}</dl>`}});
}

const row = (key, text) => html`<dt><kbd>${key}</kbd></dt><dd>${text}</dd>`;
