// Icons, drawn with lines in a square of 20.

import {html, svg} from '/console/lib/lit-html/lit-html.js';

const icon = (...paths) => () => html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${
  paths.map((d) => svg`<path d=${d}></path>`)}</svg>`;

export const icons = {
  map: icon('M2.5 3.5h5v4h-5zM12.5 3.5h5v4h-5zM12.5 12.5h5v4h-5z', 'M7.5 5.5h5M7.5 5.5c3 0 2 9 5 9'),
  flows: icon('M2 6h13m-3-3 3 3-3 3', 'M18 14H5m3-3-3 3 3 3'),
  why: icon('M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15z', 'M7.8 7.8a2.3 2.3 0 1 1 3.2 2.2c-.7.3-1 .8-1 1.5', 'M10 14.2v.1'),
  groups: icon('M10 2.5 16.5 5v5c0 3.6-2.6 6-6.5 7.5C6.1 16 3.5 13.6 3.5 10V5z'),
  lists: icon('M7 5h10M7 10h10M7 15h10', 'M3 5h.5M3 10h.5M3 15h.5'),
  instances: icon('M3 3.5h14v5H3zM3 11.5h14v5H3z', 'M6 6h.1M6 14h.1'),
  rules: icon('M4 2.5h12v15H4z', 'M7 6.5h6M7 10h6M7 13.5h3'),
  hosts: icon('M2.5 4h15v9.5h-15z', 'M7 17h6M10 13.5V17'),
  history: icon('M3 10a7 7 0 1 0 2.2-5.1L3 7', 'M3 3v4h4M10 6.5V10l2.5 2'),
  draft: icon('M3.5 16.5l.8-3.6L13.5 3.7l2.8 2.8-9.2 9.2z', 'M11.5 5.7l2.8 2.8'),
  back: icon('M12.5 4.5 7 10l5.5 5.5'),
  more: icon('M4.5 10h.1M10 10h.1M15.5 10h.1'),
  close: icon('M5 5l10 10M15 5 5 15'),
  plus: icon('M10 4v12M4 10h12'),
  minus: icon('M4 10h12'),
  fit: icon('M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4'),
  sun: icon('M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z',
      'M10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M15.7 4.3l-1.1 1.1M5.4 14.6l-1.1 1.1'),
  moon: icon('M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3z'),
  auto: icon('M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14z', 'M10 3v14M13 4v12M15.5 6.5v7'),
  leave: icon('M8 3H3.5v14H8', 'M8 10h9m-3.5-3.5L17 10l-3.5 3.5'),
  undo: icon('M4 8h8a4 4 0 0 1 0 8H8', 'M7 4.5 3.5 8 7 11.5'),
  edit: icon('M3.5 16.5l.8-3.6L13.5 3.7l2.8 2.8-9.2 9.2z'),
  bin: icon('M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.8 11h7.4l.8-11'),
  pause: icon('M7 4v12M13 4v12'),
  play: icon('M6 4l10 6-10 6z'),
  search: icon('M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11z', 'M13 13l4 4'),
  focus: icon('M10 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z', 'M10 2v3M10 15v3M2 10h3M15 10h3'),
  hide: icon('M3 3l14 14',
      'M6 6c-2 1.2-3.5 4-3.5 4s2.5 5 7.5 5c1.3 0 2.5-.4 3.5-.9M9 5.1c.3 0 .7-.1 1-.1 5 0 7.5 5 7.5 5s-.6 1.2-1.8 2.5'),
  warn: icon('M10 3 18 16.5H2z', 'M10 8v4M10 14.2v.1'),
};
