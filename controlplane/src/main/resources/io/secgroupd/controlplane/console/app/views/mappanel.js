// The side panel of a node or an edge of the map.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {state, mayWrite, setIn} from '../state.js';
import {mapOptions} from '../map/load.js';
import {LOOKS} from '../map/draw.js';
import {button, nameOf, open, place, tag} from '../parts/bits.js';
import {icons} from '../parts/icons.js';
import {ago, count, counted} from '../parts/time.js';
import {ruleForm} from '../forms/rule.js';
import {peerOf} from '../draft/overlay.js';
import {shownNow} from './map.js';

const hitsOf = (group, id) => state.use.rules.find((one) => one.group === group && one.rule === id);

/** An edge: its rules with their places and hits, and what was refused. */
export function edgePanel({key}) {
  const edge = state.map && shownNow().edges.find((one) => one.key === key);
  if (!edge) return {title: 'Edge', body: html`<p class="empty">It is no longer on the map.</p>`};
  return {title: `${nameOf(edge.from)} → ${nameOf(edge.to)}`, body: html`
    <p><span class="dot ${edge.look}"></span>${LOOKS[edge.look]}${edge.hits
      ? ` · ${counted(edge.hits, 'hit')} · ${ago(edge.last)}` : ''}</p>
    <p class="code">${edge.services}</p>
    ${edge.state === 'blocked' ? html`<p class="note">${edge.rules.every((rule) => rule.direction === 'egress')
      ? 'The ingress rules of the other end refuse all of it, or one end has no members.'
      : 'The egress rules of the other end refuse all of it, or one end has no members.'}</p>` : nothing}
    ${edge.rules.length > 0 ? html`<h3>Rules</h3><ul class="cards">${edge.rules.map(ruleCard)}</ul>` : nothing}
    ${edge.refusals ? html`<h3>Refused</h3><ul class="cards">${edge.refusals.map((one) => html`<li><code>${one.service}</code>
      <span class="note">${counted(one.count, 'attempt')} · ${ago(one.last)}</span></li>`)}</ul>${allow(edge)}` : nothing}
    <h3>Ends</h3><p class="row">${[edge.from, edge.to].map((id) => html`<button type="button" class="button"
      @click=${() => open({kind: 'node', id})}>${nameOf(id)}</button>`)}</p>`};
}

function ruleCard(rule) {
  const use = hitsOf(rule.group, rule.id);
  return html`<li><div class="row"><code>${rule.terms}</code>${tag(rule.direction)}${rule.state === 'blocked'
      ? tag('blocked', 'warn') : nothing}</div>
    <div class="row note"><span>${nameOf(rule.group)}</span>${place(rule.at)}</div>
    <div class="note">${use?.hits ? `${counted(use.hits, 'hit')} · ${ago(use.last)}` : state.use.daemon ? 'never used'
      : 'hits are not known here'}</div></li>`;
}

function allow(edge) {
  const group = state.policy?.groups.find((one) => one.id === edge.to);
  if (!mayWrite() || !group || edge.refusals.length === 0) return nothing;
  const [protocol, ports = ''] = edge.refusals[0].service.split(' ');
  const rule = {protocol, ports, peer: peerOf(edge.from), description: '', mark: 'added', change: null};
  return button('Draft a rule that allows it', icons.plus, () => ruleForm(group, 'ingress', rule), {test: 'map-allow'});
}

/** A node: its members, its edges, and what can be done with it. */
export function nodePanel({id}) {
  const node = state.map?.nodes.find((one) => one.id === id);
  if (!node) return {title: id, body: html`<p class="empty">It is not on the map.</p>`};
  const {edges} = shownNow();
  const group = state.policy?.groups.find((one) => one.id === id);
  const options = state.mapOptions;
  return {title: node.label, body: html`
    <p class="row">${tag(node.kind)}<code>${id}</code>${place(group?.at)}</p>
    ${group?.description ? html`<p>${group.description}</p>` : nothing}
    <div class="row">${button('Neighbours', icons.focus, () => mapOptions({focus: id, hops: 1}), {test: 'panel-focus'})}
      ${button('Hide', icons.hide, () =>
          { mapOptions({hidden: [...options.hidden, id], focus: options.focus === id ? null : options.focus}); open(null); },
              {test: 'panel-hide'})}
      ${node.kind === 'group' || node.kind === 'list' ? html`<a class="button" href="#/${node.kind === 'group' ? 'groups'
          : 'lists'}" data-test="panel-open"
        @click=${() => setIn('picked', node.kind === 'group' ? 'groups' : 'lists', id)}>Open</a>` : nothing}</div>
    ${members(node, group)}${neighbours('Comes from', edges.filter((edge) => edge.to === id), 'from')}
    ${neighbours('Goes to', edges.filter((edge) => edge.from === id), 'to')}`};
}

const SOME = 30;

function members(node, group) {
  if (node.kind === 'list') return html`<p class="note">${counted(node.members, 'prefix', 'prefixes')}</p>`;
  if (!group) return nothing;
  const names = group.instances;
  return html`<h3>Members <span class="count">${count(names.length)}</span></h3>
    ${group.clusters.length ? html`<p class="note">Clusters: ${group.clusters.join(', ')}</p>` : nothing}
    <p class="names">${names.slice(0, SOME).map((name) => html`<code>${name}</code>`)}${names.length > SOME
      ? ` and ${count(names.length - SOME)} more` : ''}</p>`;
}

const neighbours = (title, edges, end) => (edges.length === 0 ? nothing : html`<h3>${title} <span
    class="count">${edges.length}</span></h3>
  <ul class="plain">${edges.slice(0, SOME).map((edge) => html`<li><button type="button" class="link"
    @click=${() => open({kind: 'edge', key: edge.key})}>
    <span class="dot ${edge.look}"></span>${nameOf(edge[end])}</button><code class="note">${edge.services}</code></li>`)}</ul>`);
