// The hosts of a fleet: who has taken which policy, and the roll-out.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {state, mayWrite} from '../state.js';
import {steer} from '../fleet.js';
import {ask} from '../parts/dialog.js';
import {button, empty, filterBox, head, passes, sortable, sorted, tag} from '../parts/bits.js';
import {icons} from '../parts/icons.js';
import {virtualTable} from '../parts/rows.js';
import {ago, count, counted} from '../parts/time.js';

const HIGH = 36;
const VALUES = {
  host: (one) => one.host, serial: (one) => one.serial, result: (one) => one.result ?? '', seen: (one) => one.seen,
      program: (one) => one.program ?? '',
};

/** The view. */
export function hostsView() {
  const fleet = state.fleet;
  if (!fleet) return html`${head('Hosts', null)}<div class="loading" aria-busy="true">Asking…</div>`;
  const fits = fleet.hosts.filter((one) => passes('hosts', one.host, one.result, one.refused, one.serial, ...(one.problems ?? [])));
  const behind = fleet.hosts.filter((one) => one.behind).length;
  return html`${head('Hosts', count(fits.length), filterBox('hosts', 'Name, serial, problem'), mayWrite()
      && fleet.hosts.length > 0 ? acts(fleet) : nothing)}
    ${fleet.rollout ? rollout(fleet.rollout) : nothing}
    <p class="bar note">${counted(fleet.hosts.length, 'host')}, ${counted(fleet.hosts.filter((one) => one.connected).length,
      'host')} connected,
      ${counted(behind, 'host')} behind serial ${state.policy.serial}.</p>
    ${fits.length === 0 ? empty(fleet.hosts.length === 0
        ? 'No host follows this control server. A single host reads its own policy.' : 'No host matches.')
      : table(sorted('hosts', fits, VALUES))}`;
}

function acts({rollout: run}) {
  const back = () => ask('Roll back the hosts', `All hosts go back to the policy before ${run?.serial ?? state.policy.serial}.`,
      'Roll back', () => steer('rollback'), 'danger');
  const halt = () => ask('Halt the roll-out', 'Hosts that have not taken the new policy yet keep the one they have.', 'Halt',
      () => steer('halt'));
  return html`${run?.stage === 'running' ? button('Halt', icons.pause, halt, {test: 'fleet-halt'}) : nothing}
    ${run?.stage === 'halted' ? button('Resume', icons.play, () => steer('resume'),
        {test: 'fleet-resume', kind: 'primary'}) : nothing}
    ${button('Roll back', icons.undo, back, {test: 'fleet-rollback', kind: 'danger'})}`;
}

const rollout = (run) => html`<section class="banner" data-test="rollout"><div><b>Roll-out of serial ${run.serial}: ${run.stage}</b>
  <p>${run.reason ?? ''}${run.by ? ` (${run.by})` : ''}${run.why ? html` <span class="bad">${run.why}</span>` : nothing}</p></div>
  <ol class="steps" aria-label="Steps">${Array.from({length: run.steps ?? 0}, (_, i) =>
    html`<li class=${i + 1 < run.step ? 'done' : i + 1 === run.step ? 'now' : ''}
    aria-current=${i + 1 === run.step ? 'step' : 'false'}>${i + 1}</li>`)}</ol></section>`;

const table = (things) => virtualTable({
  name: 'hosts', label: 'Hosts', columns: 6, high: HIGH, row, things,
  heads: html`${sortable('hosts', 'host', 'Host')}${sortable('hosts', 'serial', 'Serial', 'number w-120')}${sortable('hosts',
      'result', 'Result', 'w-110')}
    <th scope="col" class="w-wide">Refused, and why</th>${sortable('hosts', 'seen', 'Seen', 'number w-110')}${sortable('hosts',
      'program', 'Program', 'w-110')}`,
});

const row = (one) => html`<tr class=${one.behind ? 'behind' : ''} data-test="host" data-id=${one.host}>
  <td><span class="dot ${one.connected ? 'used' : 'unused'}"></span><b>${one.host}</b>${one.connected ? nothing
    : html` <span class="dim">away</span>`}</td>
  <td class="number">${one.serial ?? '–'} ${one.behind ? tag('behind', 'warn') : nothing}</td><td>${one.result ?? ''}</td>
  <td title=${(one.problems ?? []).join('\n') || nothing}>${one.refused ? html`<span class="bad">${typeof one.refused === 'number'
    ? `serial ${one.refused}` : one.refused}</span> ` : nothing}${(one.problems ?? []).join(' ')}</td>
  <td class="number dim">${ago(one.seen)}</td><td class="dim">${one.program ?? ''}</td></tr>`;
