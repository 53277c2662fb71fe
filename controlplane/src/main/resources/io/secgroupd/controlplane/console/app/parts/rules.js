// A table of rules, in a group's view.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {repeat} from '/console/lib/lit-html/directives/repeat.js';
import {state, mayWrite, remembered} from '../state.js';
import {undo} from '../draft/model.js';
import {service} from '../draft/words.js';
import {removeRule, ruleForm} from '../forms/rule.js';
import {button, ending, mark, nodeLink, place, tag} from './bits.js';
import {icons} from './icons.js';
import {ago, count} from './time.js';

const byRule = remembered((use) => new Map(use.rules.map((one) => [`${one.group} ${one.rule}`, one])));

/** What the daemon has counted for a rule, or undefined. */
export const useOf = (group, rule) => byRule(state.use).get(`${group} ${rule}`);

/** How often a rule was used, and when. */
export function hits(group, rule) {
  if (!state.use.daemon) return html`<span class="dim">–</span>`;
  const use = useOf(group, rule.id);
  return use?.hits ? html`${count(use.hits)}<span class="dim sub">${ago(use.last)}</span>` : html`<span class="dim">never</span>`;
}

/** The rules of one direction of a group. */
export const ruleTable = (group, direction) => html`<div class="table-box"><table class="table" data-test="rules-${direction}">
  <thead><tr><th scope="col">Service</th><th scope="col">${direction === 'ingress' ? 'Source' : 'Destination'}</th>
    <th scope="col">Description</th><th scope="col">Written at</th><th scope="col" class="number">Hits</th><th scope="col"><span
      class="unseen">Change</span></th></tr></thead>
  <tbody>${repeat(group[direction], (rule) => rule.id, (rule) => row(group, direction, rule))}</tbody></table></div>`;

const row = (group, direction, rule) => html`<tr class=${rule.mark ?? ''} data-test="rule" data-id=${rule.id}>
  <td><code>${service(rule)}</code> ${mark(rule)}${ending(rule)}${rule.shadowed_by ? tag('shadowed', 'warn') : nothing}${
    direction === 'egress' && group.egress_implied && !rule.mark ? tag('implied') : nothing}</td>
  <td>${nodeLink(rule.peer)}</td><td class="wrap">${rule.description}</td><td>${place(rule.at)}</td>
  <td class="number">${hits(group.id, rule)}</td><td class="acts">${mayWrite() ? acts(group, direction, rule) : nothing}</td></tr>`;

function acts(group, direction, rule) {
  if (rule.mark === 'removed' || group.mark === 'removed') {
    return rule.mark ? button('Undo', icons.undo, () => undo(rule.change), {quiet: true, test: 'rule-undo'}) : nothing;
  }
  const away = rule.mark ? () => undo(rule.change) : () => removeRule(group, direction, rule);
  return html`${button('Change the rule', icons.edit, () => ruleForm(group, direction, rule), {quiet: true, test: 'rule-edit'})}
    ${button(rule.mark ? 'Undo' : 'Remove the rule', rule.mark ? icons.undo : icons.bin, away,
        {quiet: true, test: rule.mark ? 'rule-undo' : 'rule-remove'})}`;
}
