import { createWorkspace, judge, verdictOf } from '#engine';
import type { Verdict, WorkspaceFile } from '#engine';
import { diceOf } from './dice.ts';
import type { Dice } from './dice.ts';

/** The one policy of the big workspace: all rules of the first payer in one file, about as long as policies get. */
export const bigPolicy = 'rules/hns/hns-everything/2019-05-01.policy.yaml';

const casesOfSuite = 100;

/**
 * A workspace of a size that the shipped one does not have: one policy of 500 lines, and as many saved cases as asked.
 * Everything comes from the shipped files and a fixed seed; each case expects what is decided of it now.
 */
export function bigWorkspace(shipped: readonly WorkspaceFile[], howMany: number): readonly WorkspaceFile[] {
  const isMerged = ({ path }: WorkspaceFile) => /^rules\/hns\/.*\.policy\.yaml$/.test(path);
  const merged = { path: bigPolicy, text: mergePolicies(shipped.filter(isMerged).map(({ text }) => text)) };
  const rules = [
    ...shipped.filter(({ path }) => path.startsWith('rules/')).filter((it) => !isMerged(it)),
    merged,
  ];
  const encounters = shipped.filter(({ path }) => /^testcases\/hns\/.*\.encounter\.yaml$/.test(path));
  const dice = diceOf(20240304);
  const bases = encounters.map(({ path, text }) => ({
    name: path.slice(path.lastIndexOf('/') + 1),
    lines: text.match(/^ {2}- (?:\{ )?code:/gm)?.length ?? 0,
  }));
  const drafts = Array.from({ length: howMany }, (_, at) => draftOf(dice, dice.pick(bases), at + 1));
  const expected = verdictsOf([
    ...rules,
    ...encounters,
    ...suitesOf(drafts.map((draft) => `${draft}\n    expect: pay`)),
  ]);
  const cases = drafts.map((draft, at) => `${draft}\n    expect:\n${expectation(expected[at]!)}`);
  return [...rules, ...encounters, ...suitesOf(cases)];
}

/** The sections of several policies one below the other under one head; a name that stands in two of them is used once. */
function mergePolicies(texts: readonly string[]): string {
  const sections = new Map<string, Map<string, string>>();
  for (const text of texts) {
    for (const [, name, body] of text.matchAll(
      /^(parameters|timeRule|derive|conditions|rules):\n((?:(?: .*)?\n)+)/gm,
    )) {
      const entries = sections.get(name!) ?? new Map<string, string>();
      sections.set(name!, entries);
      for (const entry of body!.trimEnd().split(/\n(?= {2}[^ ])/)) {
        const key = /^ {2}(?:- id: )?([\w-]+)/.exec(entry)![1]!;
        if (!entries.has(key)) entries.set(key, entry.trimEnd());
      }
    }
  }
  const head = [
    'policy: hns-everything',
    'title: Everything that the network asks, in one file',
    'kind: billing',
    'payers: [hns]',
    'effective: { from: 2019-05-01 }',
    'review: { next: 2027-11-23, owner: Compliance }',
  ];
  const body = [...sections].map(
    ([name, entries]) => `${name}:\n${[...entries.values()].join(name === 'rules' ? '\n\n' : '\n')}`,
  );
  return `${[...head, ...body].join('\n')}\n`;
}

/** A case as somebody might save one: an encounter with a few things changed. */
function draftOf(dice: Dice, base: { name: string; lines: number }, number: number): string {
  const line = 1 + dice.below(base.lines);
  const given = [
    dice.chance(70) ? `lines.${line}.record.minutes: ${dice.below(46)}` : null,
    dice.chance(50) ? `lines.${line}.units: ${1 + dice.below(3)}` : null,
    dice.chance(40)
      ? `lines.${line}.code: ${dice.pick(['97530', '97110', '97112', '97140', '97124'])}`
      : null,
    dice.chance(30) ? `episode.visitNumber: ${1 + dice.below(18)}` : null,
    dice.chance(20) ? `note.phaseOfCare: ${dice.pick(['initial', 'continued'])}` : null,
  ].filter((it) => it !== null);
  return [
    `  - id: visit-${number}`,
    `    title: Visit ${number}`,
    `    base: ../hns/encounters/${base.name}`,
    ...(given.length > 0 ? [`    given: { ${given.join(', ')} }`] : []),
  ].join('\n');
}

function suitesOf(cases: readonly string[]): readonly WorkspaceFile[] {
  return Array.from({ length: Math.ceil(cases.length / casesOfSuite) }, (_, at) => {
    const own = cases.slice(at * casesOfSuite, (at + 1) * casesOfSuite);
    const head = `suite: visits-${at + 1}\ntitle: Visits, part ${at + 1}\nnow: 2024-06-01\ncases:\n`;
    return { path: `testcases/visits/visits-${at + 1}.suite.yaml`, text: `${head}${own.join('\n\n')}\n` };
  });
}

/** What is decided of each case, in the order in which they were made. */
function verdictsOf(files: readonly WorkspaceFile[]): readonly Verdict[] {
  const workspace = createWorkspace(files);
  const mistakes = workspace.diagnostics.filter(({ severity }) => severity === 'error');
  if (mistakes.length > 0) throw new Error(`the big workspace has mistakes: ${JSON.stringify(mistakes[0])}`);
  const numbered = workspace.cases.map(({ id, ready }): [number, Verdict] => [
    Number(id.slice('visit-'.length)),
    verdictOf(judge(ready!.program, ready!.table)),
  ]);
  return numbered.toSorted(([a], [b]) => a - b).map(([, verdict]) => verdict);
}

function expectation({ decision, lines, visit }: Verdict): string {
  const rules = (words: string, found: readonly { readonly rule: string }[]) =>
    found.length === 0 ? '' : `, ${words}: [${found.map(({ rule }) => rule).join(', ')}]`;
  const subject = (own: string, { violated, undetermined }: Verdict['visit']) =>
    `{ decision: ${own}${rules('violates', violated)}${rules('undetermined', undetermined)} }`;
  return [
    `      visit: ${subject(decision, visit)}`,
    '      lines:',
    ...lines.map((line) => `        ${line.line}: ${subject(line.decision, line)}`),
  ].join('\n');
}
