// A form whose fields become changes of the draft. The server is asked while somebody types, and its words stand at the field.

import {html, nothing} from '/console/lib/lit-html/lit-html.js';
import {post, wasEnded} from '../api.js';
import {state, set, changed} from '../state.js';
import {addToDraft, problemsOf} from '../draft/model.js';
import {shut} from '../parts/dialog.js';
import {button} from '../parts/bits.js';

const DELAY = 200;

/**
 * Opens a form.
 *
 * `values` are those of its fields at first, `fields` shows them, `changes` makes changes of them (or throws a sentence that says
 * what is missing yet), and `instead` is the place of a change of the draft that this one replaces.
 */
export function openForm({title, values, fields, changes, instead = null}) {
  const form = {
    values, changes, instead, first: values, problems: [], missing: '', busy: false, sound: false, timer: 0, asking: null,
    shown: new Set(), next: new Set(), // the names of the fields that were shown last, and that are being shown
  };
  const view = {
    form,
    put(name, value) {
      form.values = {...form.values, [name]: value};
      check(form);
    },
  };
  set({dialog: {
    title,
    body: () => bodyOf(form, fields(view)),
    foot: () => foot(form),
    done: () => finish(form),
    closed: () => stop(form),
  }});
  check(form);
}

function bodyOf(form, fields) {
  form.shown = form.next;
  form.next = new Set();
  return html`${fields}${general(form)}`;
}

function intended(form) {
  try {
    form.missing = '';
    return form.changes(form.values);
  } catch (error) {
    form.missing = error.message;
    return null;
  }
}

function stop(form) {
  clearTimeout(form.timer);
  form.asking?.abort();
  form.asking = null;
}

function check(form) {
  stop(form);
  const changes = intended(form);
  Object.assign(form, {sound: false, busy: changes !== null && changes.length > 0});
  if (!form.busy) form.problems = [];
  else form.timer = setTimeout(() => ask(form, changes), DELAY);
  changed();
}

async function ask(form, changes) {
  const others = state.draft.changes.filter((_, i) => i !== form.instead);
  const mine = new AbortController();
  form.asking = mine;
  let problems;
  try {
    const base = state.draft.base ?? state.policy.hash;
    const answer = await post('draft', {base, changes: [...others, ...changes]}, mine.signal);
    problems = answer.problems;
  } catch (error) {
    if (wasEnded(error)) return;
    problems = problemsOf(error);
  }
  if (form.asking !== mine) return;
  // A problem of another change of the draft is told by the draft's own page.
  form.problems = problems.filter((one) => one.change === undefined || one.change === null || one.change >= others.length);
  form.sound = !form.problems.some((one) => one.severity === 'error');
  form.busy = false;
  changed();
}

function finish(form) {
  if (!form.sound) return;
  addToDraft(intended(form), form.instead);
  shut();
}

const FIELDS = [
  [/^(security_groups|prefix_lists)\.[^.]*$/, 'id'], [/^(instances|clusters)\.[^.]*$/, 'name'],
  [/port/i, 'ports'], [/(source|destination|peer)/i, 'peer'], [/icmp_code/i, 'icmp_code'], [/icmp/i, 'icmp_type'],
  [/protocol/i, 'protocol'],
  [/(address|registered)/i, 'addresses'], [/(entries|cidr|prefix_lists)/i, 'entries'], [/description/i, 'description'],
  [/instances\b(?!.*security_groups)/i, 'instances'], [/groups?$/i, 'groups'], [/name$/i, 'name'],
];

/** The field that a problem is about, told by the end of its path, else by its message. */
function fieldOf(problem, has) {
  const last = String(problem.path ?? '').split('.').slice(-2).join('.');
  const found = FIELDS.find(([pattern, field]) => has(field) && pattern.test(last))
    ?? FIELDS.find(([pattern, field]) => has(field) && pattern.test(problem.message));
  return found?.[1] ?? '';
}

// Only a field that is shown can show what is wrong with it; all else is told below the fields.
const has = (form) => (field) => form.shown.has(field);

/** What the server says about one field. */
const problemsAt = (form, field) => form.problems.filter((one) => fieldOf(one, has(form)) === field);

/** Of what is about no field, only errors: a warning may be about any other thing of the draft, and the draft's page tells it. */
const general = (form) => html`<div class="form-problems" role="alert">${
    problemsAt(form, '').filter((one) => one.severity === 'error').map(line)}</div>`;

const line = (problem) => html`<p class="problem ${problem.severity}" data-test="problem">${problem.message}</p>`;

/** A field with its label, its help and what is wrong with it. */
export function field(view, name, label, control, help = '') {
  view.form.next.add(name);
  const problems = problemsAt(view.form, name);
  return html`<div class="field ${problems.some((one) => one.severity === 'error') ? 'wrong' : ''}">
    <label for="field-${name}">${label}</label>${control}
    ${help ? html`<p class="help">${help}</p>` : nothing}
    <div id="problem-${name}" role="alert" data-test="problem-${name}">${problems.map(line)}</div></div>`;
}

function foot(form) {
  const words = form.busy ? 'Checking…' : form.missing;
  return html`<span class="foot-note" aria-live="polite">${words}</span>${button('Cancel', null, shut, {test: 'form-cancel'})}
    <button type="submit" class="button primary" data-test="form-add" ?disabled=${!form.sound}>${
      form.instead === null ? 'Add to the draft' : 'Change the draft'}</button>`;
}
