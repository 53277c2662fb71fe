// The security groups with their rules.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {state, mayWrite} from '../state.js';
import {addToDraft, undo} from '../draft/model.js';
import {overlay} from '../draft/overlay.js';
import {ruleForm} from '../forms/rule.js';
import {membersForm} from '../forms/machines.js';
import {groupForm, namesForm} from '../forms/things.js';
import {button, empty, filterBox, head, passes, place} from '../parts/bits.js';
import {icons} from '../parts/icons.js';
import {ruleTable} from '../parts/rules.js';
import {split} from '../parts/split.js';
import {count, counted} from '../parts/time.js';

/** The view. */
export function groupsView() {
  const {groups} = overlay(state.policy, state.draft.changes);
  const things = groups.filter((group) => passes('groups', group.id, group.name, group.description, group.clusters.join(' ')));
  return html`${head('Groups', count(things.length), filterBox('groups', 'Name, id, description'),
    mayWrite() ? button('New group', icons.plus, groupForm, {kind: 'primary', test: 'group-new'}) : nothing)}
    ${split({name: 'groups', label: 'Security groups', things, idOf: (group) => group.id, item, detail,
      none: groups.length === 0 ? 'There are no groups yet.' : 'No group matches.'})}`;
}

const item = (group) => html`<span class="item-name">${group.name || group.id}</span>
  <span class="item-note">${counted(group.ingress.length + group.egress.length, 'rule')} ·
    ${counted(group.instances.length, 'instance')}</span>`;

function detail(group) {
  const may = mayWrite() && group.mark !== 'removed';
  return html`<header class="detail-head"><div><h2>${group.name || group.id}</h2>
      <p class="row note"><code>${group.id}</code>${place(group.at)}</p></div>
    <div class="row">${mayWrite() ? acts(group, may) : nothing}</div></header>
    ${group.description ? html`<p class="lead">${group.description}</p>` : nothing}
    ${section(group, 'ingress', 'What may come in', 'Nothing may come in.', may)}
    ${section(group, 'egress', 'What may go out', group.egress_implied ? IMPLIED : 'Nothing may go out.', may)}
    ${members(group, may)}`;
}

const acts = (group, may) => html`${may ? button('Name and description', icons.edit, () => namesForm('group', group),
    {test: 'group-names'}) : nothing}
  ${group.mark === 'removed' || group.mark === 'added'
    ? button('Undo', icons.undo, () => undo(group.change), {test: 'group-undo'})
    : button('Remove the group', icons.bin, () => addToDraft([{do: 'remove_group', id: group.id}]),
        {test: 'group-remove', kind: 'danger'})}`;

const MANY = 200;
const IMPLIED = 'Everything may go out, since no egress rules are written.';

const section = (group, direction, title, none, may) => html`<section class="block"><header class="row"><h3>${title}</h3>
    ${may ? button(`Add ${direction === 'ingress' ? 'an ingress' : 'an egress'} rule`, icons.plus, () =>
        ruleForm(group, direction), {test: `rule-new-${direction}`}) : nothing}</header>
  ${direction === 'egress' && group.egress_implied && group.egress.length > 0 ? html`<p class="note">${IMPLIED}</p>` : nothing}
  ${group[direction].length === 0 ? empty(none) : ruleTable(group, direction)}</section>`;

const members = (group, may) => html`<section class="block"><header class="row">
    <h3>Members <span class="count">${count(group.instances.length)}</span></h3>
    ${may ? button('Associate', icons.instances, () => membersForm(group), {test: 'group-members'}) : nothing}</header>
  ${group.clusters.length ? html`<p>Clusters: ${group.clusters.map((name) => html`<code>${name}</code> `)}</p>` : nothing}
  ${group.instances.length ? html`<p class="names">${group.instances.slice(0, MANY).map((name) => html`<code>${name}</code>`)}
    ${group.instances.length > MANY ? `and ${count(group.instances.length - MANY)} more` : ''}</p>`
    : empty('No instance has this group yet.')}</section>`;
