// The one place that talks to the control server.

const BASE = '/console/api/';
let token = '';
let whenEnded = () => {};

/** A refusal, in the server's own words. */
export class ApiError extends Error {
  constructor(status, message, problems) {
    super(message);
    this.status = status;
    this.problems = problems ?? [];
  }
}

/** The token that the session told, without which nothing is changed. */
export function useToken(text) {
  token = text;
}

/** What is done when the server knows the session no more. */
export function onEnded(action) {
  whenEnded = action;
}

export const get = (path, signal) => call('GET', path, undefined, signal);
export const post = (path, body, signal) => call('POST', path, body, signal);

/** Whether a call failed only because the page itself ended it. */
export const wasEnded = (error) => error?.name === 'AbortError';

async function call(method, path, body, signal) {
  const headers = {Accept: 'application/json'};
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
    headers['X-Secgroupd-Token'] = token;
  }
  const answer = await fetch(BASE + path, {
    method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body),
    credentials: 'same-origin', cache: 'no-store', redirect: 'error',
  });
  const said = await answer.json().catch(() => null);
  if (answer.ok) return said;
  if (answer.status === 401 && path !== 'enter') whenEnded();
  throw new ApiError(answer.status, said?.error ?? `The server answered ${answer.status}.`, said?.problems);
}

const pause = (millis, signal) => new Promise((done) => {
  const timer = setTimeout(done, millis);
  signal.addEventListener('abort', () => { clearTimeout(timer); done(); });
});

/**
 * Asks again and again until the signal ends it. After a failure it waits, longer each time, so that a server that comes back is
 * not met by a crowd; `failed` hears of each failure, and hears null when an answer has come again.
 */
export async function keepAsking(ask, take, failed, signal) {
  let wait = 0;
  while (!signal.aborted) {
    try {
      const answer = await ask(signal);
      if (signal.aborted) return;
      if (wait > 0) failed(null);
      wait = 0;
      take(answer);
    } catch (error) {
      if (signal.aborted || error.status === 401) return;
      wait = Math.min(15000, wait === 0 ? 500 : wait * 2);
      failed(error);
      await pause(wait * (0.75 + Math.random() / 2), signal);
    }
  }
}
