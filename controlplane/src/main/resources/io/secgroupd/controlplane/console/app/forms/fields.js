// The kinds of fields that forms have.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {live} from '/console/lib/lit-html/directives/live.js';
import {field} from './form.js';

/** A line of text. */
export const textField = (view, name, label, {hint = '', help = '', list = '', code = false} = {}) => field(view, name, label,
  html`<input id="field-${name}" data-test="field-${name}" class=${code ? 'code' : ''} placeholder=${hint} autocomplete="off"
    spellcheck="false" list=${list || nothing} aria-describedby="problem-${name}"
        .value=${live(String(view.form.values[name] ?? ''))}
    @input=${(event) => view.put(name, event.target.value)}>`, help);

/** Several lines of text. */
export const linesField = (view, name, label, {hint = '', help = ''} = {}) => field(view, name, label,
  html`<textarea id="field-${name}" data-test="field-${name}" class="code" rows="5" placeholder=${hint} spellcheck="false"
    aria-describedby="problem-${name}" .value=${live(view.form.values[name] ?? '')}
    @input=${(event) => view.put(name, event.target.value)}></textarea>`, help);

/** One of few. */
export const choiceField = (view, name, label, options) => field(view, name, label,
  html`<select id="field-${name}" data-test="field-${name}" @change=${(event) => view.put(name, event.target.value)}>${
    options.map(([value, text]) => html`<option value=${value} ?selected=${value === view.form.values[name]}>${text}</option>`)}
  </select>`);

/** Any of many, with a box that narrows them. */
export function pickField(view, name, label, options, help = '') {
  const picked = view.form.values[name];
  const wanted = (view.form.values[`${name}-wanted`] ?? '').toLowerCase();
  const fits = ([value, text]) => picked.includes(value) || `${value} ${text}`.toLowerCase().includes(wanted);
  const was = (value) => (view.form.first[name].includes(value) ? 0 : 1);
  const found = options.filter(fits).sort((a, b) => was(a[0]) - was(b[0]));
  const shown = found.slice(0, 60);
  const flip = (value) => view.put(name, picked.includes(value) ? picked.filter((one) => one !== value) : [...picked, value]);
  return field(view, name, label, html`<div class="picker" role="group" aria-label=${label}>
    <input id="field-${name}" data-test="field-${name}" type="search" placeholder="Narrow the list" aria-label="Narrow the list"
      .value=${live(view.form.values[`${name}-wanted`] ?? '')} @input=${(event) => view.put(`${name}-wanted`, event.target.value)}>
    <div class="picker-list">${shown.map(([value, text]) => html`<label><input type="checkbox" data-test="pick-${value}"
      .checked=${live(picked.includes(value))} @change=${() => flip(value)}><span>${text || value}</span>${
      text && text !== value ? html`<code>${value}</code>` : nothing}</label>`)}
      ${shown.length < found.length ? html`<p class="help">More: narrow the list.</p>` : nothing}</div></div>`, help);
}

/** The lines of a text that say something. */
export const lines = (text) => text.split(/[\n,]+/).map((line) => line.trim()).filter((line) => line !== '');

/** The same names, in whatever order. */
export const same = (a, b) => a.length === b.length && [...a].sort().join(' ') === [...b].sort().join(' ');
