import { createRequire } from 'node:module';
import { SaxesParser } from 'saxes';
import { dmnInput, readDocument } from '#engine';
import type { Answer, DmnInput } from '#engine';
import type { ConformanceEngine, EngineAnswer } from '../engine.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * feelin, an engine for FEEL without one for models: each decision is given to it as one expression, after those that it reads. So
 * this proves the expressions of a model, and not that an engine for whole models reads it alike.
 */
export const feelin: ConformanceEngine = {
  target: 'dmn',
  id: 'feelin',
  title: 'feelin (expressions only)',
  from: 'npm',
  async start() {
    const { evaluate } = await import('feelin');
    const { version } = createRequire(import.meta.url)('feelin/package.json') as { version: string };
    /** One expression for many encounters: it is read once. Names in scope are those of the encounter. */
    const evaluateAll = (expression: string, all: readonly Values[]): readonly unknown[] => {
      const names = Object.keys(all[0] ?? {}).filter((name) => new RegExp(`\\b${name}\\b`).test(expression));
      const bound = names.map((name) => `, ${name} in [one_of_all.${name}]`).join('');
      const { value } = evaluate(`for one_of_all in all_of_them${bound} return ${expression}`, {
        all_of_them: all,
      });
      if (!Array.isArray(value) || value.length !== all.length)
        throw new Error(`feelin gave no value for each encounter: ${expression}`);
      return value;
    };
    return {
      missing: null,
      version,
      load: (files, program) => {
        const decisions = readModel(files.find(({ path }) => path === 'policy.dmn')!.text);
        return Promise.resolve({
          judge: (encounters) => {
            const read = encounters.map((encounter) => readDocument(encounter, program));
            const inputs = read.flatMap(({ input }) => (input ? [dmnInput(input, program)] : []));
            const answers = judgeModel(decisions, inputs, evaluateAll);
            let next = 0;
            return Promise.resolve(
              read.map(({ problems }): EngineAnswer =>
                problems
                  ? { answer: null, refused: problems }
                  : { answer: dmnAnswer(answers[next++]), refused: null },
              ),
            );
          },
          unload: () => Promise.resolve(),
        });
      },
      stop: () => Promise.resolve(),
    };
  },
};

interface ModelDecision {
  readonly name: string;
  readonly reads: readonly string[];
  readonly entries: readonly { readonly name: string | null; readonly text: string }[];
}

/** The decisions of a model, each after those that it reads. Throws where the text is no well-formed XML. */
export function readModel(xml: string): readonly ModelDecision[] {
  const left = new Map<
    string,
    { name: string; reads: string[]; entries: { name: string | null; text: string }[] }
  >();
  const path: string[] = [];
  let open: ReturnType<typeof left.get>;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const inside = path.at(-1);
    path.push(name);
    if (name === 'decision') {
      open = { name: attributes.name!, reads: [], entries: [] };
      left.set(open.name, open);
    } else if (name === 'requiredDecision' || name === 'requiredInput') {
      // Names are ids in these models.
      open!.reads.push(attributes.href!.slice(1));
    } else if (name === 'contextEntry') open!.entries.push({ name: null, text: '' });
    else if (name === 'variable' && inside === 'contextEntry') open!.entries.at(-1)!.name = attributes.name!;
  });
  parser.on('text', (text) => {
    if (path.at(-1) === 'text') open!.entries.at(-1)!.text += text;
  });
  parser.on('closetag', () => void path.pop());
  parser.write(xml).close();
  const ordered: ModelDecision[] = [];
  const add = (name: string) => {
    const decision = left.get(name);
    if (!decision) return;
    left.delete(name);
    decision.reads.forEach(add);
    ordered.push(decision);
  };
  [...left.keys()].forEach(add);
  return ordered;
}

const unnamed = 'unnamed_result';

function judgeModel(
  decisions: readonly ModelDecision[],
  inputs: readonly DmnInput[],
  evaluateAll: (expression: string, all: readonly Values[]) => readonly unknown[],
): readonly unknown[] {
  if (inputs.length === 0) return [];
  let known: readonly Values[] = inputs.map((input) => ({ ...input }));
  for (const { name, reads, entries } of decisions) {
    // A boxed context is a context; what stands last in it, without a name, is what it gives.
    const context = entries.map((entry) => `${entry.name ?? unnamed}: ${entry.text}`).join(', ');
    // A decision sees what it says that it reads, and nothing else.
    const scope = known.map((values): Values => Object.fromEntries(reads.map((one) => [one, values[one]])));
    const values = evaluateAll(`{${context}}`, scope) as readonly Values[];
    known = known.map((one, at) => ({
      ...one,
      [name]: unnamed in values[at]! ? values[at][unnamed] : values[at],
    }));
  }
  return known.map(({ answer }) => answer);
}

/** As it is compared: ids in order, and without what the model needs on its way. */
export function dmnAnswer(found: unknown): Answer {
  const { decision, lines, visit } = found as Answer;
  const subject = ({ violated, undetermined }: Answer['visit']) => ({
    violated: violated.toSorted(),
    undetermined: undetermined.toSorted(),
  });
  return {
    decision,
    lines: lines.map((line) => ({
      line: line.line,
      decision: line.decision,
      supportableUnits: line.supportableUnits,
      ...subject(line),
    })),
    visit: subject(visit),
  };
}
