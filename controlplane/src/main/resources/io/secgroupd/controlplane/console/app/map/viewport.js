// Moving about in the map: by wheel, by dragging, by keys and by buttons. It changes one attribute and has nothing drawn anew.

import {NODE} from './layout.js';

const LEAST = 0.12;
const MOST = 2.5;
const view = {x: 24, y: 24, scale: 1};
let size = {width: 1, height: 1};
let fitted = null;
let area = {width: 0, height: 0};
let moved = false;
let shownLast = null;

const box = () => document.getElementById('map-svg');

/** Puts the map where it was moved to; to be called after each drawing. What is chosen is brought into sight once. */
export function settle(placed, chosen) {
  const now = box()?.getBoundingClientRect();
  if (!now) return;
  const resized = now.width !== area.width || now.height !== area.height;
  size = placed;
  area = now;
  if (fitted !== placed.key || (resized && !moved)) {
    fitted = placed.key;
    moved = false;
    fit();
  }
  if (chosen !== shownLast || resized) reveal(placed, chosen);
  shownLast = chosen;
  move();
}

const SIDE = 32;

function reveal(placed, chosen) {
  const node = placed.nodes.find((one) => one.id === chosen);
  if (!node) return;
  const left = view.x + node.x * view.scale;
  const top = view.y + node.y * view.scale;
  const right = left + NODE.wide * view.scale;
  const bottom = top + NODE.high * view.scale;
  view.x += left < SIDE ? SIDE - left : Math.min(0, area.width - SIDE - right);
  view.y += top < SIDE ? SIDE - top : Math.min(0, area.height - SIDE - bottom);
}

function move() {
  document.getElementById('map-content')?.setAttribute('transform', `translate(${view.x} ${view.y}) scale(${view.scale})`);
}

/** Shows the whole map, unless that made it too small to read: then its left upper part. */
export function fit(least = 0.55) {
  if (area.width === 0) return;
  const whole = Math.min((area.width - 48) / size.width, (area.height - 48) / size.height, 1.15);
  view.scale = Math.max(least, whole);
  view.x = Math.max(24, (area.width - size.width * view.scale) / 2);
  view.y = Math.max(24, (area.height - size.height * view.scale) / 2);
  move();
}

/** Makes the map larger or smaller around a point of the screen, or around its middle. */
export function zoom(by, event) {
  moved = true;
  const x = event ? event.clientX - area.left : area.width / 2;
  const y = event ? event.clientY - area.top : area.height / 2;
  const scale = Math.min(MOST, Math.max(LEAST, view.scale * by));
  view.x = x - ((x - view.x) * scale) / view.scale;
  view.y = y - ((y - view.y) * scale) / view.scale;
  view.scale = scale;
  move();
}

/** The wheel zooms with Ctrl, as a pinch does, and else scrolls the map. */
export function wheel(event) {
  event.preventDefault();
  if (event.ctrlKey || event.metaKey || (event.deltaX === 0 && Math.abs(event.deltaY) >= 100 && !event.shiftKey)) {
    zoom(Math.exp(-Math.sign(event.deltaY) * Math.min(0.2, Math.abs(event.deltaY) / 400)), event);
  } else {
    moved = true;
    view.x -= event.deltaX;
    view.y -= event.deltaY;
    move();
  }
}

const fingers = new Map();

/** Starts to drag with the mouse or a finger; two fingers also zoom. */
export function grab(event) {
  if (event.button > 0) return;
  fingers.set(event.pointerId, [event.clientX, event.clientY]);
}

/** Goes on dragging. */
export function drag(event) {
  const before = fingers.get(event.pointerId);
  if (!before) return;
  if (event.buttons === 0) {
    drop(event);
    return;
  }
  const [x, y] = [event.clientX, event.clientY];
  if (Math.hypot(x - before[0], y - before[1]) > 2) box().setPointerCapture(event.pointerId);
  if (fingers.size === 2) {
    const other = [...fingers].find(([id]) => id !== event.pointerId)[1];
    zoom(Math.hypot(x - other[0], y - other[1]) / Math.max(1, Math.hypot(before[0] - other[0], before[1] - other[1])), event);
  } else {
    moved = true;
    view.x += x - before[0];
    view.y += y - before[1];
    move();
  }
  fingers.set(event.pointerId, [x, y]);
}

/** Ends dragging. */
export function drop(event) {
  fingers.delete(event.pointerId);
}

const STEPS = {ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60]};

/** The keys that move the map while it has the focus. */
export function key(event) {
  const step = STEPS[event.key];
  if (step) {
    moved = true;
    view.x += step[0];
    view.y += step[1];
    move();
  } else if (event.key === '+' || event.key === '=') zoom(1.2);
  else if (event.key === '-') zoom(1 / 1.2);
  else if (event.key === '0') fit(LEAST);
  else return;
  event.preventDefault();
}
