// Whether somebody sits before the page. A session ends when nobody has used it for a while: so the page asks for nothing of its
// own accord for long, and tells the server when somebody only reads and filters what is there already.

import {get} from './api.js';

const MINUTE = 60000;
const AWAY = 5 * MINUTE;

let last = Date.now();

/** Starts to notice what somebody does, and to tell the server once a minute. */
export function watchPresence() {
  for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel']) {
    addEventListener(kind, () => { last = Date.now(); }, {passive: true, capture: true});
  }
  setInterval(() => { if (Date.now() - last < MINUTE) get('session').catch(() => {}); }, MINUTE);
}

/** Whether somebody has done something in the last minutes. */
export const isPresent = () => !document.hidden && Date.now() - last < AWAY;
