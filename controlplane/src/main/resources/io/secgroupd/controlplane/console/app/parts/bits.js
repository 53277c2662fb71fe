// Small things that many views show.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {live} from '/console/lib/lit-html/directives/live.js';
import {state, set, setIn, say, remembered} from '../state.js';
import {overlay} from '../draft/overlay.js';
import {icons} from './icons.js';
import {date} from './time.js';

/** The head of a view: its name, what it counts, its filter and its buttons. */
export const head = (title, count, ...tools) => html`<header class="view-head">
  <h1>${title}</h1>${count === null ? nothing : html`<span class="count">${count}</span>`}
  <div class="tools">${tools}</div></header>`;

/** The filter box of a view, which the key / reaches. */
export const filterBox = (name, hint) => html`<label class="filter">
  <span class="unseen">Filter</span>${icons.search()}
  <input type="search" id="filter" data-test="filter" placeholder=${hint} autocomplete="off" spellcheck="false"
    .value=${live(state.filters[name] ?? '')} @input=${(event) => setIn('filters', name, event.target.value)}>
  <kbd aria-hidden="true">/</kbd></label>`;

/** Whether a text of the thing contains what the filter asks for. */
export function passes(name, ...texts) {
  const wanted = (state.filters[name] ?? '').trim().toLowerCase();
  return wanted === '' || texts.some((text) => String(text ?? '').toLowerCase().includes(wanted));
}

/** A button with an icon; the label is always there for those who do not see icons. */
export const button = (label, icon, click, {kind = '', test = '', quiet = false, off = false} = {}) => html`<button type="button"
  class="button ${kind} ${quiet ? 'quiet' : ''}" data-test=${test || nothing} title=${quiet ? label : nothing} ?disabled=${off}
  @click=${click}>${icon ? icon() : nothing}<span class=${quiet ? 'unseen' : ''}>${label}</span></button>`;

/** A small label. */
export const tag = (text, kind = '') => html`<span class="tag ${kind}">${text}</span>`;

const MARKS = {added: ['new', 'good'], removed: ['removed', 'bad'], changed: ['changed', 'draft']};

/** The mark of what the draft makes, changes or removes. */
export const mark = (thing) => (thing.mark && MARKS[thing.mark] ? tag(MARKS[thing.mark][0], MARKS[thing.mark][1]) : nothing);

/** Until when a rule lets something through, where it ends. */
export const ending = (rule) => (!rule.expires ? nothing : Date.parse(rule.expires) <= Date.now() ? tag('expired', 'bad')
    : tag(`until ${date(rule.expires)}`));

/** What says that rejected packets are let in. */
export const observes = (on, text = 'observes') => (on ? tag(text, 'draft') : nothing);

/** A verdict in its colour, and as a word. */
export const verdict = (word) => html`<span class="verdict ${word === 'ACCEPT' ? 'good' : 'bad'}">${
  word === 'ACCEPT' ? 'accept' : 'reject'}</span>`;

/** Where something is written. */
export const place = (at) => (at ? html`<code class="place">${at}</code>` : nothing);

/** What is said where there is nothing to show. */
export const empty = (text, ...more) => html`<p class="empty">${text}</p>${more}`;

/** Choices of which one holds. */
export const segments = (label, chosen, options, choose, test) => html`<div class="segments" role="group" aria-label=${label}>${
  options.map(([value, text]) => html`<button type="button" aria-pressed=${value === chosen ? 'true' : 'false'}
    data-test="${test}-${value}" @click=${() => choose(value)}>${text}</button>`)}</div>`;

/** A switch with a label. */
export const toggle = (label, on, flip, test) => html`<label class="toggle"><input type="checkbox" data-test=${test}
  .checked=${live(on)} @change=${flip}><span>${label}</span></label>`;

/** The head of a column that sorts its table. */
export function sortable(table, column, text, kind = '') {
  const [by, down] = state.sort[table] ?? [];
  const order = by !== column ? 'none' : down ? 'descending' : 'ascending';
  const flip = () => setIn('sort', table, [column, by === column ? !down : kind.startsWith('number')]);
  return html`<th scope="col" class=${kind} aria-sort=${order}><button type="button" class="sorter" data-test="sort-${column}"
    @click=${flip}>${text}<i aria-hidden="true">${order === 'none' ? '' : down ? '↓' : '↑'}</i></button></th>`;
}

/** The things in the order that the table's heads ask for. */
export function sorted(table, things, values) {
  const [by, down] = state.sort[table] ?? [];
  if (!values[by]) return things;
  const value = values[by];
  const compare = (a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en',
      {numeric: true}));
  return [...things].sort((a, b) => (down ? -1 : 1) * compare(value(a), value(b)));
}

/** Opens something in the side panel. */
export function open(panel) {
  set({panel});
  if (panel) say('The side panel shows it.');
}

/** A link to a group or list in its own view. */
export function nodeLink(peer) {
  if (peer.kind !== 'group' && peer.kind !== 'list') return html`<code>${peer.value}</code>`;
  const name = nameOf(peer.value);
  const view = peer.kind === 'group' ? 'groups' : 'lists';
  return html`<a class=${name === peer.value ? 'code' : ''} href="#/${view}" title=${peer.value}
    @click=${() => setIn('picked', view, peer.value)}>${name}</a>`;
}

/** What people call a group or list, else its id. */
export const nameOf = (id) => (state.policy ? namesOf(state.policy, state.draft.changes).get(id) || id : id);

const namesOf = remembered((policy, changes) => {
  const {groups, lists} = overlay(policy, changes);
  return new Map([...groups, ...lists].map((one) => [one.id, one.name]));
});
