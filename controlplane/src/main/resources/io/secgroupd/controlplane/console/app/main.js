// Where the page begins.

import {html, render} from '/console/lib/lit-html/lit-html.js';
import {drawWith, mayWrite, state} from './state.js';
import {begin} from './session.js';
import {follow, routes} from './route.js';
import {entered, startFeeds} from './feeds.js';
import {recheck} from './draft/model.js';
import {drawDialog, watchDialog} from './parts/dialog.js';
import {watchKeys} from './keys.js';
import {useTheme} from './theme.js';
import {shell} from './shell.js';
import {mapView} from './views/map.js';
import {flowsView} from './views/flows.js';
import {whyView} from './views/why.js';
import {groupsView} from './views/groups.js';
import {listsView} from './views/lists.js';
import {instancesView} from './views/instances.js';
import {rulesView} from './views/rules.js';
import {hostsView} from './views/hosts.js';
import {historyView} from './views/history.js';
import {draftView} from './views/draft.js';

const VIEWS = {
  map: mapView, flows: flowsView, why: whyView, groups: groupsView, lists: listsView, instances: instancesView, rules: rulesView,
  hosts: hostsView, history: historyView, draft: draftView,
};

const waiting = () => html`<div class="gate"><p class="loading" aria-busy="true"
    role="status">${state.offline || 'One moment…'}</p></div>`;

const outside = () => html`<main class="gate" data-test="gate"><div class="gate-card"><img src="/console/icon.svg" alt=""
    width="48" height="48"><h1>secgroupd console</h1>
  ${state.gateWhy ? html`<p class="gate-why" role="alert" data-test="gate-why">${state.gateWhy}</p>` : ''}
  <p>To come in, run this on the control server, and open the address that it prints. The address works once, for two minutes.</p>
  <pre class="command"><code>sudo secgroupd console</code></pre>
  <p class="note">With <code>--read-only</code> the session may look at everything and change nothing.</p></div></main>`;

function page() {
  if (state.gate === 'enter') return outside();
  const known = state.policy || (state.route === 'map' && state.map); // the map shows itself without the policy
  if (state.gate === 'wait' || !known) return waiting();
  return shell(VIEWS[state.route]());
}

let first = true;

function draw() {
  const root = document.getElementById('page');
  if (first) root.replaceChildren(); // what stood there for the time before this file was loaded
  first = false;
  render(page(), root);
  drawDialog();
  const name = routes.find((route) => route.id === state.route)?.name ?? 'Draft';
  document.title = state.gate === 'in' ? `${name} · secgroupd` : 'secgroupd console';
}

useTheme();
drawWith(draw);
watchDialog();
watchKeys();
if (await begin()) {
  if (!mayWrite()) state.draft = {base: null, changes: []}; // a draft of an earlier session that could write is not this one's
  follow(entered);
  await startFeeds();
  recheck();
}
