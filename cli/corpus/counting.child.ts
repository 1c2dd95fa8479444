import { createVocabulary, createWorkspace } from '#engine';
import { smallWorkspace } from '../testing/small-workspace.ts';
import { tenMinutes } from '../testing/small-corpus.ts';
import { runImpact } from './impact-run.ts';

/**
 * A run to be killed: counts `claims.ndjson` and `one/` of the folder in small blocks and writes down each, as a run
 * over a million does each second. `counting.test.ts` starts it with the folder.
 */
const [folder] = process.argv.slice(2) as [string];
const programOf = (texts: Readonly<Record<string, string>>) =>
  createWorkspace(Object.entries(texts).map(([path, text]) => ({ path, text }))).program;

let elapsed = 0;
const said: string[] = [];
process.stdout.write('counting\n');
const { state, isWhole, forget } = await runImpact(
  {
    before: programOf(smallWorkspace),
    after: programOf(tenMinutes),
    ground: { vocabulary: createVocabulary(), payers: null },
    encounters: [`${folder}/claims.ndjson`, `${folder}/more.ndjson.gz`, `${folder}/one`],
    cwd: folder,
    bytes: 1,
    asked: { before: 'a', after: 'b', encounters: 'c' },
    stateFile: `${folder}/state.json`,
    changed: `${folder}/changed.ndjson`,
    keep: `${folder}/kept`,
    keepFrom: 'c',
    hashIds: false,
    fresh: false,
    linesInBlock: 20,
  },
  {
    // Every look at the clock is a second later, so that every block is written down.
    elapsed: () => (elapsed += 1_000),
    isStopped: () => false,
    say: (sentence) => void said.push(sentence),
    progress: () => undefined,
  },
);
process.stdout.write(`${JSON.stringify({ said, isWhole, state: { ...state, seconds: 0 } })}\n`);
await forget();
