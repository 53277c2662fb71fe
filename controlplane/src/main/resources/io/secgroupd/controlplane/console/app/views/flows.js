// The live flows.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {state, changed, remembered, set} from '../state.js';
import {addChip, clearFlows, dropChip, matching, pauseFlows} from '../live.js';
import {virtualTable, scrolled, toTop} from '../parts/rows.js';
import {timeline} from '../parts/timeline.js';
import {button, empty, filterBox, head, nameOf, observes, verdict} from '../parts/bits.js';
import {icons} from '../parts/icons.js';
import {count, counted, time} from '../parts/time.js';
import {askFlow} from './why.js';

const HIGH = 30;
const FIELDS = {
  time: 'Time', verdict: 'Verdict', protocol: 'Protocol', src: 'Source', dst: 'Destination', dport: 'Port',
  instance: 'Instance', group: 'Group', rule: 'Rule', reason: 'Reason',
  unit: 'Unit',
};

const filtered = remembered(matching);
const names = remembered((policy) => {
  const byAddress = new Map();
  for (const instance of policy?.instances ?? []) for (const address of instance.addresses) byAddress.set(address, instance.name);
  return byAddress;
});

let held = null;
let hovered = false;

// Rows under somebody's eyes stay where they are: new ones come in only while the table stands at its first row, and while no
// mouse is over it, since nobody can hit a row that runs away.
function inSight(all) {
  if (scrolled('flows') < HIGH / 2 && !hovered) held = null;
  else held ??= all;
  return held ?? all;
}

/** The view. */
export function flowsView() {
  const {list, rates, leftOut, paused, chips, error} = state.flows;
  const all = filtered(list, chips, state.filters.flows ?? '');
  const things = inSight(all);
  return html`${head('Flows', count(all.length), filterBox('flows', 'Address, port, rule, …'),
    button(paused ? 'Go on' : 'Pause', paused ? icons.play : icons.pause, pauseFlows, {test: 'flows-pause'}),
    button('Clear', null, clearFlows, {test: 'flows-clear'}))}
    ${timeline(rates)}
    <div class="bar" aria-live="off">${chips.map((chip, i) => html`<span class="chip">${FIELDS[chip.field]}
      <code>${chip.value}</code>
      <button type="button" aria-label="Remove this condition" data-test="chip-remove"
        @click=${() => dropChip(i)}>${icons.close()}</button></span>`)}
      ${paused ? html`<span class="note">Paused.</span>` : nothing}
      ${error ? html`<span class="note bad">${error}</span>` : nothing}
      ${leftOut > 0 ? html`<span class="note" data-test="flows-left-out">${counted(leftOut, 'flow')} left out: only the newest of
          each moment are shown. The timeline counts all.</span>` : nothing}
      ${held && all !== held ? html`<span class="note">${hovered ? 'Held while the pointer is over the table.'
          : 'Held while it is scrolled down.'}
        <button type="button" class="link" data-test="flows-newer" @click=${newer}>Show newer flows</button></span>`
          : nothing}</div>
    ${things.length === 0 ? empty(list.length === 0 ? waiting() : 'No flow meets the conditions.') : html`<div class="hold"
        @pointerenter=${hover} @pointerleave=${unhover}>${table(things)}</div>`}`;
}

function newer() {
  hovered = false;
  toTop('flows');
  changed();
}

const hover = (event) => { hovered = event.pointerType === 'mouse'; };

const unhover = () => {
  hovered = false;
  changed();
};

const waiting = () => (state.flows.paused ? 'Nothing has come yet.'
    : 'Waiting for flows. Each decision of this host is shown here as it is made.');

const table = (things) => virtualTable({
  name: 'flows', label: 'Flows, newest first', columns: 9, things, high: HIGH, row,
  heads: html`<th scope="col" class="w-time">Time</th><th scope="col" class="w-verdict">Verdict</th><th scope="col">Source</th>
    <th scope="col">Destination</th><th scope="col" class="w-service">Service</th><th scope="col" class="w-group">Group</th>
    <th scope="col" class="w-rule">Rule</th><th scope="col" class="w-packets number">Packets</th><th scope="col"
      class="w-why"><span class="unseen">Why</span></th>`,
});

const chip = (flow, field, text, kind = '') => html`<button type="button" class="cell ${kind}"
    title="Only ${FIELDS[field]} ${String(flow[field])}"
  data-test="flow-${field}" @click=${(event) => { event.stopPropagation(); addChip(field, flow[field] ?? null);
      }}>${text}</button>`;

function end(flow, field) {
  const name = names(state.policy).get(flow[field]);
  return chip(flow, field, html`${name ? html`<b>${name}</b> ` : nothing}<code>${flow[field]}</code>`);
}

const missing = (flow) => html`<tr class="flow"><td class="dim">${time(flow.time)}</td><td colspan="8"
    class="dim">${counted(flow.lost, 'decision')} missing here:
  the log had no room.</td></tr>`;

function row(flow) {
  if (flow.skipdata) return missing(flow);
  const explain = () => { set({panel: {kind: 'flow', flow}}); askFlow(flow); };
  const chosen = state.panel?.flow?.n === flow.n;
  return html`<tr class="flow ${flow.verdict === 'REJECT' ? 'refused' : ''} ${chosen ? 'chosen' : ''}" data-test="flow"
      @click=${explain}>
    <td class="dim">${time(flow.time)}</td><td>${chip(flow, 'verdict', verdict(flow.verdict))}</td><td>${end(flow,
      'src')}</td><td>${end(flow, 'dst')}</td>
    <td>${chip(flow, 'protocol', flow.protocol)}${flow.dport === null || flow.dport === undefined ? icmp(flow)
      : chip(flow, 'dport', flow.dport, 'code')}</td>
    <td>${flow.group ? chip(flow, 'group', nameOf(flow.group)) : nothing}</td>
    <td>${flow.rule ? chip(flow, 'rule', flow.rule, 'code') : chip(flow, 'reason', flow.reason, 'dim')}${
      observes(flow.observed && flow.verdict === 'REJECT', 'let in')}${
      flow.unit ? html` ${chip(flow, 'unit', flow.unit, 'dim')}` : nothing}</td>
    <td class="number">${count(flow.packets)}</td>
    <td><button type="button" class="link" data-test="flow-why" @click=${explain}>Why</button></td></tr>`;
}

const icmp = (flow) => (flow.icmp_type === null || flow.icmp_type === undefined ? nothing
    : html`<span class="dim">type ${flow.icmp_type}</span>`);
