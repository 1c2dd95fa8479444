import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { applyTextEdits } from '../base/text-edit.ts';
import {
  createWorkspace,
  parseDay,
  runCases,
  trialText,
  tryText,
  updateWorkspace,
  verdictOf,
  judge,
  writeCase,
} from '../index.ts';
import type { CaseRequest, Encounter, Subject, Workspace } from '../index.ts';
import { factTable } from '../facts/fact-table.ts';
import { encounterDifference } from '../suites/encounter-difference.ts';
import { situations } from '../testing/arbitrary.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { encounterText, readEncounterText } from './what-if.ts';

const workspace = createWorkspace(shippedFiles());
const today = parseDay('2026-11-23')!;
const detail = { units: true, messages: true };

/** The workspace with the case written into it. */
function write(request: CaseRequest, into: Workspace = workspace) {
  const { written, diagnostics } = writeCase(into, request);
  if (!written) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const after = updateWorkspace(
    into,
    written.edits.map(({ path, edits }) => ({
      path,
      text: applyTextEdits(into.files.get(path) ?? '', edits),
    })),
  );
  const found = after.cases.filter(({ suite, id }) => suite === written.suite && id === written.id);
  const result = runCases(found, today).cases[0]!;
  return { written, after, result };
}

const caseOf = (suite: string, id: string): Subject => ({ kind: 'case', suite, id });
const requestFor = (from: Subject, suite: string, title: string, text = trialText(workspace, from)!) => ({
  text,
  from,
  suite,
  title,
  detail,
});

/** The block that was added, without what stood there before. */
function added({ written, after }: ReturnType<typeof write>): string {
  const path = written.edits.at(-1)!.path;
  return after.files.get(path)!.slice(workspace.files.get(path)?.trimEnd().length ?? 0);
}

