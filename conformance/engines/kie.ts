import path from 'node:path';
import { dmnInput, readDocument } from '#engine';
import { converse } from '../conversation.ts';
import type { ConformanceEngine, EngineAnswer } from '../engine.ts';
import { classPathOf, javaFolder } from '../java-libraries.ts';
import { dmnAnswer } from './feelin.ts';

const version = '8.44.0.Final';
const libraries = {
  title: 'the DMN engine',
  name: `kie-${version}`,
  list: 'pom.xml',
  file: `kie-dmn-validation-${version}.jar`,
};

/** The DMN engine of Apache KIE (Drools), for whole models, in one Java machine. */
export const kie: ConformanceEngine = {
  target: 'dmn',
  id: 'kie',
  title: 'Apache KIE DMN',
  from: 'machine',
  async start() {
    const classPath = await classPathOf(libraries);
    if (typeof classPath !== 'string') return classPath;
    const { ask, end } = converse('Java', 'java', ['-cp', classPath, path.join(javaFolder, 'Judge.java')]);
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
