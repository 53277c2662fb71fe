// The tabs of the draft.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {state, mayWrite} from '../state.js';
import {replay} from '../draft/model.js';
import {button, empty, tag, verdict} from '../parts/bits.js';
import {icons} from '../parts/icons.js';
import {count, counted} from '../parts/time.js';

const KINDS = {added: 'new instance', removed: 'instance gone', changed: ''};

/** Which flows each instance allows now, and refuses now. */
export function meaningTab(drafted) {
  if (!drafted.meaning) return empty('The draft cannot be read yet: see what is wrong with its changes.');
  const modes = (drafted.modes ?? []).map((text) => html`<p class="note" data-test="meaning-mode">${text}</p>`);
  if (drafted.meaning.length === 0 && modes.length === 0) return drafted.ok ? empty('No flow is judged otherwise than now.')
      : empty('The draft cannot be read yet.');
  return html`<div class="meaning"
      data-test="meaning">${modes}${drafted.meaning.map((one) =>
          html`<article><h3>${one.instance} ${KINDS[one.kind] ? tag(KINDS[one.kind], one.kind === 'added' ? 'good' : 'bad')
              : nothing}</h3>
    <ul>${one.flows.map((flow) => html`<li class=${flow.now === 'ACCEPT' ? 'good' : 'bad'} data-test="meaning-flow"><span
      aria-hidden="true">${flow.now === 'ACCEPT' ? '+' : '−'}</span>
      <span>${flow.now === 'ACCEPT' ? 'newly allowed' : 'newly refused'}</span><span
        class="dim">${flow.direction}</span><code>${flow.terms}</code></li>`)}</ul></article>`)}</div>`;
}

const REPLAY = 'The flows of the last 24 hours are judged by the draft, and what would have come out otherwise is shown.';

/** What the draft would have done to the flows of the last day. */
export function replayTab() {
  const done = state.replayed;
  const start = button('Replay the last day', icons.play, () => replay(24), {test: 'replay', kind: done?.rows ? '' : 'primary',
      off: Boolean(done?.busy)});
  if (!mayWrite() && !done) return empty('A session that may only read replays nothing.');
  if (!done) return html`${empty(REPLAY)}${start}`;
  if (done.busy) return html`<div class="loading">Judging the flows of the last day…</div>`;
  if (done.error) return html`<p class="problem error">${done.error}</p>${start}`;
  return html`<p class="figures" data-test="replay-result"><span><b>${count(done.flows)}</b> flows judged</span><span
      class="good"><b>${count(done.now_accepted)}</b> now accepted</span>
      <span class="bad"><b>${count(done.now_refused)}</b> now refused</span></p>
    ${(done.remarks ?? []).map((remark) => html`<p class="note">${remark}</p>`)}
    ${done.rows.length === 0 ? empty('Every flow of the last day is judged as before.') : replayTable(done.rows)}${start}`;
}

const replayTable = (rows) => html`<div class="table-box"><table class="table"><thead><tr><th scope="col">From</th><th
    scope="col">To</th><th scope="col">Service</th>
  <th scope="col" class="number">Flows</th><th scope="col">Before</th><th scope="col">With the
    draft</th></tr></thead><tbody>${rows.map((row) => html`<tr>
    <td><code>${row.from}</code></td><td><code>${row.to}</code></td><td><code>${row.protocol} ${row.port ?? ''}</code></td><td
      class="number">${count(row.count)}</td>
    <td>${verdict(row.before)} <code class="dim">${row.rule_before ?? ''}</code></td><td>${verdict(row.after)} <code
      class="dim">${row.rule_after ?? ''}</code></td></tr>`)}</tbody></table></div>`;

const LINES = {'+': 'plus', '-': 'minus', ' ': '', '…': 'gap-line'};

/** The files before and after, line by line. */
export function fileTab(drafted) {
  if (!drafted.files || drafted.files.length === 0) return empty('No file is changed.');
  return drafted.files.map((file) => html`<section class="file" data-test="file"><h3><code>${file.path}</code></h3><div
      class="table-box"><table class="diff"><tbody>${
    file.lines.map((line) => html`<tr class=${LINES[line.kind] ?? ''}><td class="line-number">${line.old ?? ''}</td><td
        class="line-number">${line.new ?? ''}</td>
      <td class="sign">${line.kind}</td><td class="line">${line.text}</td></tr>`)}</tbody></table></div></section>`);
}

/** The tests of the policy. */
export function testsTab(drafted) {
  const failed = drafted.problems.filter((problem) => problem.severity === 'error');
  if (failed.length > 0) {
    return html`<ul class="plain">${failed.map((problem) => html`<li><p class="problem error">${problem.message} <code
        class="place">${problem.at ?? ''}</code></p></li>`)}</ul>`;
  }
  const passed = drafted.tests?.passed ?? 0;
  return passed === 0 ? empty('The policy has no tests. They stand in its file, and no change that breaks one is taken.')
    : html`<p class="figures" data-test="tests"><span class="good"><b>${count(passed)}</b> ${passed === 1 ? 'test passes'
        : 'tests pass'}</span></p>
      <p class="note">${counted(passed, 'question')} that the policy asks of itself ${passed === 1 ? 'is' : 'are'} answered as it
        wants.</p>`;
}

