/** One event of a `text/event-stream`, its data already parsed. */
export interface StreamEvent {
  readonly name: string;
  readonly data: unknown;
}

/** An event as the server sends it. JSON has no line breaks of its own, so one `data` line is always enough. */
export function formatEvent(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/**
 * The events of a response, until it ends.
 * Read with `fetch` and not with `EventSource`, because that can send no token, tells nothing of why it failed, and
 * does not exist outside a browser.
 */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let pending = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      pending += decoder.decode(value, { stream: true });
      const blocks = pending.split('\n\n');
      pending = blocks.pop()!;
      for (const block of blocks) yield parseEvent(block);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parseEvent(block: string): StreamEvent {
  const lines = block.split('\n');
  const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  return { name: field('event') ?? 'message', data: JSON.parse(field('data') ?? 'null') };
}
