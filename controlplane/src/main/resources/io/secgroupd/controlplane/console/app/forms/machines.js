// The forms of instances and clusters.

import {html} from '/console/lib/lit-html/lit-html.js';
import {state} from '../state.js';
import {overlay} from '../draft/overlay.js';
import {openForm} from './form.js';
import {lines, linesField, pickField, same, textField} from './fields.js';

const drafted = () => overlay(state.policy, state.draft.changes);
const groupOptions = () => drafted().groups.filter((group) => group.mark !== 'removed').map((group) =>
    [group.id, group.name || group.id]);
const ADDRESSES = 'One a line. "registered" stands for what its host reports.';

function named(values) {
  const name = values.name.trim();
  if (name === '') throw new Error('The name is missing yet.');
  return name;
}

/** Opens the form of a new instance. */
export function newInstanceForm() {
  openForm({
    title: 'New instance',
    values: {name: '', addresses: '', groups: []},
    fields: (view) => html`${textField(view, 'name', 'Name', {hint: 'app-1', code: true})}
      ${linesField(view, 'addresses', 'Addresses', {hint: '10.0.1.10', help: ADDRESSES})}
      ${pickField(view, 'groups', 'Security groups', groupOptions())}`,
    changes: (values) => [{do: 'add_instance', name: named(values), addresses: lines(values.addresses), groups: values.groups}],
  });
}

/** Opens the form of an instance's groups and addresses; one of a cluster has its groups from there. */
export function instanceForm(instance) {
  const before = instance.registered ? ['registered'] : instance.addresses;
  const own = !instance.cluster;
  openForm({
    title: `Change instance ${instance.name}`,
    values: own ? {addresses: before.join('\n'), groups: instance.groups} : {addresses: before.join('\n')},
    fields: (view) => html`${own ? pickField(view, 'groups', 'Security groups', groupOptions())
        : html`<p class="help">Its groups are
      those of the cluster ${instance.cluster}.</p>`}
      ${linesField(view, 'addresses', 'Addresses', {help: ADDRESSES})}`,
    changes(values) {
      const changes = [];
      if (own && !same(values.groups, instance.groups)) {
        changes.push({do: 'set_instance_groups', instance: instance.name, groups: values.groups});
      }
      if (!same(lines(values.addresses), before)) {
        changes.push({do: 'set_addresses', instance: instance.name, addresses: lines(values.addresses)});
      }
      return changed(changes);
    },
  });
}

function changed(changes) {
  if (changes.length === 0) throw new Error('Nothing is changed yet.');
  return changes;
}

/** Opens the form of a new cluster. */
export function newClusterForm() {
  openForm({
    title: 'New cluster',
    values: {name: '', groups: [], port: '', engine: '', instances: []},
    fields: (view) => html`${textField(view, 'name', 'Name', {hint: 'orders', code: true})}
      <div class="field-row">${textField(view, 'engine', 'Engine', {hint: 'mysql'})}${textField(view, 'port', 'Port',
        {hint: '3306', code: true})}</div>
      ${pickField(view, 'groups', 'Security groups', groupOptions(), EXACTLY)}
      ${pickField(view, 'instances', 'Instances', freeInstances(null))}`,
    changes(values) {
      const change = {do: 'add_cluster', name: named(values), groups: values.groups};
      if (values.port.trim() !== '') change.port = values.port.trim();
      if (values.engine.trim() !== '') change.engine = values.engine.trim();
      const members = {do: 'set_cluster_instances', cluster: change.name, instances: values.instances};
      return values.instances.length === 0 ? [change] : [change, members];
    },
  });
}

const EXACTLY = 'Each instance of the cluster has exactly these.';

/** The instances that are in no other cluster than this. */
const freeInstances = (cluster) => drafted().instances
  .filter((one) => one.mark !== 'removed' && (!one.cluster || one.cluster === cluster)).map((one) => [one.name, one.name]);

/** Opens "Modify cluster": which groups it has, and which instances are in it. */
export function clusterForm(cluster) {
  openForm({
    title: `Modify cluster ${cluster.name}`,
    values: {groups: cluster.groups, instances: cluster.instances},
    fields: (view) => html`${pickField(view, 'groups', 'Security groups', groupOptions(), EXACTLY)}
      ${pickField(view, 'instances', 'Instances', freeInstances(cluster.name))}`,
    changes(values) {
      const changes = [];
      if (!same(values.groups, cluster.groups)) {
        changes.push({do: 'set_cluster_groups', cluster: cluster.name, groups: values.groups});
      }
      if (!same(values.instances, cluster.instances)) {
        changes.push({do: 'set_cluster_instances', cluster: cluster.name, instances: values.instances});
      }
      return changed(changes);
    },
  });
}

/** Opens the form of who has a group: instances that stand alone, and clusters. */
export function membersForm(group) {
  const there = (one) => one.mark !== 'removed';
  const alone = drafted().instances.filter((one) => there(one) && !one.cluster);
  const clusters = drafted().clusters.filter(there);
  const having = (things) => things.filter((one) => one.groups.includes(group.id)).map((one) => one.name);
  openForm({
    title: `Who has the group ${group.name || group.id}`,
    values: {instances: having(alone), clusters: having(clusters)},
    fields: (view) => html`${pickField(view, 'instances', 'Instances', alone.map((one) => [one.name, one.name]))}
      ${clusters.length === 0 ? '' : pickField(view, 'clusters', 'Clusters', clusters.map((one) => [one.name, one.name]))}`,
    changes: (values) => changed([
      ...moved(alone, values.instances, group.id, (name, groups) => ({do: 'set_instance_groups', instance: name, groups})),
      ...moved(clusters, values.clusters, group.id, (name, groups) => ({do: 'set_cluster_groups', cluster: name, groups})),
    ]),
  });
}

// Who gets the group, and who loses it.
function moved(things, wanted, id, change) {
  return things.filter((one) => one.groups.includes(id) !== wanted.includes(one.name)).map((one) => change(one.name,
    one.groups.includes(id) ? one.groups.filter((other) => other !== id) : [...one.groups, id]));
}
