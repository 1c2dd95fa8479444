import { createRequire } from 'node:module';
import { cqlInputType } from '#engine';
import { judgeAll, libraryIn, toEngine } from './cql.ts';
import type { CqlAnswer } from './cql.ts';
import type { ConformanceEngine } from '../engine.ts';

/** The engine of the CQL community in JavaScript, on the exported ELM. */
export const cqlExecution: ConformanceEngine = {
  target: 'cql',
  id: 'cql-execution',
  title: 'cql-execution',
  from: 'npm',
  async start() {
    const { default: engine } = await import('cql-execution');
    const { version } = createRequire(import.meta.url)('cql-execution/package.json') as { version: string };
    // No policy asks for the time of judging, so it is always the same.
    const noTime = engine.DateTime.parse('2000-01-01T00:00:00.000+00:00')!;
    const noCodes = new engine.CodeService({});
    // Nothing is retrieved, so one patient that stands for nobody is enough.
    const nobody = { getId: () => 'nobody', findRecords: () => [] };
    return {
      missing: null,
      version,
      load: async (files, program) => {
        const library = new engine.Library(JSON.parse(libraryIn(files).elm));
        const type = cqlInputType(program.fields);
        return {
          judge: (encounters) =>
            judgeAll(encounters, program, async (encounter) => {
              const value = toEngine<unknown>(encounter, type, {
                simple: (simple, name) => (name === 'Date' ? engine.Date.parse(String(simple)) : simple),
                list: (items) => items,
                tuple: (elements) => Object.fromEntries(elements),
              });
              const executor = new engine.Executor(library, noCodes, { Encounter: value });
              let asked = false;
              const patients = {
                currentPatient: () => (asked ? undefined : nobody),
                nextPatient: () => {
                  asked = true;
                },
              };
              const results = await executor.exec_expression('Answer', patients as never, noTime);
              return results.patientResults['nobody']!['Answer'] as CqlAnswer;
            }),
          unload: async () => {},
        };
      },
      stop: async () => {},
    };
  },
};
