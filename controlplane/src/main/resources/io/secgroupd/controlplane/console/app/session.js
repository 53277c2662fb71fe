// How a person comes in: a one-time code in the fragment of the address, which no server and no log sees.

import {get, post, useToken, onEnded} from './api.js';
import {state, set} from './state.js';

const OWN = /^#\//;

/** Enters with the code of the address if there is one, else with the session that the cookie names. */
export async function begin() {
  addEventListener('hashchange', () => { if (!OWN.test(location.hash) && location.hash.length > 1) location.reload(); });
  onEnded(() => end('The session has ended.'));
  const code = location.hash.length > 1 && !OWN.test(location.hash) ? location.hash.slice(1) : '';
  try {
    if (code) {
      history.replaceState(null, '', location.pathname + '#/map');
      took(await post('enter', {code}));
    } else {
      took(await get('session'));
    }
  } catch (error) {
    end(code ? error.message : '');
  }
  return state.gate === 'in';
}

function took(session) {
  useToken(session.token);
  set({session, gate: 'in', gateWhy: ''});
}

function end(why) {
  set({session: null, gate: 'enter', gateWhy: why, panel: null, dialog: null});
}

/** Ends the session, here and at the server. */
export async function leave() {
  await post('leave', {}).catch(() => {});
  end('You have left.');
}
