import { cqlInputValue, readDocument, whyCqlCannotHold } from '#engine';
import type { Answer, CqlType, CqlValue, PlainProgram, TargetFile } from '#engine';
import type { EngineAnswer } from '../engine.ts';

/** What a library answers, as plain data; lists in the order in which the engine gives them. */
export interface CqlAnswer {
  readonly decision: string;
  readonly lines: readonly (Found & {
    readonly line: number;
    readonly decision: string;
    readonly supportableUnits: number | null;
  })[];
  readonly visit: Found;
}

interface Found {
  readonly violated: readonly string[];
  readonly undetermined: readonly string[];
}

/** The name and version of the library, and its ELM. */
export interface CqlLibrary {
  readonly id: string;
  readonly version: string;
  readonly elm: string;
}

export function libraryIn(files: readonly TargetFile[]): CqlLibrary {
  const elm = files.find(({ path }) => path === 'policy.elm.json')!.text;
  const { library } = JSON.parse(elm) as {
    readonly library: { readonly identifier: { readonly id: string; readonly version: string } };
  };
  return { ...library.identifier, elm };
}

/** Judges encounters one after another: behind the boundary each is a value of the parameter. */
export async function judgeAll(
  encounters: readonly unknown[],
  program: PlainProgram,
  evaluate: (encounter: CqlValue) => CqlAnswer | Promise<CqlAnswer>,
): Promise<readonly EngineAnswer[]> {
  const answers: EngineAnswer[] = [];
  for (const encounter of encounters) {
    const { input, problems } = readDocument(encounter, program);
    const not = input && whyCqlCannotHold(input, program.fields);
    if (problems) answers.push({ answer: null, refused: problems });
    else if (not) answers.push({ cannotHold: not });
    else
      answers.push({ answer: inOrder(await evaluate(cqlInputValue(input, program.fields))), refused: null });
  }
  return answers;
}

function inOrder({ decision, lines, visit }: CqlAnswer): Answer {
  const found = ({ violated, undetermined }: Found) => ({
    violated: violated.toSorted(),
    undetermined: undetermined.toSorted(),
  });
  return {
    decision: decision as Answer['decision'],
    lines: lines.map((line) => ({
      line: line.line,
      decision: line.decision as Answer['decision'],
      supportableUnits: line.supportableUnits,
      ...found(line),
    })),
    visit: found(visit),
  };
}

/** A value of the parameter in an engine's own values. */
export function toEngine<T>(
  value: CqlValue,
  type: CqlType,
  make: {
    readonly simple: (value: string | number | boolean, type: string) => T;
    readonly list: (items: readonly (T | null)[]) => T;
    readonly tuple: (elements: readonly (readonly [name: string, value: T | null])[]) => T;
  },
): T | null {
  if (value === null) return null;
  if (typeof type === 'string') return make.simple(value as string | number | boolean, type);
  if (type.kind === 'list')
    return make.list((value as readonly CqlValue[]).map((item) => toEngine(item, type.of, make)));
  const elements = value as Readonly<Record<string, CqlValue>>;
  return make.tuple(type.elements.map(([name, of]) => [name, toEngine(elements[name] ?? null, of, make)]));
}
