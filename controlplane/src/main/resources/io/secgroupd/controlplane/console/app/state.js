// All that the page knows, in one object. Views are functions of it; it is drawn at most once for each frame of the screen.

export const state = {
  session: null, // what /session said, or null before it is known
  gate: 'wait', // 'wait' until the session is known, 'enter' when there is none, 'in' when there is
  gateWhy: '',
  route: 'map',
  policy: null,
  use: {daemon: false, rules: [], refused: []},
  trial: null, // with `ends`, a time of this browser's clock
  rollout: null,
  offline: '',
  toast: null, // {kind, text}
  panel: null, // what the side panel shows
  dialog: null, // what the dialog shows
  menu: false,
  filters: {}, // the text of each view's filter box
  sort: {}, // the sorting of each table
  shown: {}, // how many rows each long list shows
  picked: {}, // which group, list or cluster is open in its view
};

let draw = () => {};
let asked = false;

/** Says who draws, and has it drawn. */
export function drawWith(drawer) {
  draw = drawer;
  changed();
}

/** Has the page drawn with the next frame, however often this is called before it. */
export function changed() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    draw();
  });
}

/** Puts the given parts into the state. */
export function set(parts) {
  Object.assign(state, parts);
  changed();
}

/** Puts one entry into a map of the state, such as the filter of a view. */
export function setIn(part, key, value) {
  state[part] = {...state[part], [key]: value};
  changed();
}

/** A function that works anew only when one of its arguments is another object than the last time. */
export function remembered(work) {
  let last = null;
  let result;
  return (...given) => {
    if (last === null || given.some((one, i) => one !== last[i])) {
      result = work(...given);
      last = given;
    }
    return result;
  };
}

/** Whether this session may change anything. */
export const mayWrite = () => state.session?.right === 'write';

/** Tells people who do not see the page what has happened. */
export function say(text) {
  document.getElementById('said').textContent = text;
}

let toastTimer = 0;

/** Shows a message for a while. */
export function tell(text, kind = 'good') {
  set({toast: {kind, text}});
  say(text);
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => set({toast: null}), kind === 'bad' ? 12000 : 5000);
}
