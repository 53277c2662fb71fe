// The draft: what it means, what it would have done, what will be written; then to apply it.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {state, mayWrite, set, setIn} from '../state.js';
import {apply, discard, rebase, undo} from '../draft/model.js';
import {words} from '../draft/words.js';
import {setTrial} from '../feeds.js';
import {ask} from '../parts/dialog.js';
import {button, empty, head, place, segments} from '../parts/bits.js';
import {icons} from '../parts/icons.js';
import {counted} from '../parts/time.js';
import {fileTab, meaningTab, replayTab, testsTab} from './drafttabs.js';

state.applying = {confirm: 60, reason: '', busy: false};

const TABS = {meaning: ['Meaning', meaningTab], replay: ['Replay', replayTab], file: ['File', fileTab], tests: ['Tests', testsTab]};

const NOTHING = 'There are no changes. What you edit under Groups, Prefix lists and Instances is gathered here, and nothing is in '
  + 'force before you apply it.';

/** The view. */
export function draftView() {
  const {changes} = state.draft;
  if (changes.length === 0) {
    return html`${head('Draft', null)}${empty(NOTHING)}`;
  }
  const tab = state.picked.tab ?? 'meaning';
  return html`${head('Draft', counted(changes.length, 'change'), button('Discard', icons.bin, throwAway,
      {test: 'draft-discard', kind: 'danger'}))}
    <div class="draft"><section class="draft-side" aria-label="Changes">${stale()}
      <ol class="changes" data-test="changes">${changes.map(change)}</ol>${general()}${mayWrite() ? applyBox() : nothing}</section>
    <section class="draft-main" aria-label="What the draft does">
      ${segments('Show', tab, Object.entries(TABS).map(([id, [name]]) => [id, name]), (id) => setIn('picked', 'tab', id),
          'draft-tab')}
      <div class="draft-tab" aria-live="polite" aria-busy=${state.draftBusy ? 'true' : 'false'}>${
        state.drafted ? TABS[tab][1](state.drafted) : html`<div class="loading">Checking…</div>`}</div></section></div>`;
}

const throwAway = () => ask('Discard the draft', `${counted(state.draft.changes.length, 'change')} will be forgotten.`, 'Discard',
    discard, 'danger');

const problems = () => state.drafted?.problems ?? [];

const change = (one, index) =>
    html`<li><div><span>${words(one)}</span>${problems().filter((problem) => problem.change === index).map(problemLine)}</div>
  ${button('Undo this change', icons.undo, () => undo(index), {quiet: true, test: 'change-undo'})}</li>`;

const problemLine = (problem) => html`<p class="problem ${problem.severity}" data-test="draft-problem">${problem.message}
    ${place(problem.at)}</p>`;

const general = () => problems().filter((problem) => problem.change === undefined || problem.change === null).map(problemLine);

const stale = () => (state.drafted?.stale || (state.draft.base && state.draft.base !== state.policy.hash)
    ? html`<div class="banner warn" role="alert" data-test="draft-stale">
  <div><b>Somebody has changed the policy since.</b><p>The draft began with another one. Look at it on the policy of now before
    you apply it.</p></div>
  ${button('Take the policy of now', null, rebase, {test: 'draft-rebase', kind: 'primary'})}</div>` : nothing);

const WAYS = [[60, 'for 60 seconds, then confirm'], [300, 'for 5 minutes, then confirm'], [0, 'at once, for good']];

function applyBox() {
  const {confirm, reason, busy} = state.applying;
  const put = (parts) => set({applying: {...state.applying, ...parts}});
  const ready = state.drafted?.ok && !state.drafted.stale && !state.draftBusy && !busy;
  return html`<form class="apply" @submit=${(event) => { event.preventDefault(); if (ready) start(put); }}>
    <label for="apply-reason">Reason</label><input id="apply-reason" data-test="apply-reason" placeholder="What this is for"
      autocomplete="off" .value=${reason}
      @input=${(event) => put({reason: event.target.value})}>
    <label for="apply-confirm">Apply</label><select id="apply-confirm" data-test="apply-confirm"
      @change=${(event) => put({confirm: Number(event.target.value)})}>
      ${WAYS.map(([seconds, text]) => html`<option value=${seconds} ?selected=${seconds === confirm}>${text}</option>`)}</select>
    <button type="submit" class="button primary wide" data-test="apply" ?disabled=${!ready}>${busy ? 'Applying…' : confirm
      ? 'Apply and confirm' : 'Apply'}</button>
    <p class="help">${confirm ? 'If nobody confirms in time, the policy of now comes back by itself.'
      : 'It is in force until somebody changes it again.'}</p></form>`;
}

async function start(put) {
  put({busy: true});
  await apply(state.applying.confirm, state.applying.reason, (trial) => { if (trial) setTrial(trial); });
  put({busy: false, reason: state.draft.changes.length === 0 ? '' : state.applying.reason});
}
