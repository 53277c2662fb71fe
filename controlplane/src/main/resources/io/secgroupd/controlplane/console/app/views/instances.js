// Instances and clusters, and which groups they have.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {state, mayWrite, setIn} from '../state.js';
import {addToDraft, undo} from '../draft/model.js';
import {overlay} from '../draft/overlay.js';
import {clusterForm, instanceForm, newClusterForm, newInstanceForm} from '../forms/machines.js';
import {button, empty, filterBox, head, mark, nodeLink, observes, passes, place, segments, sortable, sorted,
  tag} from '../parts/bits.js';
import {icons} from '../parts/icons.js';
import {virtualTable} from '../parts/rows.js';
import {count} from '../parts/time.js';

const HIGH = 40;

/** The view. */
export function instancesView() {
  const what = state.picked.machines ?? 'instances';
  const policy = overlay(state.policy, state.draft.changes);
  const things = policy[what].filter((one) => passes('instances', one.name, one.cluster, one.engine, ...one.groups,
      ...(one.addresses ?? [])));
  const make = what === 'instances' ? button('New instance', icons.plus, newInstanceForm, {kind: 'primary', test: 'instance-new'})
    : button('New cluster', icons.plus, newClusterForm, {kind: 'primary', test: 'cluster-new'});
  return html`${head(what === 'instances' ? 'Instances' : 'Clusters', count(things.length),
    segments('What', what, [['instances', 'Instances'], ['clusters', 'Clusters']], (value) => setIn('picked', 'machines', value),
        'machines'),
    filterBox('instances', 'Name, address, group'), mayWrite() ? make : nothing)}
    ${things.length === 0 ? empty(policy[what].length === 0 ? `There are no ${what} yet.` : 'Nothing matches.')
      : what === 'instances' ? instances(things) : clusters(things)}`;
}

const instances = (things) => virtualTable({
  name: 'instances', label: 'Instances', columns: 6, high: HIGH, row: instance,
  things: sorted('instances', things, {name: (one) => one.name, cluster: (one) => one.cluster ?? ''}),
  heads: html`${sortable('instances', 'name', 'Name')}<th scope="col">Addresses</th><th
      scope="col">Groups</th>${sortable('instances', 'cluster', 'Cluster')}
    <th scope="col">Written at</th><th scope="col" class="w-acts"><span class="unseen">Change</span></th>`,
});

const groups = (one) => (one.groups.length === 0 ? html`<span class="dim">none: nothing goes in or out</span>`
  : one.groups.map((id) => html`<span class="tag">${nodeLink({kind: 'group', value: id})}</span> `));

const instance = (one) => html`<tr class=${one.mark ?? ''} data-test="instance" data-id=${one.name}><td><b>${one.name}</b>
    ${observes(one.mode === 'observe')} ${mark(one)}</td>
  <td>${one.registered ? tag('registered', 'accent') : nothing} <code>${one.addresses.join(', ')}</code></td>
  <td>${groups(one)}</td><td>${one.cluster ?? ''}</td><td>${place(one.at)}</td>
  <td class="acts">${mayWrite() ? acts(one, () => instanceForm(one), {do: 'remove_instance', name: one.name}, 'instance')
    : nothing}</td></tr>`;

function acts(one, edit, removal, kind) {
  if (one.mark === 'removed' || one.mark === 'added') return button('Undo', icons.undo, () => undo(one.change),
      {quiet: true, test: `${kind}-undo`});
  return html`${kind === 'cluster' ? button('Modify cluster', icons.edit, edit, {test: 'cluster-edit'})
    : button('Change the instance', icons.edit, edit, {quiet: true, test: 'instance-edit'})}
    ${one.mark ? button('Undo', icons.undo, () => undo(one.change), {quiet: true, test: `${kind}-undo`})
      : button(`Remove the ${kind}`, icons.bin, () => addToDraft([removal]), {quiet: true, test: `${kind}-remove`})}`;
}

const clusters = (things) => html`<div class="cluster-grid">${sorted('clusters', things, {}).map((one) =>
    html`<article class="card ${one.mark ?? ''}"
    data-test="cluster" data-id=${one.name}>
  <header class="row"><h2>${one.name}</h2>${observes(one.mode === 'observe')}${mark(one)}
    ${one.engine ? tag(one.engine) : nothing}${one.port
    ? html`<code>${one.port}</code>` : nothing}</header>
  <p>${groups(one)}</p>
  <p class="names">${one.instances.slice(0, 24).map((name) => html`<code>${name}</code>`)}${one.instances.length > 24
    ? `and ${count(one.instances.length - 24)} more` : ''}
    ${one.instances.length === 0 ? html`<span class="dim">no instances</span>` : nothing}</p>
  <footer class="row">${place(one.at)}<span class="grow"></span>${mayWrite() ? acts(one, () => clusterForm(one),
    {do: 'remove_cluster', name: one.name}, 'cluster') : nothing}</footer>
  </article>`)}</div>`;
