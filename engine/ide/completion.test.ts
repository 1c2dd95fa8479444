import { describe, expect, test } from 'vitest';
import { createWorkspace, updateWorkspace } from '../workspace/workspace.ts';
import { clinic, head, suiteHead } from './completion.cases.ts';
import { completionsAt } from './completion.ts';
import type { CompletionItem } from './completion.ts';

const workspace = createWorkspace(clinic);
const policyPath = 'rules/hns/mine/2024-01-01.policy.yaml';
const suitePath = 'testcases/mine.suite.yaml';
const encounterPath = 'testcases/encounters/mine.encounter.yaml';

/** `$0` is where the cursor stands. */
function ask(path: string, marked: string): readonly CompletionItem[] {
  const offset = marked.indexOf('$0');
  expect(offset, 'a $0 in the text').not.toBe(-1);
  return completionsAt(workspace, path, marked.replace('$0', ''), offset);
}

const labels = (path: string, marked: string): string =>
  ask(path, marked)
    .map(({ label }) => label)
    .join(' ');
const inRule = (rest: string) => labels(policyPath, `${head}  - id: a\n${rest}`);
/** What an editor leaves when a word is typed: the items that have a word beginning with it, in order. */
function found(path: string, marked: string, typed: string): string {
  return ask(path, marked)
    .filter(({ filterText }) => new RegExp(`(?:^|[ .-])${typed}`, 'i').test(filterText))
    .map(({ label }) => label)
    .join(' ');
}

describe('keys', () => {
  test('of a new file: a whole one first, then what is needed, then the rest', () => {
    expect(labels(policyPath, '$0')).toBe(
      'new policy policy title kind effective rules payers received review remark extends parameters timeRule derive conditions',
    );
  });
  test('that stand there already are left out', () => {
    expect(labels(policyPath, 'policy: mine\ntitle: Mine\n$0\nkind: billing\nrules:\n  - id: a\n')).toBe(
      'effective payers received review remark extends parameters timeRule derive conditions',
    );
  });
  test('of a rule, before it has one of its two forms', () => {
    expect(inRule('    $0')).toBe(
      'title cite when require for received otherwise then unless message remedy remark',
    );
  });
  test('of a requirement', () => {
    expect(inRule('    require: { line.code: 97530 }\n    $0')).toBe(
      'title cite otherwise for received when unless message remedy remark',
    );
  });
  test('of a prohibition', () => {
    expect(inRule('    when: { line.code: 97530 }\n    then: deny\n    $0')).toBe(
      'title cite for received unless message remedy remark',
    );
  });
  test('in the middle of a rule, with more below', () => {
    expect(
      labels(policyPath, `${head}  - id: a\n    $0\n    title: A\n    when: { line.code: 1 }\n\n  - id: b\n`),
    ).toBe('cite require for received otherwise then unless message remedy remark');
  });
  test('in a word that is half there, with or without its colon', () => {
    expect(inRule('    ti$0')).toContain('title');
    expect(ask(policyPath, `${head}  - id: a\n    ti$0tle: A\n`)[0]).toMatchObject({
      label: 'title',
      insertText: 'title',
    });
  });
  test('in braces that are not closed', () => {
    expect(labels(policyPath, 'policy: mine\neffective: { $0\nkind: billing\n')).toBe('from to');
    expect(labels(policyPath, 'policy: mine\neffective: { from: 2024-01-01, $0\nkind: billing\n')).toBe('to');
  });
  test('of a dated parameter', () => {
    expect(labels(policyPath, 'parameters:\n  least:\n    - from: 2024-01-01\n      $0')).toBe(
      'value unit cite to remark',
    );
  });
  test('on a blank line that begins too far left: indented as what follows', () => {
    const gap = `${head}  - id: a\n    title: A\n$0\n  - id: b\n`;
    expect(ask(policyPath, gap)[0]?.insertText).toMatch(/^ {2}- id: \$\{1:its-name\}\n {4}title: /);
    expect(ask(policyPath, `${head}  - id: a\n  $0\n    title: A\n`)[0]?.insertText).toBe('  cite: $0');
  });
  test('below an item of a list, with the dash', () => {
    expect(
      ask(policyPath, `${head}  - id: a\n    cite:\n      - manual#eight\n      $0`)[0]?.insertText,
    ).toBe('- manual#record');
  });
  test('of a figure: one calculation', () => {
    expect(labels(policyPath, 'derive:\n  services: { $0 }')).toBe(
      'count countDistinct sum min max where remark',
    );
    expect(labels(policyPath, 'derive:\n  services: { count: lines, $0 }')).toBe('where remark');
  });
  test('of an entry, as the list says what it lists', () => {
    const path = 'rules/lists/mine.list.yaml';
    expect(labels(path, 'list: mine\nof: code\nentries:\n  - { $0')).toBe('value short cite from to remark');
    expect(labels(path, 'list: mine\nof: pair\nentries:\n  - { $0')).toBe(
      'columnOne columnTwo short cite from to remark',
    );
  });
  test('of a fact, as its type asks', () => {
    const path = 'rules/mine.vocabulary.yaml';
    expect(labels(path, 'facts:\n  - path: record.tool\n    type: choice\n    $0')).toBe(
      'meaning values list example',
    );
  });
  test('of a clause and of a source', () => {
    expect(labels('rules/sources/mine.source.yaml', 'source: mine\n$0')).toBe(
      'title clauses publisher address read unverified remark',
    );
    expect(labels('rules/sources/mine.source.yaml', 'clauses:\n  - id: a\n    $0')).toBe(
      'text basis setAside remark',
    );
  });
});

