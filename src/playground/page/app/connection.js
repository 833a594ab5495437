// The line to the server: changes come in as events, actions go out as JSON. A lost line comes back by itself and
// brings the whole picture with it.

/** @param {(change: object) => void} receive @param {(isUp: boolean) => void} lineChanged */
export function connect(receive, lineChanged) {
  const events = new EventSource('/events');
  events.onopen = () => lineChanged(true);
  events.onerror = () => {
    lineChanged(false);
    // A refused line is not tried again by the browser itself.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => connect(receive, lineChanged), 1000);
  };
  events.onmessage = ({ data }) => receive(JSON.parse(data));
}

/** Asks the server to do something; rejects with its sentence when it would not. */
export async function ask(action) {
  const response = await fetch('/act', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(action),
  });
  const { result, error } = await response.json();
  if (!response.ok) throw new Error(error);
  return result;
}
