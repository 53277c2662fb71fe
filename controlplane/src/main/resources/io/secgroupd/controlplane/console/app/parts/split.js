// A view with a list at the left and what is chosen of it at the right; on a narrow screen one after the other.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {repeat} from '/console/lib/lit-html/directives/repeat.js';
import {state, setIn} from '../state.js';
import {button, empty, mark} from './bits.js';
import {icons} from './icons.js';

const PAGE = 120;

/** The view; `item` shows a line of the list, `detail` the whole of what is chosen. */
export function split({name, label, things, idOf, item, detail, none}) {
  const wide = matchMedia('(min-width: 900px)').matches;
  const picked = things.find((thing) => idOf(thing) === state.picked[name]) ?? (wide ? things[0] : undefined);
  const limit = state.shown[name] ?? PAGE;
  return html`<div class="split ${picked && state.picked[name] ? 'has-picked' : ''}">
    <nav class="split-list" aria-label=${label}>${things.length === 0 ? empty(none) : nothing}
      ${repeat(things.slice(0, limit), idOf, (thing) => html`<button type="button" class="item ${thing.mark ?? ''}"
          data-test="item" data-id=${idOf(thing)}
        aria-current=${thing === picked ? 'true' : 'false'}
            @click=${() => setIn('picked', name, idOf(thing))}>${item(thing)}${mark(thing)}</button>`)}
      ${things.length > limit ? button('Show more', null, () => setIn('shown', name, limit + 500), {test: 'more'}) : nothing}</nav>
    <section class="split-detail">${picked ? html`<div class="back">${button('All', icons.back, () => setIn('picked', name, null),
      {test: 'back'})}</div>${detail(picked)}` : nothing}</section></div>`;
}