describe('closed sets', () => {
  test('kinds of policy', () => {
    expect(labels(policyPath, 'kind: $0')).toBe('code-definition time-threshold documentation billing');
  });
  test('outcomes; there is nothing to reduce to without a time rule', () => {
    expect(inRule('    otherwise: $0')).toBe('deny review advise');
    expect(labels(policyPath, `timeRule: { method: per-service }\n${head}  - id: a\n    otherwise: $0`)).toBe(
      'deny review reduce advise',
    );
    expect(
      labels(
        policyPath,
        `timeRule: { method: per-service }\n${head}  - id: a\n    for: visit\n    otherwise: $0`,
      ),
    ).toBe('deny review advise');
  });
  test('methods, subjects, bases', () => {
    expect(labels(policyPath, 'timeRule: { method: $0 }')).toBe('per-service total-time full-units');
    expect(inRule('    for: $0')).toBe('line visit');
    expect(labels('rules/sources/mine.source.yaml', 'clauses:\n  - { basis: $0 }')).toBe(
      'read inferred unverified',
    );
  });
  test('payers, without those that stand there', () => {
    expect(labels(policyPath, 'payers: [$0]')).toBe('hns acme');
    expect(labels(policyPath, 'payers: [hns, $0')).toBe('acme');
    expect(ask(policyPath, 'payers: $0')[0]?.insertText).toBe('[hns]');
    expect(ask(policyPath, 'payers:\n  $0')[0]?.insertText).toBe('- hns');
    expect(labels(policyPath, 'payers:\n  - hns\n  - $0')).toBe('acme');
  });
  test('what a file is called', () => {
    expect(labels(policyPath, 'policy: $0')).toBe('mine');
    expect(labels(policyPath, 'effective: { from: $0 }')).toBe('2024-01-01');
  });
  test('directly behind the colon, with the space that it needs', () => {
    expect(ask(policyPath, 'kind:$0')[0]?.insertText).toBe(' code-definition');
  });
});

