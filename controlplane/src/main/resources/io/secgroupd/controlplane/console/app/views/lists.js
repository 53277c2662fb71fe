// The prefix lists.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {repeat} from '/console/lib/lit-html/directives/repeat.js';
import {state, mayWrite} from '../state.js';
import {addToDraft, undo} from '../draft/model.js';
import {overlay} from '../draft/overlay.js';
import {entriesForm, listForm, namesForm} from '../forms/things.js';
import {button, empty, filterBox, head, mark, passes, place} from '../parts/bits.js';
import {icons} from '../parts/icons.js';
import {split} from '../parts/split.js';
import {count, counted} from '../parts/time.js';

/** The view. */
export function listsView() {
  const {lists} = overlay(state.policy, state.draft.changes);
  const things = lists.filter((list) => passes('lists', list.id, list.name, list.description, ...list.entries.map((entry) =>
      entry.cidr)));
  return html`${head('Prefix lists', count(things.length), filterBox('lists', 'Name, id, prefix'),
    mayWrite() ? button('New list', icons.plus, listForm, {kind: 'primary', test: 'list-new'}) : nothing)}
    ${split({name: 'lists', label: 'Prefix lists', things, idOf: (list) => list.id, item, detail,
      none: lists.length === 0 ? 'There are no prefix lists yet.' : 'No list matches.'})}`;
}

const item = (list) => html`<span class="item-name">${list.name || list.id}</span><span
    class="item-note">${counted(list.count, 'entry', 'entries')}</span>`;

function detail(list) {
  const may = mayWrite() && list.mark !== 'removed';
  return html`<header class="detail-head"><div><h2>${list.name || list.id}</h2><p
      class="row note"><code>${list.id}</code>${place(list.at)}</p></div>
    <div class="row">${mayWrite() ? acts(list, may) : nothing}</div></header>
    ${list.description ? html`<p class="lead">${list.description}</p>` : nothing}
    <p class="note">${counted(list.count, 'entry', 'entries')}${list.max_entries ? ` of at most ${count(list.max_entries)}` : ''}${
      list.entries.length < list.count ? `; the first ${count(list.entries.length)} are shown` : ''}</p>
    ${list.except?.length ? html`<p class="note" data-test="except">Taken out again: ${list.except.map((cidr) =>
      html`<code>${cidr}</code> `)}</p>` : nothing}
    ${list.entries.length === 0 ? empty('The list has no entries.') : html`<div class="table-box"><table class="table"
        data-test="entries"><thead><tr>
      <th scope="col">Prefix</th><th scope="col">Description</th><th scope="col"><span
        class="unseen">Change</span></th></tr></thead>
      <tbody>${repeat(list.entries, (entry, i) => `${entry.cidr} ${i}`, (entry) => row(list, entry, may))}</tbody></table></div>`}`;
}

const acts = (list, may) => html`${may ? button('Add entries', icons.plus, () => entriesForm(list), {test: 'entries-new'})
    : nothing}
  ${may ? button('Name and description', icons.edit, () => namesForm('list', list), {test: 'list-names'}) : nothing}
  ${list.mark === 'removed' || list.mark === 'added' ? button('Undo', icons.undo, () => undo(list.change), {test: 'list-undo'})
    : button('Remove the list', icons.bin, () => addToDraft([{do: 'remove_list', id: list.id}]),
        {test: 'list-remove', kind: 'danger'})}`;

const row = (list, entry, may) => html`<tr class=${entry.mark ?? ''}><td><code>${entry.cidr}</code> ${mark(entry)}</td><td
    class="wrap">${entry.description}</td>
  <td class="acts">${!may || list.mark === 'added' ? nothing : entry.mark
    ? button('Undo', icons.undo, () => undo(entry.change), {quiet: true, test: 'entry-undo'})
    : button('Remove the entry', icons.bin, () => addToDraft([{do: 'remove_entries', list: list.id, entries: [entry.cidr]}]),
        {quiet: true, test: 'entry-remove'})}</td></tr>`;
