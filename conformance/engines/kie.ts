import { readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { dmnInput, readDocument } from '#engine';
import { converse } from '../conversation.ts';
import type { ConformanceEngine, EngineAnswer } from '../engine.ts';
import { fetchedFolder, fetchMinutes, printedBy } from '../machine.ts';
import { dmnAnswer } from './feelin.ts';

const version = '8.44.0.Final';
const folder = path.join(import.meta.dirname, '../java');

/** The DMN engine of Apache KIE (Drools), for whole models, in one Java machine. */
export const kie: ConformanceEngine = {
  target: 'dmn',
  id: 'kie',
  title: 'Apache KIE DMN',
  from: 'machine',
  async start() {
    const libraries = await fetched();
    if (typeof libraries !== 'string') return libraries;
    const classPath = path.join(libraries, '*');
    const { ask, end } = converse('Java', 'java', ['-cp', classPath, path.join(folder, 'Judge.java')]);
    return {
      missing: null,
      version,
      load: async (files, program) => {
        await ask({ load: files.find((file) => file.path === 'policy.dmn')!.text });
        return {
          judge: async (encounters) => {
            const read = encounters.map((encounter) => readDocument(encounter, program));
            const inputs = read.flatMap(({ input }) => (input ? [dmnInput(input, program)] : []));
            const answers = (await ask({ judge: inputs })).answers as readonly unknown[];
            let next = 0;
            return read.map(({ problems }): EngineAnswer =>
              problems
                ? { answer: null, refused: problems }
                : { answer: dmnAnswer(answers[next++]), refused: null },
            );
          },
          unload: () => Promise.resolve(),
        };
      },
      stop: end,
    };
  },
};

/** The folder of the engine's libraries, fetched once. */
async function fetched(): Promise<string | { readonly missing: string }> {
  if ((await printedBy('javac', ['-version'])) === null)
    return { missing: 'There is no Java development kit on this machine; install one, 17 or later.' };
  const pom = path.join(folder, 'pom.xml');
  const there = await fetchedFolder(
    `kie-${version}`,
    async (one) =>
      (await readdir(path.join(one, 'lib')).catch((): string[] => [])).includes(
        `kie-dmn-validation-${version}.jar`,
      ),
    async (half) => {
      const copied = await printedBy(
        'mvn',
        [
          '-q',
          '-B',
          '-f',
          pom,
          'dependency:copy-dependencies',
          `-DoutputDirectory=${path.join(half, 'fetched')}`,
        ],
        { minutes: fetchMinutes },
      );
      // Maven ends with an error where a library is missing.
      if (copied !== null) await rename(path.join(half, 'fetched'), path.join(half, 'lib'));
    },
  );
  if (there !== null) return path.join(there, 'lib');
  return {
    missing: 'Maven could not fetch the DMN engine; install Maven and see that it reaches its repository.',
  };
}
