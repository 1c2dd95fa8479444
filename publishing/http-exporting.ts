import { answerIn, createRequest } from '../storage/http-request.ts';
import type { HttpOptions } from '../storage/http-request.ts';
import { StorageError } from '../storage/storage.ts';
import type { Exporting, ExportLine, OfferedTarget, SigningKeys } from './exporting.ts';

/** Exporting over the local server; the answer is a JSON value a line, as the proofs go on. */
export function createHttpExporting(options: HttpOptions = {}): Exporting {
  const request = createRequest(options);
  return {
    unavailable: null,
    targets: async () => {
      const { targets } = (await answerIn(await request('GET', '/api/export'))) as {
        readonly targets: readonly OfferedTarget[];
      };
      return targets;
    },
    keys: async () => (await answerIn(await request('GET', '/api/export/keys'))) as SigningKeys,
    run: async (what, onProgress, signal) => {
      const response = await request('POST', '/api/export', what, signal);
      if (!response.ok || response.body === null) {
        await answerIn(response);
        throw new StorageError('unreachable', 'The program gave no answer to the export.');
      }
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) throw new StorageError('unreachable', 'The program ended before the export did.');
        const lines = `${rest}${value}`.split('\n');
        rest = lines.pop()!;
        for (const line of lines) {
          const said = JSON.parse(line) as ExportLine;
          if ('progress' in said) onProgress(said.progress);
          else if ('result' in said) return said.result;
          else throw new StorageError('unreachable', said.error);
        }
      }
    },
  };
}