describe('facts', () => {
  test('are found by their meaning', () => {
    const typed = (word: string) => found(policyPath, `${head}  - id: a\n    when: { $0`, word);
    expect(typed('time')).toBe('record.minutes record.separateInterval note.totalTreatmentMinutes');
    expect(typed('CPT')).toBe('line.code');
    expect(typed('dos')).toContain('visit.date');
    expect(typed('insurer')).toBe('visit.payer');
    expect(typed('necess')).toBe('record.medicallyNecessary');
  });
  test('stand with those of the line first, in a rule for lines; what the file uses stands before', () => {
    expect(inRule('    when: { $0').split(' ').slice(0, 5)).toEqual([
      'condition',
      'derived.services',
      'line.code',
      'line.modifiers',
      'line.units',
    ]);
  });
  test('of a line are left out where the visit is judged', () => {
    const offered = inRule('    for: visit\n    when: { $0').split(' ');
    expect(offered).toContain('plan.active');
    expect(offered).toContain('derived.services');
    expect(offered.filter((name) => /^(?:other\.)?(?:line|record)\./.test(name))).toEqual([]);
    expect(offered.filter((name) => name.endsWith('OtherLine'))).toEqual([]);
  });
  test('of another line stand within the blocks for it, and such blocks not within each other', () => {
    expect(inRule('    when:\n      anyOtherLine:\n        $0').split(' ').slice(0, 2)).toEqual([
      'condition',
      'other.line.code',
    ]);
    expect(inRule('    when: { $0')).not.toContain('other.');
    expect(inRule('    when: { anyOtherLine: { $0')).not.toContain('noOtherLine');
  });
  test('that a time rule computes need one', () => {
    expect(inRule('    when: { $0')).not.toContain('record.supportableUnits');
    expect(labels(policyPath, `timeRule: {}\n${head}  - id: a\n    when: { $0`)).toContain(
      'record.supportableUnits',
    );
  });
  test('of earlier visits stand in figures over them alone', () => {
    expect(inRule('    when: { $0')).not.toContain('prior.');
    const figure = (rest: string) => labels(policyPath, `derive:\n  visits: { ${rest}`).split(' ');
    expect(figure('count: priorVisits, where: { $0')).toContain('prior.date');
    expect(figure('count: priorVisits, where: { $0')).not.toContain('line.code');
    expect(figure('count: lines, where: { $0')).not.toContain('prior.date');
    expect(figure('max: $0')).toContain('prior.therapies');
    expect(figure('max: $0')).not.toContain('line.code');
    expect(figure('sum: $0')).not.toContain('prior.date');
    expect(figure('countDistinct: $0')).toContain('line.code');
    expect(figure('countDistinct: $0')).not.toContain('prior.codes');
  });
  test('in a named condition follow the rules that use it', () => {
    const policy = (scope: string) =>
      labels(
        policyPath,
        `conditions:\n  busy: { $0 }\nrules:\n  - id: a\n${scope}    when: { condition: busy }\n`,
      );
    expect(policy('')).toContain('line.code');
    expect(policy('    for: visit\n')).not.toContain('line.code');
  });
});

describe('tests', () => {
  test('have the operators that fit: a number', () => {
    expect(inRule('    when: { record.minutes: { $0 } }')).toBe(
      'lessThan atMost atLeast moreThan documented is isNot oneOf noneOf',
    );
  });
  test('have the operators that fit: a date, a list, free text', () => {
    expect(inRule('    when: { plan.start: { $0 } }')).toBe(
      'before onOrBefore onOrAfter after withinDaysOf documented is isNot',
    );
    expect(inRule('    when:\n      line.modifiers:\n        $0')).toBe(
      'includes excludes includesAny includesAll includesNone sizeAtLeast sizeAtMost documented',
    );
    expect(inRule('    when: { plan.goals: { $0 } }')).toBe('documented is isNot oneOf noneOf');
  });
  test('leave out what is there', () => {
    expect(inRule('    when: { record.minutes: { atLeast: 8, $0 } }')).toBe(
      'lessThan atMost moreThan documented is isNot oneOf noneOf',
    );
  });
  test('behind the colon: an operator in braces, or in short a value, a list', () => {
    expect(inRule('    when: { line.code: $0 }')).toBe(
      '$timed startsWith pairedWith documented is isNot oneOf noneOf 97110 97530 97140',
    );
    expect(ask(policyPath, `${head}  - id: a\n    when: { record.minutes: $0 }`)[2]).toMatchObject({
      label: 'atLeast',
      insertText: '{ atLeast: $1 }$0',
      retrigger: true,
    });
  });
  test('of a choice, of yes and no, of a payer', () => {
    expect(inRule('    when: { record.contact: $0 }')).toBe(
      'one-on-one group supervised unattended documented is isNot oneOf noneOf',
    );
    expect(inRule('    when: { plan.active: $0 }').split(' ').slice(0, 2)).toEqual(['true', 'false']);
    expect(inRule('    when: { visit.payer: $0 }').split(' ').slice(0, 3)).toEqual([
      'hns',
      'acme',
      '$payers',
    ]);
  });
});

test('the days of a period by date received', () => {
  expect(ask(policyPath, 'received: { $0 }').map(({ label }) => label)).toEqual(['from', 'to']);
  expect(inRule('    received: { from: 2024-04-01, $0 }')).toBe('to');
});

