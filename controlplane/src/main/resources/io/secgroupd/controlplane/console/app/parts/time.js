// Times and numbers as people read them.

const clock = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const day = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit'});
const number = new Intl.NumberFormat('en-GB');

/** A number with its thousands apart. */
export const count = (n) => number.format(n ?? 0);

/** A number and the word for what it counts. */
export const counted = (n, one, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

/** The time of day. */
export const time = (moment) => (moment ? clock.format(new Date(moment)) : '');

/** The date and the time. */
export const date = (moment) => (moment ? day.format(new Date(moment)) : '');

/** How long ago something was, roughly. */
export function ago(moment) {
  if (!moment) return 'never';
  const seconds = Math.max(0, (Date.now() - new Date(moment)) / 1000);
  if (seconds < 5) return 'now';
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86400)} d ago`;
}

/** Seconds as minutes and seconds. */
export function countdown(seconds) {
  const left = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}
