// The forms of groups and prefix lists.

import {html} from '/console/lib/lit-html/lit-html.js';
import {setIn} from '../state.js';
import {openForm} from './form.js';
import {linesField, textField} from './fields.js';

/** An id that nobody else has. */
function freshId(kind) {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return `${kind}-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('').slice(0, 17)}`;
}

/** Opens the form of a new group. */
export function groupForm() {
  openForm({
    title: 'New security group',
    values: {id: freshId('sg'), name: '', description: ''},
    fields: (view) => html`
      ${textField(view, 'name', 'Name', {hint: 'web servers'})}
      ${textField(view, 'description', 'Description', {hint: 'What these machines do'})}
      ${textField(view, 'id', 'Id', {code: true, help: 'Rules name the group by it. It cannot be changed later.'})}`,
    changes(values) {
      if (values.name.trim() === '') throw new Error('The name is missing yet.');
      setIn('picked', 'groups', values.id.trim());
      return [{do: 'add_group', id: values.id.trim(), name: values.name.trim(), description: values.description.trim()}];
    },
  });
}

/** Opens the form of the name and the description of a group or a list. */
export function namesForm(kind, thing) {
  openForm({
    title: `Name and description of ${thing.id}`,
    values: {name: thing.name ?? '', description: thing.description ?? ''},
    fields: (view) => html`${textField(view, 'name', 'Name')}${textField(view, 'description', 'Description')}`,
    changes(values) {
      const changes = ['name', 'description'].filter((part) => values[part].trim() !== (thing[part] ?? ''))
        .map((part) => ({do: `set_${part}`, kind, id: thing.id, [part]: values[part].trim()}));
      if (changes.length === 0) throw new Error('Nothing is changed yet.');
      return changes;
    },
  });
}

const HELP = 'One a line: a prefix, an address or a range; behind it, after a space, a description if you like.';

/** The entries that the lines of a text name. */
function entriesOf(text) {
  const entries = text.split('\n').map((line) => line.trim()).filter((line) => line !== '').map((line) => {
    const [cidr, ...words] = line.split(/\s+/);
    return {cidr, description: words.join(' ')};
  });
  if (entries.length === 0) throw new Error('The entries are missing yet.');
  return entries;
}

/** Opens the form of a new prefix list. */
export function listForm() {
  openForm({
    title: 'New prefix list',
    values: {id: freshId('pl'), name: '', entries: ''},
    fields: (view) => html`
      ${textField(view, 'name', 'Name', {hint: 'offices'})}
      ${linesField(view, 'entries', 'Entries', {hint: '203.0.113.0/24 head office', help: HELP})}
      ${textField(view, 'id', 'Id', {code: true, help: 'Rules name the list by it. It cannot be changed later.'})}`,
    changes(values) {
      if (values.name.trim() === '') throw new Error('The name is missing yet.');
      const entries = entriesOf(values.entries);
      setIn('picked', 'lists', values.id.trim());
      return [{do: 'add_list', id: values.id.trim(), name: values.name.trim(), entries}];
    },
  });
}

/** Opens the form of more entries of a list. */
export function entriesForm(list) {
  openForm({
    title: `New entries of ${list.name || list.id}`,
    values: {entries: ''},
    fields: (view) => linesField(view, 'entries', 'Entries', {hint: '203.0.113.0/24 head office', help: HELP}),
    changes: (values) => [{do: 'add_entries', list: list.id, entries: entriesOf(values.entries)}],
  });
}
