// The live flows. They come in batches of many; the newest are kept, and the page is drawn once for each frame.

import {get, keepAsking} from './api.js';
import {state, set, changed} from './state.js';

const KEPT = 5000;

state.flows = {list: [], rates: [], next: 0, leftOut: 0, paused: false, chips: [], error: ''};
let running = null;

/** Starts to ask for flows, unless that is going on or somebody has paused it. */
export function startFlows() {
  if (running || state.flows.paused) return;
  running = new AbortController();
  keepAsking((signal) => get(`flows?after=${state.flows.next}`, signal), take, (error) => {
    state.flows.error = error ? error.message : '';
    changed();
  }, running.signal);
}

/** Ends asking; what has come stays. */
export function stopFlows() {
  running?.abort();
  running = null;
}

/** Pauses, or goes on. */
export function pauseFlows() {
  const paused = !state.flows.paused;
  set({flows: {...state.flows, paused}});
  if (paused) stopFlows();
  else startFlows();
}

/** Forgets all flows that have come. */
export function clearFlows() {
  set({flows: {...state.flows, list: [], leftOut: 0}});
}

function take(answer) {
  const flows = state.flows;
  // A daemon that has started anew counts from the beginning again.
  const list = answer.next < flows.next ? [] : flows.list;
  set({flows: {
    ...flows,
    next: answer.next,
    rates: answer.rates,
    leftOut: flows.leftOut + answer.left_out,
    list: answer.flows.length === 0 ? list : answer.flows.reverse().concat(list).slice(0, KEPT),
  }});
}

/** Shows only flows whose field has this value. */
export function addChip(field, value) {
  const chips = state.flows.chips.filter((chip) => chip.field !== field || chip.value !== value);
  set({flows: {...state.flows, chips: [...chips, {field, value}]}});
}

/** Takes a condition away again. */
export function dropChip(index) {
  set({flows: {...state.flows, chips: state.flows.chips.filter((_, i) => i !== index)}});
}

/** The flows that meet all conditions: values of one field are alternatives, different fields must all match. */
export function matching(list, chips, text) {
  const fields = new Map();
  for (const {field, value} of chips) fields.set(field, [...(fields.get(field) ?? []), value]);
  const wanted = text.trim().toLowerCase();
  return list.filter((flow) => [...fields].every(([field, values]) => values.includes(flow[field] ?? null))
    && (wanted === '' || mentions(flow, wanted)));
}

const SEARCHED = ['src', 'dst', 'dport', 'protocol', 'verdict', 'reason', 'instance', 'group', 'rule', 'unit'];

const mentions = (flow, wanted) => SEARCHED.some((field) => String(flow[field] ?? '').toLowerCase().includes(wanted));