describe('what is compared with', () => {
  test('the parameter of the same unit first, then what else is a number of minutes', () => {
    expect(inRule('    when: { record.minutes: { atLeast: $0 } }')).toBe(
      '$least $days { fact: note.totalTreatmentMinutes } { fact: derived.services }',
    );
  });
  test('parameters by what they hold', () => {
    expect(inRule('    when: { plan.start: { before: $0 } }').split(' { ')[0]).toBe('$start');
    expect(inRule('    when: { line.code: { oneOf: $0 } }').split(' ').slice(0, 2)).toEqual([
      '$timed',
      '$codes',
    ]);
  });
  test('lists by what they list', () => {
    expect(inRule('    when: { line.modifiers: { includesAny: $0 } }').split(' ')[0]).toBe('$therapy');
    expect(inRule('    when: { line.code: { pairedWith: { fact: line.code, in: $0 } } }')).toBe('$pairs');
  });
  test('in brackets: values alone, without those that are there', () => {
    expect(inRule('    when: { line.code: { oneOf: [97530, $0] } }')).toBe('97110 97140');
    expect(inRule('    when: { line.code: [97530, $0')).toBe('97110 97140');
    expect(ask(policyPath, `${head}  - id: a\n    when: { line.code: { oneOf: $0 } }`)[2]?.insertText).toBe(
      '[97110$1]$0',
    );
  });
  test('another fact of the same type, and what may be added to it', () => {
    expect(inRule('    when: { plan.start: { before: { fact: $0 } } }').split(' ')).toEqual([
      'plan.start',
      'visit.date',
      'visit.received',
      'plan.through',
      'episode.firstVisit',
      'episode.lastEvaluation',
    ]);
    expect(inRule('    when: { plan.start: { before: { fact: visit.date, $0 } } }')).toBe('plusDays');
    expect(inRule('    when: { line.units: { atMost: { fact: plan.visits, $0 } } }')).toBe('plus');
    expect(inRule('    when: { plan.start: { before: { fact: visit.date, plusDays: $0 } } }')).toBe(
      '$days $least',
    );
  });
  test('days around a date', () => {
    expect(inRule('    when: { plan.start: { withinDaysOf: { $0 } } }')).toBe('fact days date');
    expect(inRule('    when: { plan.start: { withinDaysOf: { fact: $0 } } }')).toContain('visit.date');
    expect(inRule('    when: { plan.start: { withinDaysOf: { days: $0 } } }')).toBe('$days $least');
  });
  test('the codes of a time rule are fixed', () => {
    expect(labels(policyPath, `${head}timeRule: { codes: $0 }`)).toBe('$timed $codes 97110 97530 97140');
    expect(labels(policyPath, `timeRule: { minimumMinutes: $0 }\n${head}`)).toBe('$least $days');
  });
});

describe('names of the file and of others', () => {
  test('named conditions', () => {
    expect(inRule('    when: { condition: $0 }')).toBe('isTimed');
  });
  test('clauses, found by their text', () => {
    expect(inRule('    cite: $0')).toBe('manual#eight manual#record');
    expect(inRule('    cite: [manual#eight, $0')).toBe('manual#record');
    expect(found(policyPath, `${head}  - id: a\n    cite: $0`, 'billed')).toBe('manual#eight');
    expect(ask(policyPath, `${head}  - id: a\n    cite: $0`)[0]).toMatchObject({
      kind: 'clause',
      detail: 'A service of less than 8 minutes is not billed.',
    });
  });
  test('what an overlay extends, and the names that it takes over', () => {
    expect(labels(policyPath, 'policy: mine\nextends: $0')).toBe('base');
    expect(
      labels(
        policyPath,
        'policy: mine\nextends: base\nrules:\n  - id: a\n    when: { record.minutes: { atLeast: $0 } }',
      ),
    ).toMatch(/^\$least /);
    expect(
      labels(policyPath, 'policy: mine\nextends: base\nrules:\n  - id: a\n    when: { condition: $0 }'),
    ).toBe('isTimed');
  });
  test('what an overlay can replace', () => {
    const overlay = 'policy: mine\nextends: base\n';
    expect(labels(policyPath, `${overlay}rules:\n  - id: $0`)).toBe('minimum');
    expect(labels(policyPath, `${overlay}rules:\n  - id: minimum\n  - id: $0`)).toBe('');
    expect(ask(policyPath, `${overlay}parameters:\n  $0`)[0]).toMatchObject({
      label: 'least',
      insertText: 'least: { value: ${1:8}, unit: minutes, cite: $2 }',
    });
  });
  test('units and several values of a parameter', () => {
    expect(labels(policyPath, 'parameters:\n  least: { unit: $0 }')).toContain('minutes units');
    expect(labels(policyPath, 'parameters:\n  some: { value: [97530, $0')).toBe('97110 97140 GP');
  });
  test('what a message fills in', () => {
    expect(inRule('    message: "At least {$0}"').split(' ').slice(0, 5)).toEqual([
      'least',
      'days',
      'start',
      'codes',
      'derived.services',
    ]);
    expect(ask(policyPath, `${head}  - id: a\n    message: "{le$0"`)[0]?.insertText).toBe('least\\}');
    expect(ask(policyPath, `${head}  - id: a\n    message: "{le$0}"`)[0]?.insertText).toBe('least');
    expect(inRule('    message: >-\n      More\n      {record.min$0')).toContain('record.minutes');
    expect(inRule('    message: "closed {least} $0"')).toBe('');
    expect(inRule('    message: $0')).toBe('');
  });
});

