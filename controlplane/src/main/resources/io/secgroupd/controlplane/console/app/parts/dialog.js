// The one dialog of the page. The browser's own keeps the keyboard inside and closes with Esc.

import {html, nothing, render} from '/console/lib/lit-html/lit-html.js';
import {state, set} from '../state.js';
import {icons} from './icons.js';
import {button} from './bits.js';

const element = () => document.getElementById('dialog');
let opener = null;

/** Draws the dialog, and opens or closes it as the state says. */
export function drawDialog() {
  const box = element();
  const dialog = state.dialog;
  render(dialog ? frame(dialog) : nothing, box);
  if (dialog && !box.open) {
    opener = document.activeElement;
    box.showModal();
    box.querySelector('[autofocus], input:not([type=hidden]), textarea, select')?.focus();
  }
  if (!dialog && box.open) {
    box.close();
    opener?.focus?.();
  }
}

/** Closes the dialog when Esc or its button says so. */
export function watchDialog() {
  element().addEventListener('cancel', (event) => {
    event.preventDefault();
    shut();
  });
}

/** Closes the dialog. */
export function shut() {
  state.dialog?.closed?.();
  set({dialog: null});
}

const frame = (dialog) => html`<form method="dialog" @submit=${(event) => { event.preventDefault(); dialog.done?.(); }}>
  <header><h2 id="dialog-title">${dialog.title}</h2>
    <button type="button" class="button quiet" data-test="dialog-close" aria-label="Close"
      @click=${shut}>${icons.close()}</button></header>
  <div class="dialog-body">${dialog.body()}</div>
  ${dialog.foot ? html`<footer>${dialog.foot()}</footer>` : nothing}</form>`;

/** Asks before something that is not undone easily. */
export function ask(title, text, yes, action, kind = 'primary') {
  set({dialog: {
    title,
    body: () => html`<p>${text}</p>`,
    done() { shut(); action(); },
    foot: () => html`${button('Cancel', null, shut, {test: 'dialog-cancel'})}
      <button type="submit" class="button ${kind}" data-test="dialog-yes" autofocus>${yes}</button>`,
  }});
}
