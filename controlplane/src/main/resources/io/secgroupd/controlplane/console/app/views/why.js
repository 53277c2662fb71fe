// Why something is accepted or refused: the answer of explain.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {live} from '/console/lib/lit-html/directives/live.js';
import {post, wasEnded} from '../api.js';
import {state, set, mayWrite} from '../state.js';
import {addToDraft} from '../draft/model.js';
import {words} from '../draft/words.js';
import {button, head, nameOf, observes, place, verdict} from '../parts/bits.js';
import {icons} from '../parts/icons.js';
import {go} from '../route.js';
import {time} from '../parts/time.js';

state.why = {text: '', busy: false, answer: null, error: ''};
state.flowWhy = null;

let asking = null;

async function question(body, put) {
  asking?.abort();
  asking = new AbortController();
  const mine = asking;
  put({busy: true, answer: null, error: ''});
  try {
    put({busy: false, answer: await post('why', body, mine.signal), error: ''});
  } catch (error) {
    if (!wasEnded(error)) put({busy: false, answer: null, error: error.message});
  }
}

/** People write the arrow in several ways; the server knows one. */
export const plain = (text) => text.trim().replace(/\s*(?:→|⟶|➔|=>|->|\s+to\s+)\s*/i, ' -> ');

function askText() {
  if (state.why.text.trim() === '') return;
  question({text: plain(state.why.text)}, (parts) => set({why: {...state.why, ...parts}}));
}

/** Asks why a flow was decided so, for the side panel. */
export function askFlow(flow) {
  const body = {from: flow.src, to: flow.dst, protocol: flow.protocol};
  if (flow.dport !== null && flow.dport !== undefined) body.port = flow.dport;
  for (const name of ['icmp_type', 'icmp_code']) if (flow[name] !== null && flow[name] !== undefined) body[name] = flow[name];
  question(body, (parts) => set({flowWhy: parts}));
}

/** The view. */
export function whyView() {
  const why = state.why;
  return html`${head('Why', null)}
    <form class="ask" @submit=${(event) => { event.preventDefault(); askText(); }}>
      <label for="why-text">Who wants what from whom?</label>
      <div class="ask-line"><input id="why-text" data-test="why-text" class="code" autocomplete="off" spellcheck="false"
        autocapitalize="off"
        placeholder="app-1 → db-1 tcp 3306" .value=${live(why.text)}
            @input=${(event) => set({why: {...why, text: event.target.value}})}>
      <button type="submit" class="button primary" data-test="why-ask">Ask</button></div>
      <p class="help">Names of instances or clusters, or addresses; then the protocol, and a port where there is one. The
        arrow may be
        →, -&gt; or “to”.</p></form>
    <div aria-live="polite" aria-busy=${why.busy ? 'true' : 'false'}>${answerOf(why)}</div>`;
}

function answerOf({busy, answer, error}) {
  if (busy) return html`<div class="loading">Asking…</div>`;
  if (error) return html`<p class="problem error" data-test="why-error">${error}</p>`;
  return answer ? explanation(answer) : nothing;
}

/** Both halves of a flow, and what would allow it. */
const explanation = (answer) => html`<section class="why" data-test="why-answer" data-verdict=${answer.verdict}>
  <p class="why-verdict ${answer.verdict === 'ACCEPT' ? 'good' : 'bad'}">${answer.verdict === 'ACCEPT' ? 'Accepted' : 'Refused'}
    ${observes(answer.observed, 'observed: let in all the same')}
    <code>${endOf(answer, 'from')} → ${endOf(answer, 'to')} ${answer.protocol}${answer.port === null || answer.port === undefined
      ? '' : ` ${answer.port}`}</code></p>
  <div class="halves">${half('Out of the source', answer.egress)}${half('Into the destination', answer.ingress)}</div>
  ${remedy(answer)}</section>`;

const endOf = (answer, end) => (answer[`${end}_instance`] ? `${answer[`${end}_instance`]} (${answer[end]})` : answer[end]);

const REASONS = {
  'rule': 'A rule matches.', 'no-matching-rule': 'None of the rules matches.', 'no-groups': 'The instance has no groups.',
  'no-instance': 'No instance answers at this address.', 'same-instance': 'Both ends are the same instance.',
};

function half(title, one) {
  if (!one?.checked) return html`<div class="half"><h3>${title}</h3><p class="note">Not judged: no instance of the policy is at
      this end.</p></div>`;
  return html`<div class="half ${one.verdict === 'ACCEPT' ? 'good' : 'bad'}"><h3>${title}</h3>
    <p class="row">${verdict(one.verdict)}<b>${one.instance}</b>${observes(one.observed)}</p>
    <p>${REASONS[one.reason] ?? one.reason}</p>
    ${one.rule ? html`<p class="code">${one.terms ?? ''}</p><p
        class="row note"><span>${nameOf(one.group)}</span><code>${one.rule}</code>${place(one.at)}</p>` : nothing}
    ${one.nearest ? nearest(one.nearest) : nothing}</div>`;
}

const nearest = (miss) => html`<div class="nearest" data-test="why-nearest"><h4>The nearest miss</h4><p
    class="code">${miss.terms}</p>
  <p class="row note"><span>${nameOf(miss.group)}</span><code>${miss.rule}</code>${place(miss.at)}</p>
  <p>It differs in ${miss.differing.map((what, i) => html`${i > 0 ? ', ' : ''}<b>${what}</b>`)}.</p></div>`;

function remedy(answer) {
  if (!answer.remedy_text) return nothing;
  const changes = answer.remedy ?? [];
  const add = () => { addToDraft(changes); go('draft'); };
  return html`<div class="remedy"><h3>What would allow it</h3><p>${answer.remedy_text}</p>
    <ul class="plain">${changes.map((change) => html`<li>${words(change)}</li>`)}</ul>
    ${mayWrite() && changes.length > 0 ? button('Add the rule that would allow this', icons.plus, add,
        {kind: 'primary', test: 'why-remedy'}) : nothing}</div>`;
}

/** The side panel of a flow. */
export function flowPanel({flow}) {
  return {title: 'Why', body: html`<p class="row">${verdict(flow.verdict)}${observes(flow.observed, 'observed')}
    <span class="note">at ${time(flow.time)}</span></p>
    <p class="code">${flow.src} → ${flow.dst}<br>${flow.protocol} ${flow.dport ?? ''}</p>
    <dl class="facts">${['reason', 'direction', 'instance', 'group', 'rule', 'in', 'packets', 'generation'].map((name) => (
      flow[name] === null || flow[name] === undefined ? nothing : html`<dt>${name}</dt><dd><code>${flow[name]}</code></dd>`))}</dl>
    <h3>By the policy in force</h3><div aria-live="polite">${answerOf(state.flowWhy ?? {busy: true})}</div>`};
}
