import { exportVersions } from '../publishing/exporting.ts';
import type { Exporting, ExportLine, ExportRequest } from '../publishing/exporting.ts';
import { badBody } from './bad-request.ts';

/** What is to be exported; anything of another shape is refused whole. */
export function exportRequestIn(body: Readonly<Record<string, unknown>>): ExportRequest {
  const { targets, version, mutants, withoutSaved, signWith } = body;
  const known = exportVersions.find((one) => one === version);
  if (
    !Array.isArray(targets) ||
    !targets.every((id): id is string => typeof id === 'string' && /^[a-z][a-z-]{0,40}$/.test(id)) ||
    targets.length === 0 ||
    known === undefined ||
    typeof mutants !== 'boolean' ||
    typeof withoutSaved !== 'boolean' ||
    !(signWith === null || (typeof signWith === 'string' && /^[0-9a-f]{64}$/.test(signWith)))
  )
    throw badBody(
      `{"targets": [string], "version": ${exportVersions.map((it) => `"${it}"`).join(' or ')}, "mutants": boolean, "withoutSaved": boolean, "signWith": id of a key or null}`,
    );
  return { targets, version: known, mutants, withoutSaved, signWith };
}

/** The export as a stream of JSON lines. Whoever stops reading stops the export. */
export function exportStream(exporting: Exporting, request: ExportRequest): ReadableStream<Uint8Array> {
  const stopping = new AbortController();
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      const tell = (line: ExportLine) => {
        if (!stopping.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      };
      const end = () => {
        if (!stopping.signal.aborted) controller.close();
      };
      exporting
        .run(request, (progress) => tell({ progress }), stopping.signal)
        .then(
          (result) => tell({ result }),
          (error: unknown) => tell({ error: error instanceof Error ? error.message : 'The export failed.' }),
        )
        .finally(end)
        .catch(() => undefined);
    },
    cancel(reason) {
      stopping.abort(reason);
    },
  });
}
