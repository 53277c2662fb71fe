// Which view is shown. The address names views only: what somebody looks for stays in the page.

import {state, set} from './state.js';
import {icons} from './parts/icons.js';

export const routes = [
  {id: 'map', name: 'Map', icon: icons.map, key: 'm', first: true},
  {id: 'flows', name: 'Flows', icon: icons.flows, key: 'f', first: true},
  {id: 'why', name: 'Why', icon: icons.why, key: 'w', first: true},
  {id: 'groups', name: 'Groups', icon: icons.groups, key: 'g', first: true},
  {id: 'lists', name: 'Prefix lists', icon: icons.lists, key: 'l'},
  {id: 'instances', name: 'Instances', icon: icons.instances, key: 'i'},
  {id: 'rules', name: 'Rules', icon: icons.rules, key: 'r'},
  {id: 'hosts', name: 'Hosts', icon: icons.hosts, key: 'h'},
  {id: 'history', name: 'History', icon: icons.history, key: 'y'},
];

const known = (id) => id === 'draft' || routes.some((route) => route.id === id);

/** Follows the address from now on, and calls `entered` for each view that is come to. */
export function follow(entered) {
  const read = () => {
    const id = location.hash.replace(/^#\//, '');
    const route = known(id) ? id : 'map';
    const left = state.route;
    set({route, panel: left === route ? state.panel : null, menu: false});
    entered(route);
    // Whoever does not see the page goes on reading where the new view begins.
    if (left !== route) requestAnimationFrame(() => document.getElementById('main')?.focus({preventScroll: true}));
  };
  addEventListener('hashchange', read);
  read();
}

/** Goes to a view. */
export function go(id) {
  location.hash = `#/${id}`;
}
