// Accepted and refused flows of the last two minutes, a bar for each second.

import {html, svg} from '/console/lib/lit-html/lit-html.js';
import {remembered} from '../state.js';
import {count, time} from './time.js';

const SECONDS = 120;
const HIGH = 44;

/** Bars that stand on a line: accepted above it, refused below it. */
export const timeline = remembered((rates) => {
  const shown = rates.slice(-SECONDS);
  const most = Math.max(1, ...shown.map(([, accepted]) => accepted));
  const worst = Math.max(1, ...shown.map(([, , refused]) => refused));
  const total = Math.max(most + worst, 1);
  const line = Math.min(HIGH - 10, Math.max(10, (HIGH * most) / total));
  const now = shown.at(-2) ?? shown.at(-1) ?? [0, 0, 0]; // the last second is not over yet
  const bar = ([second, accepted, refused], i) => {
    const x = (SECONDS - shown.length + i) * 5;
    const up = (line * accepted) / most;
    const down = ((HIGH - line) * refused) / worst;
    return svg`<g><title>${time(second * 1000)}: ${accepted} accepted, ${refused} refused</title>
      <rect class="bar good" x=${x} width="4" y=${line - up} height=${up}></rect>
      <rect class="bar bad" x=${x} width="4" y=${line} height=${down}></rect></g>`;
  };
  return html`<figure class="timeline">
    <svg viewBox="0 0 ${SECONDS * 5} ${HIGH}" preserveAspectRatio="none" role="img"
      aria-label="Two minutes: now ${now[1]} flows accepted and ${now[2]} refused a second">
      ${shown.map(bar)}<line class="axis" x1="0" x2=${SECONDS * 5} y1=${line} y2=${line}></line></svg>
    <figcaption><span class="good">${count(now[1])} accepted/s</span><span class="bad">${count(now[2])}
      refused/s</span></figcaption>
  </figure>`;
});
