// Fetches the map of the policy, or of the draft.

import {get, post, wasEnded} from '../api.js';
import {state, set, tell} from '../state.js';
import {onDraft} from '../draft/model.js';

state.map = null;
state.mapOfDraft = false;
state.mapOptions = {draft: true, implied: false, noisy: false, refused: true, list: false, focus: null, hops: 1, limit: 40,
    hidden: []};

let asking = null;
let timer = 0;

onDraft(() => {
  clearTimeout(timer);
  timer = setTimeout(() => { if (state.route === 'map') loadMap(); }, 250);
});

/** Whether the map is to show the draft. */
export const showsDraft = () => state.mapOptions.draft && state.draft.changes.length > 0;

/** Fetches the map that the options ask for. */
export async function loadMap() {
  asking?.abort();
  asking = new AbortController();
  const mine = asking;
  try {
    const [map, draft] = await fetched(mine.signal);
    if (asking === mine) set({map, mapOfDraft: draft});
  } catch (error) {
    if (!wasEnded(error)) tell(`The map cannot be drawn: ${error.message}`, 'bad');
  }
}

// A draft that cannot be read has no map; then the policy in force is shown, and the map says so.
async function fetched(signal) {
  if (showsDraft()) {
    try {
      return [await post('map', {changes: state.draft.changes}, signal), true];
    } catch (error) {
      if (error.status !== 400 && error.status !== 422) throw error;
    }
  }
  return [await get('map', signal), false];
}

/** Changes options of the map. */
export function mapOptions(parts) {
  const draft = state.mapOptions.draft;
  set({mapOptions: {...state.mapOptions, ...parts}});
  if (parts.draft !== undefined && parts.draft !== draft) loadMap();
}