describe('suites', () => {
  const inCase = (rest: string) => labels(suitePath, `${suiteHead}  - id: a\n${rest}`);
  test('policies and encounters', () => {
    expect(labels(suitePath, 'policies: [$0]')).toBe('base');
    expect(labels(suitePath, 'base: $0')).toBe('encounters/two-lines.encounter.yaml');
    expect(labels('testcases/hns/a.suite.yaml', 'base: $0')).toBe('../encounters/two-lines.encounter.yaml');
  });
  test('paths into the encounter, line by line', () => {
    const offered = ask(suitePath, `${suiteHead}  - id: a\n    given: { $0 }`);
    expect(offered.find(({ label }) => label === 'lines.2.record.minutes')?.detail).toBe('line 2: 97110 ×2');
    expect(offered.some(({ label }) => label === 'lines.3')).toBe(true);
    expect(offered.some(({ label }) => label === 'lines.3.units' || label.includes('supportable'))).toBe(
      false,
    );
    expect(inCase('    given: { lines.1.record.contact: $0 }')).toBe(
      'one-on-one group supervised unattended',
    );
    expect(inCase('    given: { lines.1.record: { $0 } }')).toMatch(/^minutes contact /);
    expect(inCase('    given: { lines.1: { code: 97110, $0 } }')).toMatch(/^units record /);
    expect(inCase('    given: { visit.payer: $0 }')).toBe('hns acme');
  });
  test('what is taken away', () => {
    expect(inCase('    without: [$0]')).toBe(
      'note patient provider plan episode priorVisits lines.1.record lines.2.record lines.1 lines.2',
    );
  });
  test('parameters with the value that they have', () => {
    expect(ask(suitePath, `${suiteHead}  - id: a\n    with: { $0 }`)).toMatchObject([
      { label: 'least', detail: '8 minutes', insertText: 'least: ${1:8}' },
    ]);
  });
  test('what is expected', () => {
    expect(inCase('    expect: $0')).toBe('pay visit lines');
    expect(inCase('    expect:\n      $0')).toBe('pay visit lines');
    expect(inCase('    expect: { lines: { $0 } }')).toBe('1 2');
    expect(inCase('    expect:\n      lines:\n        1: { decision: $0')).toBe(
      'deny review reduce needs-record advise pay',
    );
    expect(inCase('    expect:\n      lines:\n        1: { decision: deny, violates: [$0')).toBe(
      'base/minimum',
    );
    expect(inCase('    expect:\n      lines:\n        1: { outcomes: { base/minimum: $0')).toBe(
      'not-applicable met violated undetermined',
    );
  });
});

describe('encounters', () => {
  test('sections and facts', () => {
    expect(labels(encounterPath, 'encounter: mine\n$0')).toBe(
      'visit lines title remark note patient provider plan episode priorVisits',
    );
    expect(labels(encounterPath, 'visit: { $0 }')).toBe('date received payer placeOfService diagnoses');
    expect(labels(encounterPath, 'priorVisits:\n  - { $0')).toBe(
      'date visitNumber codes therapies outcomeScore',
    );
  });
  test('codes with their descriptions', () => {
    expect(ask(encounterPath, 'lines:\n  - code: $0')[0]).toMatchObject({
      label: '97110',
      detail: 'Exercise',
    });
    expect(labels(encounterPath, 'lines:\n  - code: 97530\n    modifiers: [$0]')).toBe('GP');
  });
});

describe('nothing is proposed', () => {
  test.each([
    ['in a comment', `${head}# ti$0`],
    ['behind a value', `${head}  - id: a\n    # wh$0`],
    ['for free words', `${head}  - id: a\n    title: wh$0`],
    ['deeper than a finished value', `${head}  - id: a\n    otherwise: deny\n      $0`],
    ['before what stands there', `${head}  - id: a\n    when: $0{ line.code: 97530 }`],
    ['in a key that does not exist', `${head}  - id: a\n    nonsense: { $0 }`],
  ])('%s', (_, marked) => {
    expect(labels(policyPath, marked)).toBe('');
  });
  test('in a file of no kind', () => {
    expect(labels('rules/readme.yaml', '$0')).toBe('');
  });
});