describe('what is written', () => {
  const seven = caseOf('hns-97530-time', 'seven-minutes');
  const text = trialText(workspace, seven)!;

  test('a changed case: the difference from the base, and the verdict with its messages', () => {
    const request = requestFor(
      seven,
      'hns-97530-time',
      'Six minutes are too few',
      text.replace('minutes: 7', 'minutes: 6'),
    );
    expect(added(write(request))).toBe(`

  - id: six-minutes-are-too-few
    title: Six minutes are too few
    given: { lines.1.record.minutes: 6 }
    expect:
      lines:
        1:
          decision: deny
          violates: [hns-97530-time/minimum-time]
          messages: [97530 was performed for 6 minutes; 8 are needed to bill it.]
          supportableUnits: 0
        2: { decision: pay, supportableUnits: 1 }
`);
  });

  test('without units and messages, decisions and rules are left', () => {
    const request = {
      ...requestFor(seven, 'hns-97530-time', 'Once more'),
      detail: { units: false, messages: false },
    };
    expect(added(write(request))).toBe(`

  - id: once-more
    title: Once more
    given: { lines.1.record.minutes: 7 }
    expect:
      lines:
        1:
          decision: deny
          violates: [hns-97530-time/minimum-time]
`);
  });

  test('a field that is emptied is given as nothing', () => {
    const request = requestFor(seven, 'hns-97530-time', 'No minutes', text.replace(/ *minutes: 7\n/, ''));
    expect(added(write(request))).toContain('    given: { lines.1.record.minutes: null }\n');
  });

  test('an id and a title that are there get a number', () => {
    const { written } = write(requestFor(seven, 'hns-97530-time', 'Seven minutes is one short'));
    expect([written.id, written.title]).toEqual([
      'seven-minutes-is-one-short',
      'Seven minutes is one short (2)',
    ]);
    const again = write(requestFor(seven, 'hns-97530-time', 'Seven minutes'));
    expect([again.written.id, again.written.title]).toEqual(['seven-minutes-2', 'Seven minutes']);
  });

  test('sections and lines that were never supplied, from the last line to the first', () => {
    const subject = caseOf('hns-97530-time', 'fifteen-minutes');
    const start = trialText(workspace, subject)!;
    const without = start
      .replace(/\nplan:[^]*?(?=\nepisode:)/, '')
      .replace(/\nlines:\n {2}- code: 97530[^]*?(?=\n {2}- code: 97110)/, '\nlines:')
      .replace(/\n {4}record:[^]*$/, '\n');
    const { written } = write(requestFor(subject, 'hns-97530-time', 'Less of everything', without));
    expect(written.difference).toMatchObject({
      given: [],
      without: ['plan', 'lines.2.record', 'lines.1'],
    });
  });

  test('a stranger to the suite starts from an encounter of its own', () => {
    const request = requestFor(
      { kind: 'encounter', path: 'testcases/medicare/encounters/multi-code-visit.encounter.yaml' },
      'hns-97530-time',
      'A Medicare visit under HNS',
      trialText(workspace, {
        kind: 'encounter',
        path: 'testcases/medicare/encounters/multi-code-visit.encounter.yaml',
      })!
        .replace('payer: medicare', 'payer: hns')
        .replace(
          'title: Medicare visit with three timed codes and unattended stimulation',
          'title: A stranger',
        ),
    );
    const far = write({ ...request, from: null });
    expect(far.written.newBase).toBe(true);
    expect(far.written.base).toBe('testcases/hns/encounters/a-stranger.encounter.yaml');
    expect(far.result.outcome).toBe('passed');
    // Made from that very file, it states what it changed.
    expect(write(request).written).toMatchObject({
      newBase: false,
      base: 'testcases/medicare/encounters/multi-code-visit.encounter.yaml',
    });
    expect(added(write(request))).toContain(
      'base: ../medicare/encounters/multi-code-visit.encounter.yaml\n    given: { visit.payer: hns }',
    );
  });

  test('a suite that is not there yet is written', () => {
    const request = {
      ...requestFor(seven, '', 'Seven minutes'),
      suite: { title: 'Short services', folder: 'testcases/hns' },
    };
    const { written, result, after } = write(request);
    expect(result.outcome).toBe('passed');
    expect(written.suite).toBe('short-services');
    expect(after.files.get('testcases/hns/short-services.suite.yaml')).toMatch(
      /^suite: short-services\ntitle: Short services\ncases:\n {2}- id: seven-minutes\n/,
    );
  });

  test('an encounter with a mistake is not written', () => {
    const { written, diagnostics } = writeCase(workspace, {
      ...requestFor(seven, 'hns-97530-time', 'Wrong', text.replace('minutes: 7', 'minutes: seven')),
    });
    expect(written).toBeNull();
    expect(diagnostics.map(({ code }) => code)).toEqual(['invalid-number']);
  });

  test('comments of the suite stay', () => {
    const path = 'testcases/hns/hns-97530-time.suite.yaml';
    const commented = workspace.files.get(path)!.replace('cases:', '# before\ncases: # beside');
    const into = updateWorkspace(workspace, [{ path, text: `${commented}# at the end\n` }]);
    const { after } = write(requestFor(seven, 'hns-97530-time', 'With comments'), into);
    const text = after.files.get(path)!;
    for (const comment of ['# before\ncases: # beside', '# at the end']) expect(text).toContain(comment);
    expect(after.diagnostics).toEqual([]);
  });
});

describe('every shipped case, written once more into its own suite', () => {
  const suites = [...new Set(workspace.cases.map(({ suite }) => suite))];
  it.each(suites)('%s', (suite) => {
    for (const { id } of workspace.cases.filter((it) => it.suite === suite)) {
      const from = caseOf(suite, id);
      const { result, written, after } = write(requestFor(from, suite, `Again ${id}`));
      const wanted = tryText(workspace, from, trialText(workspace, from)!);
      expect({ id, outcome: result.outcome, differences: result.differences }).toEqual({
        id,
        outcome: 'passed',
        differences: [],
      });
      expect({ ...result.verdict, encounter: '' }).toEqual({ ...wanted.verdict, encounter: '' });
      expect(after.diagnostics).toEqual([]);
      expect(written.newBase).toBe(false);
    }
  });
});

