// The draft: changes that somebody intends. It lives in this tab only, until it is applied.

import {post, wasEnded} from '../api.js';
import {state, set, tell, say} from '../state.js';

const KEY = 'secgroupd-draft';
const DELAY = 200;

state.draft = stored();
state.drafted = null; // what the server says of the draft
state.draftBusy = false;
state.replayed = null;

let timer = 0;
let asking = null;
let listeners = [];

function stored() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    return Array.isArray(kept?.changes) ? kept : {base: null, changes: []};
  } catch {
    return {base: null, changes: []};
  }
}

/** Calls back whenever the draft has become another one. */
export function onDraft(listener) {
  listeners.push(listener);
}

function keep(changes) {
  const base = changes.length === 0 ? null : state.draft.base ?? state.policy.hash;
  set({draft: {base, changes}, drafted: changes.length === 0 ? null : state.drafted, replayed: null});
  sessionStorage.setItem(KEY, JSON.stringify(state.draft));
  recheck();
  listeners.forEach((listener) => listener());
}

/** Adds changes; `instead` is the place of a change that they replace. */
export function addToDraft(changes, instead = null) {
  const kept = [...state.draft.changes];
  if (instead === null) kept.push(...changes);
  else kept.splice(instead, 1, ...changes);
  keep(kept);
  say(`${kept.length} ${kept.length === 1 ? 'change' : 'changes'} in the draft.`);
}

/** Takes one change out of the draft. */
export function undo(index) {
  keep(state.draft.changes.filter((_, i) => i !== index));
}

/** Throws the draft away. */
export function discard() {
  keep([]);
}

/** Bases the draft on the policy that is in force now. */
export function rebase() {
  state.draft = {...state.draft, base: state.policy.hash};
  keep(state.draft.changes);
}

/** Has the server look at the draft, soon. */
export function recheck() {
  clearTimeout(timer);
  asking?.abort();
  asking = null;
  if (state.draft.changes.length === 0) {
    set({draftBusy: false});
    return;
  }
  set({draftBusy: true});
  timer = setTimeout(ask, DELAY);
}

async function ask() {
  const mine = new AbortController();
  asking = mine;
  try {
    const drafted = await post('draft', state.draft, mine.signal);
    if (asking === mine) set({drafted, draftBusy: false});
  } catch (error) {
    if (!wasEnded(error)) set({drafted: {ok: false, problems: problemsOf(error)}, draftBusy: false});
  }
}

/** The problems that a refusal tells of, or the refusal itself as the only one. */
export function problemsOf(error) {
  return error.problems?.length > 0 ? error.problems : [{severity: 'error', message: error.message}];
}

/** Has the last day's flows judged by the draft. */
export async function replay(hours) {
  set({replayed: {busy: true}});
  try {
    set({replayed: await post('replay', {...state.draft, hours})});
  } catch (error) {
    set({replayed: {error: error.message}});
  }
}

/** Puts the draft into force, for a trial or for good. */
export async function apply(confirm, reason, applied) {
  try {
    const answer = await post('apply', {...state.draft, confirm, reason});
    keep([]);
    applied(answer.trial);
    tell(answer.trial ? `Policy ${answer.serial} is on trial.` : `Policy ${answer.serial} is in force.`);
  } catch (error) {
    if (error.status === 422) set({drafted: {...state.drafted, ok: false, problems: problemsOf(error)}});
    if (error.status === 409) recheck();
    tell(error.message, 'bad');
  }
}
