// What is around each view: navigation, banners, the side panel and messages.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {mayWrite, set, state} from './state.js';
import {routes} from './route.js';
import {leave} from './session.js';
import {nextTheme, theme} from './theme.js';
import {help} from './keys.js';
import {trialBanner} from './trial.js';
import {button, place} from './parts/bits.js';
import {icons} from './parts/icons.js';
import {counted} from './parts/time.js';
import {edgePanel, nodePanel} from './views/mappanel.js';
import {flowPanel} from './views/why.js';

const PANELS = {edge: edgePanel, node: nodePanel, flow: flowPanel};

/** The whole page around a view. */
export const shell = (view) => html`<a class="skip" href="#main"
    @click=${(event) => { event.preventDefault(); document.getElementById('main').focus(); }}>To the content</a>
  <div class="frame ${state.panel ? 'with-panel' : ''}">${side()}
    <div class="middle">${banners()}<main id="main" tabindex="-1" class="view view-${state.route}"
      data-test="view-${state.route}">${view}</main></div>
    ${panel()}${bottom()}${state.menu ? menu() : nothing}</div>${toast()}`;

const link = (route, test) => html`<a href="#/${route.id}" class="nav-link" data-test="${test}-${route.id}"
    aria-current=${state.route === route.id ? 'page' : 'false'}>
  ${route.icon()}<span>${route.name}</span></a>`;

const side = () => html`<header class="side"><div class="brand"><img src="/console/icon.svg" alt="" width="28"
    height="28"><div><b>secgroupd</b>
    <span class="note" data-test="policy-serial">${state.policy ? `policy ${state.policy.serial}` : ''}</span></div></div>
  <nav aria-label="Views">${routes.map((route) => link(route, 'nav'))}</nav>
  <div class="side-foot">${draftLink()}<div class="who"><span
    title=${`${state.session.store} store, version ${state.session.version}`}>${state.session.user}</span>
      ${mayWrite() ? nothing : html`<span class="tag warn" data-test="read-only">read only</span>`}</div>${tools()}</div></header>`;

const tools = () => html`<div class="row tools-row">${button(`Theme: ${theme().name}`, theme().icon, nextTheme,
    {quiet: true, test: 'theme'})}
  ${button('Keys', icons.why, help, {quiet: true, test: 'help'})}${button('Leave', icons.leave, leave,
      {quiet: true, test: 'leave'})}</div>`;

const draftLink = () => (state.draft.changes.length === 0 ? nothing : html`<a href="#/draft" class="nav-link draft-link"
    data-test="nav-draft"
  aria-current=${state.route === 'draft' ? 'page' : 'false'}>${icons.draft()}<span>Draft</span><span
      class="count">${state.draft.changes.length}</span></a>`);

const flipMenu = () => set({menu: !state.menu});

const bottom = () => html`<nav class="bottom" aria-label="Views">${routes.filter((route) => route.first).map((route) =>
    link(route, 'bottom'))}
  <button type="button" class="nav-link" data-test="bottom-more" aria-expanded=${state.menu ? 'true' : 'false'}
    @click=${flipMenu}>${icons.more()}<span>More</span></button></nav>`;

const menu = () => html`<div class="veil" @click=${flipMenu}></div><nav class="menu"
    aria-label="More views">${routes.filter((route) => !route.first).map((route) => link(route, 'menu'))}
  <div class="row menu-foot"><span>${state.session.user}${mayWrite() ? '' : ' (read only)'}</span><span
    class="grow"></span>${tools()}</div></nav>`;

const banners = () => html`<div class="banners">${trialBanner()}
  ${state.offline ? html`<section class="banner bad" role="alert"
      data-test="offline">${icons.warn()}<p>${state.offline}</p></section>` : nothing}
  ${broken()}${warnings()}${state.draft.changes.length > 0 && state.route !== 'draft' ? draftBanner() : nothing}</div>`;

const draftBanner = () => html`<section class="banner draft-banner" aria-label="Draft" data-test="draft-banner">${icons.draft()}<p
    class="grow"><b>${counted(state.draft.changes.length, 'change')}</b>${
    state.drafted && !state.drafted.ok ? html` · <span class="bad">not sound yet</span>` : nothing}${
    state.drafted?.stale ? html` · <span class="bad">the policy has changed since</span>` : nothing}</p>
  <a class="button" href="#/draft" data-test="draft-open">See what they mean</a></section>`;

function broken() {
  const errors = state.policy?.problems.filter((problem) => problem.severity === 'error') ?? [];
  if (errors.length === 0) return nothing;
  return html`<section class="banner bad" role="alert" data-test="policy-broken">${icons.warn()}<div><b>The newest policy is
      broken; this shows the last sound one.</b>
    ${errors.slice(0, 3).map((problem) => html`<p>${problem.message} ${place(problem.at)}</p>`)}</div></section>`;
}

const WARNED = ['groups', 'rules', 'lists', 'instances'];

function warnings() {
  const found = state.policy?.problems.filter((problem) => problem.severity === 'warning') ?? [];
  if (found.length === 0 || !WARNED.includes(state.route)) return nothing;
  return html`<details class="banner warn" data-test="policy-warnings"><summary>${counted(found.length, 'warning')} about the
      policy in force</summary>
    ${found.slice(0, 50).map((problem) => html`<p>${problem.message} ${place(problem.at)}</p>`)}</details>`;
}

function panel() {
  const make = PANELS[state.panel?.kind];
  if (!make) return nothing;
  const {title, body} = make(state.panel);
  return html`<aside class="panel" aria-label="Details" data-test="panel"><header><h2>${title}</h2>
    ${button('Close', icons.close, () => set({panel: null}), {quiet: true, test: 'panel-close'})}</header><div
        class="panel-body">${body}</div></aside>`;
}

const toast = () => (state.toast ? html`<div class="toast ${state.toast.kind}" role=${state.toast.kind === 'bad' ? 'alert'
    : 'status'} data-test="toast"><p>${state.toast.text}</p>
  ${button('Close', icons.close, () => set({toast: null}), {quiet: true})}</div>` : nothing);