/** A page on which somebody types, takes proposals and goes on with Tab, as a snippet says. */
interface Page {
  readonly path: string;
  readonly text: string;
  readonly cursor: number;
  /** Places that Tab leads to, the next one first. */
  readonly stops: readonly number[];
}

function take(page: Page, label: string): Page {
  const items = completionsAt(workspace, page.path, page.text, page.cursor);
  const item = items.find((one) => one.label === label);
  if (!item) throw new Error(`${label} is not among: ${items.map((one) => one.label).join(' ')}`);
  let plain = '';
  const stops = new Map<number, number>();
  // A place with a word in it is typed over.
  for (const [piece, escaped] of item.insertText.matchAll(/\\(.)|\$(?:\d+|\{\d+:[^}]*\})|[^\\$]+/g)) {
    const number = /^\$\{?(\d+)/.exec(piece)?.[1];
    if (escaped !== undefined) plain += escaped;
    else if (number !== undefined) stops.set(Number(number), plain.length);
    else plain += piece;
  }
  const ordered = [...stops].toSorted(([a], [b]) => (a || Infinity) - (b || Infinity)).map(([, at]) => at);
  const [first = plain.length, ...rest] = ordered;
  const { from, to } = item.replace;
  const grown = plain.length - (to - from);
  return {
    ...page,
    text: page.text.slice(0, from) + plain + page.text.slice(to),
    cursor: from + first,
    stops: [...rest.map((at) => from + at), ...page.stops.map((at) => at + grown)],
  };
}

function type(page: Page, words: string): Page {
  return {
    ...page,
    text: page.text.slice(0, page.cursor) + words + page.text.slice(page.cursor),
    cursor: page.cursor + words.length,
    stops: page.stops.map((at) => at + words.length),
  };
}

const tab = (page: Page): Page => ({ ...page, cursor: page.stops[0]!, stops: page.stops.slice(1) });

test('a rule from a blank line, by proposals, Tab and the words of its title', () => {
  let page: Page = { path: policyPath, text: `${head}  `, cursor: head.length + 2, stops: [] };
  page = tab(type(take(page, 'requirement'), 'least-time'));
  page = tab(type(page, 'Eight minutes at least'));
  page = tab(take(page, 'manual#eight'));
  page = take(take(page, 'condition'), 'isTimed');
  page = tab(page);
  page = take(take(take(page, 'record.minutes'), 'atLeast'), '$least');
  page = tab(tab(page));
  page = tab(take(page, 'deny'));
  page = type(page, 'It took {');
  page = type(take(page, 'record.minutes'), ' minutes.');
  page = type(tab(page), 'Do not bill it.');
  expect(page.text.slice(head.length)).toBe(`  - id: least-time
    title: Eight minutes at least
    cite: manual#eight
    when:
      condition: isTimed
    require:
      record.minutes: { atLeast: $least }
    otherwise: deny
    message: "It took {record.minutes} minutes."
    remedy: Do not bill it.`);
  const after = updateWorkspace(workspace, [{ path: policyPath, text: page.text }]);
  const own = after.diagnostics.filter(({ place }) => place.path === policyPath && place.from >= head.length);
  expect(own.map(({ message }) => message)).toEqual([]);
});

test('a case from a blank line', () => {
  let page: Page = { path: suitePath, text: `${suiteHead}  - `, cursor: suiteHead.length + 4, stops: [] };
  page = tab(type(take(page, 'case with a finding'), 'seven'));
  page = tab(type(page, 'Seven minutes'));
  page = tab(type(take(page, 'lines.1.record.minutes'), '7'));
  page = tab(type(page, '1'));
  page = tab(take(page, 'deny'));
  page = take(page, 'base/minimum');
  expect(page.text.slice(suiteHead.length)).toBe(`  - id: seven
    title: Seven minutes
    given: { lines.1.record.minutes: 7 }
    expect:
      lines:
        1: { decision: deny, violates: [base/minimum] }`);
  const after = updateWorkspace(workspace, [{ path: suitePath, text: page.text }]);
  expect(after.diagnostics.filter(({ place }) => place.path === suitePath)).toEqual([]);
});
