// The newest revisions of the policy.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {state} from '../state.js';
import {empty, filterBox, head, passes, tag} from '../parts/bits.js';
import {ago, count, date} from '../parts/time.js';

/** The view. */
export function historyView() {
  if (!state.history) return html`${head('History', null)}<div class="loading" aria-busy="true">Asking…</div>`;
  const fits = state.history.filter((one) => passes('history', one.serial, one.author, one.reason, one.meaning));
  return html`${head('History', count(fits.length), filterBox('history', 'Author, reason'))}
    ${fits.length === 0 ? empty('No revision matches.') : html`<ol class="history"
        data-test="history">${fits.map(revision)}</ol>`}`;
}

const revision = (one) => html`<li data-test="revision" data-serial=${one.serial}><div
    class="history-serial">${one.serial}</div><div class="history-what">
  <p><b>${one.reason || 'No reason given'}</b> ${one.serial === state.policy.serial ? tag('in force', 'good') : nothing}
    ${one.serial === state.trial?.serial ? tag('on trial', 'warn') : nothing}</p>
  <p class="note">${one.author} · <time datetime=${new Date(one.time).toISOString()}
    title=${date(one.time)}>${ago(one.time)}</time></p>
  ${one.meaning ? html`<p class="meaning-text">${one.meaning}</p>` : nothing}</div></li>`;
