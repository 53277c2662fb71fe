// The hosts of a fleet and the revisions of the policy.

import {get, post} from './api.js';
import {state, set, tell} from './state.js';

state.fleet = null;
state.history = null;

const load = (name, pick) => async () => {
  try {
    set({[name]: pick(await get(name))});
  } catch (error) {
    tell(error.message, 'bad');
  }
};

/** Fetches what each host has taken. */
export const loadFleet = load('fleet', (answer) => answer);

/** Fetches the newest revisions. */
export const loadHistory = load('history', (answer) => answer.revisions);

/** Halts, resumes or rolls back. */
export async function steer(what, serial) {
  try {
    await post('fleet', serial === undefined ? {do: what} : {do: what, serial});
    tell({halt: 'The roll-out is halted.', resume: 'The roll-out goes on.', rollback: 'The hosts are being rolled back.'}[what]);
    loadFleet();
  } catch (error) {
    tell(error.message, 'bad');
  }
}
