// The form of a rule.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {state} from '../state.js';
import {addToDraft} from '../draft/model.js';
import {overlay} from '../draft/overlay.js';
import {openForm} from './form.js';
import {choiceField, textField} from './fields.js';

const PROTOCOLS = [['tcp', 'tcp'], ['udp', 'udp'], ['icmp', 'icmp (IPv4)'], ['icmpv6', 'icmpv6'], ['any', 'any'],
    ['other', 'by number']];
const DIRECTIONS = [['ingress', 'ingress: what may come in'], ['egress', 'egress: what may go out']];
const KNOWN = PROTOCOLS.map(([value]) => value).filter((value) => value !== 'other');
const hasPorts = (protocol) => protocol === 'tcp' || protocol === 'udp';
const isIcmp = (protocol) => protocol === 'icmp' || protocol === 'icmpv6';

/** Opens the form for a new rule of a group, or for one that is there. */
export function ruleForm(group, direction, rule = null) {
  const known = !rule || KNOWN.includes(rule.protocol);
  openForm({
    title: rule?.id ? `Change a rule of ${group.name || group.id}` : `New rule of ${group.name || group.id}`,
    values: {
      direction, protocol: !rule ? 'tcp' : known ? rule.protocol : 'other', number: known ? '' : rule.protocol,
      ports: rule && hasPorts(rule.protocol) ? rule.ports || 'all' : '', icmp_type: rule?.icmp_type ?? '',
          icmp_code: rule?.icmp_code ?? '',
      peer: rule?.peer.value ?? '', description: rule?.description ?? '',
    },
    fields: (view) => fields(view, rule === null),
    changes: (values) => [changeOf(group, direction, rule, values)],
    instead: rule?.mark ? rule.change : null,
  });
}

const peers = () => {
  const {groups, lists} = overlay(state.policy, state.draft.changes);
  return [...groups, ...lists].filter((one) => one.mark !== 'removed');
};

// People know groups by their names; rules name them by their ids.
function peerNamed(text) {
  const called = peers().filter((one) => one.name === text);
  return called.length === 1 ? called[0].id : text;
}

function meant(text) {
  const found = peers().find((one) => one.id === peerNamed(text));
  if (found) return found.id === text ? `This is ${found.name || found.id}.` : `This is ${found.id}.`;
  return 'A group or a prefix list by its id or its name, a prefix, an address, or any.';
}

function changeOf(group, direction, rule, values) {
  const protocol = values.protocol === 'other' ? values.number.trim() : values.protocol;
  if (protocol === '') throw new Error('The protocol has no number yet.');
  if (hasPorts(protocol) && values.ports.trim() === '') throw new Error('The ports are missing yet.');
  if (values.peer.trim() === '') throw new Error('The other end is missing yet.');
  const change = {
    do: 'add_rule', group: group.id, direction: rule ? direction : values.direction, protocol,
    ports: hasPorts(protocol) && values.ports.trim() !== 'all' ? values.ports.trim() : '', peer: peerNamed(values.peer.trim()),
        description: values.description.trim(),
  };
  if (isIcmp(protocol)) {
    for (const name of ['icmp_type', 'icmp_code']) {
      if (String(values[name]).trim() !== '') change[name] = String(values[name]).trim();
    }
  }
  return rule && rule.mark !== 'added' ? {...change, do: 'replace_rule', id: rule.id} : change;
}

function fields(view, fresh) {
  const {direction, protocol} = view.form.values;
  return html`
    ${fresh ? choiceField(view, 'direction', 'Direction', DIRECTIONS) : nothing}
    <div class="field-row">
      ${choiceField(view, 'protocol', 'Protocol', PROTOCOLS)}
      ${protocol === 'other' ? textField(view, 'number', 'Number', {hint: '47', code: true}) : nothing}
      ${hasPorts(protocol) ? textField(view, 'ports', 'Ports', {hint: '443, 8000-8100, all', code: true}) : nothing}
      ${isIcmp(protocol) ? html`${textField(view, 'icmp_type', 'Type', {hint: 'any', code: true})}
        ${textField(view, 'icmp_code', 'Code', {hint: 'any', code: true})}` : nothing}
    </div>
    ${textField(view, 'peer', direction === 'ingress' ? 'Source' : 'Destination', {
      hint: 'sg-…, pl-…, 10.0.0.0/8 or any', list: 'peers', code: true,
          help: meant(view.form.values.peer.trim())})}
    <datalist id="peers"><option value="any"></option>${peers().map((one) => html`<option
      value=${one.id}>${one.name}</option>`)}</datalist>
    ${textField(view, 'description', 'Description', {hint: 'Why this is allowed'})}`;
}

/** Puts the removal of a rule into the draft. */
export function removeRule(group, direction, rule) {
  addToDraft([{do: 'remove_rule', group: group.id, direction, id: rule.id}]);
}
