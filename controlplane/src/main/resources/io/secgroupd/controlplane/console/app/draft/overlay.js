// The policy as it would be with the draft, for looking at: what is new, changed or gone bears a mark, and the place of its change.
// What the changes really mean is for the server to say; this only lets people see what they have entered.

import {remembered} from '../state.js';

/** The policy with the changes laid over it. */
export const overlay = remembered((policy, changes) => {
  if (changes.length === 0) return policy;
  const copy = {
    ...policy,
    groups: policy.groups.map((group) => ({...group, ingress: [...group.ingress], egress: [...group.egress]})),
    lists: policy.lists.map((list) => ({...list, entries: [...list.entries]})),
    instances: policy.instances.map((instance) => ({...instance})),
    clusters: policy.clusters.map((cluster) => ({...cluster})),
  };
  changes.forEach((change, index) => LAY[change.do]?.(copy, change, index));
  return withMembers(copy);
});

// Who has which group follows from the instances and clusters, as they are with the draft.
function withMembers(copy) {
  const having = (things) => {
    const byGroup = new Map();
    for (const thing of things.filter((one) => one.mark !== 'removed')) {
      for (const id of thing.groups) {
        if (!byGroup.has(id)) byGroup.set(id, []);
        byGroup.get(id).push(thing.name);
      }
    }
    return byGroup;
  };
  const groupsOf = new Map(copy.clusters.flatMap((cluster) => cluster.instances.map((name) => [name, cluster.groups])));
  const instances = having(copy.instances.map((one) => (groupsOf.has(one.name) ? {...one, groups: groupsOf.get(one.name)} : one)));
  const clusters = having(copy.clusters);
  for (const group of copy.groups) {
    group.instances = instances.get(group.id) ?? [];
    group.clusters = clusters.get(group.id) ?? [];
  }
  return copy;
}

const byId = (list, id) => list.find((one) => one.id === id) ?? {};
const byName = (list, name) => list.find((one) => one.name === name) ?? {};
const gone = (thing, index) => Object.assign(thing, {mark: 'removed', change: index});
const touched = (thing, index, fields) => Object.assign(thing, fields, {mark: thing.mark ?? 'changed',
    change: thing.change ?? index});

function ruleOf(change, index) {
  return {
    id: change.id ?? `new-${index}`, protocol: change.protocol, ports: change.ports ?? '', description: change.description ?? '',
    icmp_type: change.icmp_type, icmp_code: change.icmp_code, peer: peerOf(change.peer), at: '',
    mark: change.id ? 'changed' : 'added', change: index,
  };
}

/** A peer's text with what kind of peer it is. */
export function peerOf(value) {
  const kind = value === 'any' ? 'any' : value.startsWith('sg-') ? 'group' : value.startsWith('pl-') ? 'list' : 'prefix';
  return {kind, value};
}

const rulesOf = (copy, change) => byId(copy.groups, change.group)[change.direction] ?? [];

function swap(copy, change, make) {
  const rules = rulesOf(copy, change);
  const at = rules.findIndex((rule) => rule.id === change.id);
  if (at >= 0) rules[at] = make(rules[at]);
}

const named = (copy, change) => byId(change.kind === 'list' ? copy.lists : copy.groups, change.id);

const LAY = {
  add_group: (copy, c, i) => copy.groups.push({id: c.id, name: c.name, description: c.description, at: '', ingress: [], egress: [],
    egress_implied: true, instances: [], clusters: [], mark: 'added', change: i}),
  remove_group: (copy, c, i) => gone(byId(copy.groups, c.id), i),
  set_name: (copy, c, i) => touched(named(copy, c), i, {name: c.name}),
  set_description: (copy, c, i) => touched(named(copy, c), i, {description: c.description}),
  add_rule: (copy, c, i) => rulesOf(copy, c).push(ruleOf(c, i)),
  remove_rule: (copy, c, i) => swap(copy, c, (rule) => ({...rule, mark: 'removed', change: i})),
  replace_rule: (copy, c, i) => swap(copy, c, (rule) => ({...ruleOf(c, i), at: rule.at})),
  add_list: (copy, c, i) => copy.lists.push({id: c.id, name: c.name, description: '', at: '', count: c.entries.length,
    entries: c.entries.map((entry) => ({...entry, mark: 'added'})), mark: 'added', change: i}),
  remove_list: (copy, c, i) => gone(byId(copy.lists, c.id), i),
  add_entries: (copy, c, i) => byId(copy.lists, c.list).entries?.unshift(
    ...c.entries.map((entry) => ({...entry, mark: 'added', change: i}))),
  remove_entries(copy, c, i) {
    const list = byId(copy.lists, c.list);
    list.entries = list.entries?.map((entry) => (c.entries.includes(entry.cidr) ? {...entry, mark: 'removed', change: i} : entry));
  },
  set_instance_groups: (copy, c, i) => touched(byName(copy.instances, c.instance), i, {groups: c.groups}),
  set_cluster_groups: (copy, c, i) => touched(byName(copy.clusters, c.cluster), i, {groups: c.groups}),
  add_instance: (copy, c, i) => copy.instances.push({name: c.name, addresses: c.addresses, registered: false, groups: c.groups,
    at: '', mark: 'added', change: i}),
  remove_instance: (copy, c, i) => gone(byName(copy.instances, c.name), i),
  set_addresses: (copy, c, i) => touched(byName(copy.instances, c.instance), i, {addresses: c.addresses}),
  add_cluster: (copy, c, i) => copy.clusters.push({name: c.name, groups: c.groups, port: c.port, engine: c.engine, instances: [],
    at: '', mark: 'added', change: i}),
  remove_cluster: (copy, c, i) => gone(byName(copy.clusters, c.name), i),
  set_cluster_instances: (copy, c, i) => touched(byName(copy.clusters, c.cluster), i, {instances: c.instances}),
};
