// What keeps the page up to date: the policy, the trial and the hosts by a long poll, the use of rules by asking now and then.

import {get, keepAsking, wasEnded} from './api.js';
import {state, set, say} from './state.js';
import {startFlows, stopFlows} from './live.js';
import {loadMap} from './map/load.js';
import {recheck} from './draft/model.js';
import {isPresent, watchPresence} from './presence.js';
import {loadFleet, loadHistory} from './fleet.js';

const USE_EVERY = 5000;
const whole = new AbortController();
let mapped = Promise.resolve();

/** Starts to follow the server; the first policy is there when this is done. A large one is not to come before the map. */
export async function startFeeds() {
  await mapped;
  await loadPolicy();
  let tag = '';
  keepAsking((signal) => get(`changes?after=${encodeURIComponent(tag)}`, signal), (news) => {
    tag = news.tag;
    heard(news);
  }, failed, whole.signal);
  setInterval(loadUse, USE_EVERY);
  watchPresence();
  document.addEventListener('visibilitychange', () => (document.hidden ? stopFlows() : entered(state.route)));
}

/** Fetches what a view shows when somebody comes to it. */
export function entered(route) {
  if (state.gate !== 'in') return;
  if (route === 'flows') startFlows();
  else stopFlows();
  if (route === 'map') mapped = loadMap();
  if (route === 'hosts') loadFleet();
  if (route === 'history') loadHistory();
  if (['map', 'groups', 'rules'].includes(route)) loadUse();
}

async function heard(news) {
  setTrial(news.trial);
  if (state.route === 'hosts') loadFleet();
  if (news.hash === state.policy?.hash && news.serial === state.policy?.serial) return;
  await loadPolicy();
  say(`Policy ${state.policy.serial} is in force.`);
  recheck();
  if (state.route === 'map') loadMap();
  if (state.route === 'history') loadHistory();
}

/** Keeps a trial with the end of its time on this browser's own clock. */
export function setTrial(trial) {
  const before = state.trial?.serial;
  set({trial: trial ? {...trial, ends: performance.now() + trial.seconds_left * 1000} : null});
  if (trial && trial.serial !== before) {
    say(`Policy ${trial.serial} is on trial. It is taken back in ${trial.seconds_left} seconds unless it is confirmed.`);
  }
}

async function loadPolicy() {
  try {
    set({policy: await get('policy')});
  } catch (error) {
    failed(error);
  }
}

async function loadUse() {
  if (!isPresent() || state.gate !== 'in' || !['map', 'groups', 'rules'].includes(state.route)) return;
  try {
    set({use: await get('use')});
  } catch (error) {
    if (!wasEnded(error)) set({use: {...state.use, daemon: false}});
  }
}

function failed(error) {
  set({offline: error ? `The control server does not answer (${error.message}). Trying again.` : ''});
}
