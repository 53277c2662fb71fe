// A change in words.

import {state} from '../state.js';
import {nameOf} from '../parts/bits.js';

/** A rule's service as people write it. */
export function service(rule) {
  const icmp = rule.icmp_type === undefined || rule.icmp_type === null ? ''
    : ` type ${rule.icmp_type}${rule.icmp_code === undefined || rule.icmp_code === null ? '' : ` code ${rule.icmp_code}`}`;
  const ports = rule.ports || (rule.protocol === 'tcp' || rule.protocol === 'udp' ? 'all' : '');
  return `${rule.protocol}${ports ? ` ${ports}` : ''}${icmp}`;
}

const way = (change) => (change.direction === 'ingress' ? 'from' : 'to');
const rule = (change) => `${service(change)} ${way(change)} ${nameOf(change.peer)}`;
const all = (names) => (names.length === 0 ? 'none' : names.join(', '));

// A rule is named by an id that says nothing to people, so its content is told.
function known(change) {
  const group = state.policy.groups.find((one) => one.id === change.group);
  const found = group?.[change.direction].find((one) => one.id === change.id);
  return found ? `${service(found)} ${way(change)} ${nameOf(found.peer.value)}` : change.id;
}

const WORDS = {
  add_group: (c) => `New group ${c.id}${c.name ? ` (${c.name})` : ''}`,
  remove_group: (c) => `Remove group ${nameOf(c.id)}`,
  set_name: (c) => `Name of ${c.id}: ${c.name}`,
  set_description: (c) => `Description of ${c.id}: ${c.description}`,
  add_rule: (c) => `New ${c.direction} rule of ${nameOf(c.group)}: ${rule(c)}`,
  remove_rule: (c) => `Remove the ${c.direction} rule of ${nameOf(c.group)}: ${known(c)}`,
  replace_rule: (c) => `Change the ${c.direction} rule of ${nameOf(c.group)}: ${known(c)} becomes ${rule(c)}`,
  add_list: (c) => `New prefix list ${c.id} with ${c.entries.length} entries`,
  remove_list: (c) => `Remove prefix list ${nameOf(c.id)}`,
  add_entries: (c) => `Into ${nameOf(c.list)}: ${all(c.entries.map((entry) => entry.cidr))}`,
  remove_entries: (c) => `Out of ${nameOf(c.list)}: ${all(c.entries)}`,
  set_instance_groups: (c) => `Groups of instance ${c.instance}: ${all(c.groups.map(nameOf))}`,
  set_cluster_groups: (c) => `Groups of cluster ${c.cluster}: ${all(c.groups.map(nameOf))}`,
  add_instance: (c) => `New instance ${c.name} at ${all(c.addresses)}`,
  remove_instance: (c) => `Remove instance ${c.name}`,
  set_addresses: (c) => `Addresses of ${c.instance}: ${all(c.addresses)}`,
  add_cluster: (c) => `New cluster ${c.name}`,
  remove_cluster: (c) => `Remove cluster ${c.name}`,
  set_cluster_instances: (c) => `Instances of cluster ${c.cluster}: ${all(c.instances)}`,
};

/** One change as a line of text. */
export function words(change) {
  return WORDS[change.do]?.(change) ?? change.do;
}
