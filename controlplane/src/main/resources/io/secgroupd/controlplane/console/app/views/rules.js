// All rules of the policy, with what the daemon has counted for each.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {state, remembered, set, setIn} from '../state.js';
import {service} from '../draft/words.js';
import {ending, filterBox, head, nameOf, nodeLink, passes, place, segments, sortable, sorted, tag, empty} from '../parts/bits.js';
import {useOf} from '../parts/rules.js';
import {virtualTable} from '../parts/rows.js';
import {ago, count, date} from '../parts/time.js';

const HIGH = 36;
const DIRECTIONS = ['ingress', 'egress'];

state.rulesShown = 'all';

const flat = remembered((policy, use) => policy.groups.flatMap((group) => DIRECTIONS.flatMap((direction) =>
    group[direction].map((rule) => {
  const used = use.daemon ? useOf(group.id, rule.id) : undefined;
  const implied = direction === 'egress' && group.egress_implied;
  return {...rule, group, direction, implied, hits: used?.hits ?? 0, last: used?.last ?? 0,
      key: `${group.id} ${direction} ${rule.id}`};
}))));

const KINDS = {
  all: () => true,
  used: (rule) => rule.hits > 0,
  never: (rule) => rule.hits === 0,
  shadowed: (rule) => Boolean(rule.shadowed_by),
};

const VALUES = {
  group: (rule) => rule.group.name || rule.group.id, direction: (rule) => rule.direction, service,
  peer: (rule) => nameOf(rule.peer.value), hits: (rule) => rule.hits, last: (rule) => rule.last, at: (rule) => rule.at,
};

/** The view. */
export function rulesView() {
  const all = flat(state.policy, state.use);
  const fits = all.filter((rule) => passes('rules', rule.id, rule.group.id, rule.group.name, service(rule), rule.peer.value,
      nameOf(rule.peer.value), rule.description, rule.at));
  const things = sorted('rules', fits.filter(KINDS[state.rulesShown]), VALUES);
  const kind = (name, text) => [name, `${text} ${count(fits.filter(KINDS[name]).length)}`];
  const kinds = state.use.daemon ? [kind('all', 'All'), kind('used', 'Used'), kind('never', 'Never used'),
      kind('shadowed', 'Shadowed')]
    : [kind('all', 'All'), kind('shadowed', 'Shadowed')];
  return html`${head('Rules', count(things.length), filterBox('rules', 'Group, service, peer, file'),
    segments('Which', state.rulesShown, kinds, (value) => set({rulesShown: value}), 'rules'))}
    ${state.use.daemon ? html`<p class="bar note">${state.use.since ? `Counted since ${date(state.use.since)}.`
        : 'No rule has been used yet.'}</p>`
      : html`<p class="bar note">Hits are counted by the daemon of this host, and none runs here.</p>`}
    ${things.length === 0 ? empty('No rule matches.') : table(things)}`;
}

const table = (things) => virtualTable({
  name: 'rules', label: 'Rules', columns: 7, high: HIGH, row, things,
  heads: html`${sortable('rules', 'group', 'Group')}${sortable('rules', 'direction', 'Direction', 'w-90')}${sortable('rules',
      'service', 'Service')}
    ${sortable('rules', 'peer', 'Peer')}${sortable('rules', 'hits', 'Hits', 'number w-90')}${sortable('rules', 'last',
        'Last used', 'number w-110')}
    ${sortable('rules', 'at', 'Written at')}`,
});

const row = (rule) => html`<tr data-test="rule" data-id=${rule.id} title=${rule.description || nothing}>
  <td><a href="#/groups" @click=${() => setIn('picked', 'groups', rule.group.id)}>${rule.group.name || rule.group.id}</a></td>
  <td><span class="way ${rule.direction}">${rule.direction}</span></td>
  <td><code>${service(rule)}</code> ${ending(rule)}
    ${rule.shadowed_by ? html`<span title="All it lets through, ${rule.shadowed_by} lets through already.">${tag('shadowed',
        'warn')}</span>` : nothing}${rule.implied ? tag('implied') : nothing}</td>
  <td>${nodeLink(rule.peer)}</td>
  <td class="number">${state.use.daemon ? count(rule.hits) : '–'}</td><td class="number dim">${state.use.daemon ? ago(rule.last)
    : '–'}</td><td>${place(rule.at)}</td></tr>`;