describe('random encounters', () => {
  const vocabulary = workspace.vocabulary;
  const known = { vocabulary, payers: null };
  const pairs = situations(vocabulary, 2).map(({ encounters }) => encounters as [Encounter, Encounter]);

  test('written out and read again, they are the same to every rule', () => {
    fc.assert(
      fc.property(pairs, ([encounter]) => {
        const text = encounterText(encounter, vocabulary);
        const { encounter: again, diagnostics } = readEncounterText('x.encounter.yaml', text, known);
        expect(diagnostics).toEqual([]);
        expect(factTable(again!, vocabulary)).toEqual(factTable(encounter, vocabulary));
      }),
      { numRuns: 200 },
    );
  });

  test('the difference leads from the one to the other, and from each to itself there is none', () => {
    fc.assert(
      fc.property(pairs, ([base, wanted]) => {
        expect(encounterDifference(base, base, vocabulary)).toEqual({ given: [], without: [], size: 0 });
        const files = [
          { path: 'testcases/base.encounter.yaml', text: encounterText({ ...base, id: 'base' }, vocabulary) },
          {
            path: 'testcases/all.suite.yaml',
            text: 'suite: all\nbase: base.encounter.yaml\ncases:\n  - { id: plain, expect: pay }\n',
          },
        ];
        const small = createWorkspace(files);
        const { given, without } = encounterDifference(base, wanted, vocabulary);
        const { written, after } = write(
          {
            text: encounterText(wanted, vocabulary),
            from: { kind: 'encounter', path: 'testcases/base.encounter.yaml' },
            suite: 'all',
            title: 'Wanted',
            detail,
          },
          small,
        );
        const made = after.cases.find(({ id }) => id === written.id)!.ready!;
        expect({ ...made.table, id: '' }).toEqual({ ...factTable(wanted, vocabulary), id: '' });
        // The size of the difference decides whether it is stated or becomes a file.
        expect(written.newBase).toBe(given.length + without.length > 0 && written.base !== files[0]!.path);
      }),
      { numRuns: 60 },
    );
  });

  test('a case made of random changes to a shipped one passes with exactly its verdict', () => {
    const cases = fc.constantFrom(...workspace.cases);
    const changes = fc.array(fc.tuple(fc.nat(400), fc.nat(20)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(cases, changes, ({ suite, id, ready }, picks) => {
        const encounter = picks.reduce((it, pick) => changed(it, pick), ready!.encounter);
        const text = encounterText(encounter, vocabulary);
        const from = caseOf(suite, id);
        const { result } = write(requestFor(from, suite, 'Changed at random', text));
        expect(result).toMatchObject({ outcome: 'passed', differences: [] });
        const verdict = verdictOf(judge(ready!.program, factTable(encounter, vocabulary)));
        expect({ ...result.verdict, encounter: '' }).toEqual({ ...verdict, encounter: '' });
      }),
      { numRuns: 40 },
    );
  });
});

/** One thing changed: a fact emptied, set to another line's, a section taken away, a line doubled or dropped. */
function changed(encounter: Encounter, [what, how]: readonly [number, number]): Encounter {
  const { lines } = encounter;
  const at = what % lines.length;
  const line = lines[at]!;
  const other = lines[(at + 1) % lines.length]!;
  const replace = (it: typeof line): Encounter => ({
    ...encounter,
    lines: lines.map((each, index) => (index === at ? it : each)),
  });
  const claimFacts = [...line.claim.keys()].filter((path) => path !== 'line.code');
  const recordFacts = [...(line.record?.keys() ?? [])];
  switch (how % 9) {
    case 0:
      return replace({ ...line, record: null });
    case 1:
      return replace({ ...line, record: new Map() });
    case 2:
      return replace({ ...line, record: new Map([...(line.record ?? []), ['record.minutes', what % 60]]) });
    case 3:
      return replace({ ...line, claim: new Map([...line.claim, ['line.units', 1 + (what % 4)]]) });
    case 4: {
      const fact = recordFacts[what % Math.max(1, recordFacts.length)];
      return fact ? replace({ ...line, record: new Map([...line.record!, [fact, null]]) }) : encounter;
    }
    case 5: {
      const fact = claimFacts[what % Math.max(1, claimFacts.length)]!;
      return replace({ ...line, claim: new Map([...line.claim, [fact, null]]) });
    }
    case 6:
      return lines.length < 40
        ? { ...encounter, lines: [...lines.slice(0, at), other, ...lines.slice(at)] }
        : encounter;
    case 7:
      return lines.length > 1 ? { ...encounter, lines: lines.filter((_, index) => index !== at) } : encounter;
    default:
      return { ...encounter, plan: what % 2 ? null : new Map(), priorVisits: what % 3 ? null : [] };
  }
}
