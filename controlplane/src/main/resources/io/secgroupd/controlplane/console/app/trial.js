// The banner of a trial, on every view, until somebody confirms it or takes it back.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {post} from './api.js';
import {changed, mayWrite, set, state, tell} from './state.js';
import {button} from './parts/bits.js';
import {countdown} from './parts/time.js';

let ticking = 0;

function tick() {
  if (!ticking) ticking = setInterval(() => (state.trial ? changed() : stop()), 1000);
}

function stop() {
  clearInterval(ticking);
  ticking = 0;
}

async function end(path, said) {
  const {serial} = state.trial;
  try {
    await post(path, {serial});
    set({trial: null});
    tell(said);
  } catch (error) {
    tell(error.message, 'bad');
  }
}

/** The banner. */
export function trialBanner() {
  const trial = state.trial;
  if (!trial) return nothing;
  tick();
  const left = (trial.ends - performance.now()) / 1000;
  return html`<section class="banner trial" aria-label="Trial" data-test="trial"><div class="trial-clock" data-test="trial-left"
      aria-hidden="true">${countdown(left)}</div>
    <div class="grow"><b>Policy ${trial.serial} is on trial.</b><p>${left > 0
      ? `Unless it is confirmed, policy ${trial.before} comes back.` : 'Its time is over: it is being taken back.'}
      ${trial.by ? `Applied by ${trial.by}.` : ''}</p></div>
    ${mayWrite() ? html`${button('Take back now', null, () => end('takeback', 'The policy is taken back.'),
        {test: 'trial-takeback'})}
      ${button('Confirm', null, () => end('confirm', `Policy ${trial.serial} stays.`), {test: 'trial-confirm', kind: 'primary'})}`
          : nothing}</section>`;
}
