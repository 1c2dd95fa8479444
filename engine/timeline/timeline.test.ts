import { describe, expect, test } from 'vitest';

import { formatDay, parseDay } from '../base/calendar-date.ts';
import { epochsInForce } from '../evaluate/compile.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { daysText, gapWords, overlapWords, receivedGapWords, receivedText } from './timeline-words.ts';
import { timelineOf } from './timeline.ts';
import type { Lane, TimelineQuestion } from './timeline.ts';

const day = (text: string) => parseDay(text)!;
const span = ({ from, to }: { readonly from: number; readonly to: number | null }) =>
  `${formatDay(from)}–${to === null ? '' : formatDay(to)}`;

interface Written {
  readonly id?: string;
  readonly payers?: string;
  readonly extends?: string;
  readonly received?: string;
  readonly body?: string;
}

/** `a 2020-01-01 2020-12-31` is a file with a revision of the policy `a` in force on these days. */
function workspaceOf(...revisions: readonly (readonly [revision: string, more?: Written])[]): Workspace {
  return createWorkspace([
    ...revisions.map(([written, more = {}]) => {
      const [id, from, to] = written.split(' ');
      return {
        path: `rules/${id}-${from}.policy.yaml`,
        text: [
          `policy: ${id}`,
          `title: Policy ${id}`,
          'kind: billing',
          ...(more.payers === undefined ? [] : [`payers: [${more.payers}]`]),
          `effective: { from: ${from}${to === undefined ? '' : `, to: ${to}`} }`,
          ...(more.received === undefined ? [] : [`received: ${more.received}`]),
          ...(more.extends === undefined ? [] : [`extends: ${more.extends}`]),
          more.body ?? 'rules: [{ id: r, title: R, cite: s#c, require: { line.units: 1 }, otherwise: deny }]',
        ].join('\n'),
      };
    }),
    { path: 'rules/s.source.yaml', text: 'source: s\ntitle: S\nclauses: [{ id: c, text: C }]\n' },
    {
      path: 'rules/timed.list.yaml',
      text: 'list: timed\ntitle: T\nof: code\ncite: s#c\nentries: [{ value: 97530 }, { value: 97110, from: 2020-07-01 }, { value: 97112, to: 2020-06-30 }]\n',
    },
    {
      path: 'rules/pairs.list.yaml',
      text: 'list: pairs\ntitle: P\nof: pair\ncite: s#c\nentries: [{ columnOne: 97530, columnTwo: 97116, from: 2020-04-01 }]\n',
    },
  ]);
}

const everything: TimelineQuestion = { payer: null, policy: null, code: null, on: day('2020-06-01') };

/** A lane as one line of text, and below it what is not as it should be. */
function drawn(workspace: Workspace, question: Partial<TimelineQuestion> = {}): readonly string[] {
  return timelineOf(workspace, { ...everything, ...question }).flatMap((lane: Lane) => [
    `${lane.payer ?? '*'} ${lane.policy}: ${lane.revisions.map((it) => `${span(it)}${it.inForce ? ' now' : ''}`).join(', ')}`,
    ...lane.gaps.map((gap) => `  gap ${span(gap)}`),
    ...lane.overlaps.map((overlap) => `  overlap ${span(overlap)}`),
    ...lane.replaced.map(
      (it) => `  replaced by ${it.by}${it.payers ? ` for ${it.payers.join(', ')}` : ''} ${span(it)}`,
    ),
  ]);
}

describe('lanes', () => {
  test('revisions that adjoin have neither gap nor overlap', () => {
    expect(drawn(workspaceOf(['a 2020-07-01'], ['a 2020-01-01 2020-06-30']))).toEqual([
      '* a: 2020-01-01–2020-06-30 now, 2020-07-01–',
    ]);
  });

  test('one day between them is a gap of one day, one day too many an overlap of one', () => {
    expect(drawn(workspaceOf(['a 2020-01-01 2020-06-29'], ['a 2020-07-01']))).toEqual([
      '* a: 2020-01-01–2020-06-29 now, 2020-07-01–',
      '  gap 2020-06-30–2020-06-30',
    ]);
    expect(drawn(workspaceOf(['a 2020-01-01 2020-07-01'], ['a 2020-07-01']))).toEqual([
      '* a: 2020-01-01–2020-07-01 now, 2020-07-01–',
      '  overlap 2020-07-01–2020-07-01',
    ]);
  });

  test('a revision within another hides no gap behind it, and two that overlap it are two overlaps', () => {
    const within = workspaceOf(
      ['a 2020-01-01 2020-12-31'],
      ['a 2020-02-01 2020-03-31'],
      ['a 2020-03-15 2020-04-30'],
      ['a 2021-02-01'],
    );
    expect(drawn(within)).toEqual([
      '* a: 2020-01-01–2020-12-31 now, 2020-02-01–2020-03-31, 2020-03-15–2020-04-30, 2021-02-01–',
      '  gap 2021-01-01–2021-01-31',
      '  overlap 2020-02-01–2020-03-31',
      '  overlap 2020-03-15–2020-04-30',
      '  overlap 2020-03-15–2020-03-31',
    ]);
  });

  test('each payer has its own lane, and a revision for every payer is in all of them', () => {
    const workspace = workspaceOf(
      ['a 2020-01-01 2020-12-31', { payers: 'p, q' }],
      ['a 2021-02-01', { payers: 'p' }],
      ['b 2020-01-01'],
      ['b 2022-01-01', { payers: 'q' }],
    );
    expect(drawn(workspace)).toEqual([
      'p a: 2020-01-01–2020-12-31 now, 2021-02-01–',
      '  gap 2021-01-01–2021-01-31',
      'q a: 2020-01-01–2020-12-31 now',
      '* b: 2020-01-01– now',
      'q b: 2020-01-01– now, 2022-01-01–',
      '  overlap 2022-01-01–',
    ]);
    expect(drawn(workspace, { payer: 'q' })).toEqual([
      'q a: 2020-01-01–2020-12-31 now',
      'q b: 2020-01-01– now, 2022-01-01–',
      '  overlap 2022-01-01–',
    ]);
    expect(drawn(workspace, { payer: 'p', policy: 'b' })).toEqual(['* b: 2020-01-01– now']);
  });

  test('a code: the policies with a rule that a line with it may meet', () => {
    const rule = (when: string) =>
      `rules: [{ id: r, title: R, cite: s#c, ${when}require: { line.units: 1 }, otherwise: deny }]`;
    const workspace = workspaceOf(
      ['a 2020-01-01', { body: rule('when: { line.code: 97110 }, ') }],
      ['b 2020-01-01', { body: rule('when: { line.code: $timed }, ') }],
      ['c 2020-01-01', { body: rule('') }],
      [
        'd 2020-01-01',
        { body: rule('for: visit, ').replace('line.units: 1', 'visit.diagnoses: { documented: true }') },
      ],
    );
    const lanes = (code: string) =>
      timelineOf(workspace, { ...everything, code }).map(({ policy }) => policy);
    expect(lanes('97110')).toEqual(['a', 'b', 'c']);
    expect(lanes('97112')).toEqual(['b', 'c']);
    expect(lanes('98941')).toEqual(['c']);
  });
});

describe('the second axis, the date received', () => {
  const at = (from: string, to: string | undefined, received: string) =>
    [`a ${from}${to === undefined ? '' : ` ${to}`}`, { received }] as const;
  const words = (workspace: Workspace) => {
    const [lane] = timelineOf(workspace, everything);
    return [
      ...lane!.revisions.map((it) => `${daysText(it)} ${receivedText(it)}`),
      ...lane!.overlaps.map(overlapWords),
      ...lane!.gaps.map(gapWords),
      ...lane!.receivedGaps.map(receivedGapWords),
    ];
  };

  test('two revisions on the same dates of service, one for claims received before and one for those from a day on', () => {
    expect(
      words(
        workspaceOf(
          at('2020-01-01', undefined, '{ to: 2020-06-30 }'),
          at('2020-02-01', undefined, '{ from: 2020-07-01 }'),
        ),
      ),
    ).toEqual([
      'since 2020-01-01 for claims received up to 2020-06-30',
      'since 2020-02-01 for claims received from 2020-07-01',
    ]);
  });

  test('one day too many is an overlap, one too few a gap', () => {
    const two = (to: string) =>
      words(
        workspaceOf(
          at('2020-01-01', '2020-12-31', `{ to: ${to} }`),
          at('2020-02-01', undefined, '{ from: 2020-07-01, to: 2021-06-30 }'),
        ),
      ).slice(2);
    expect(two('2020-07-01')).toEqual(['two revisions from 2020-02-01 to 2020-12-31']);
    expect(two('2020-06-30')).toEqual([]);
    expect(two('2020-06-29')).toEqual([
      'no revision for claims received on 2020-06-30, for dates of service since 2020-02-01',
    ]);
  });
});

describe('what changes', () => {
  test('parameters, lists and pairs, on the days on which they do', () => {
    const body = `parameters:
  least: [{ from: 2020-01-01, value: 8, cite: s#c }, { from: 2020-04-01, value: 10, cite: s#c }]
rules:
  - { id: r, title: R, cite: s#c, when: { line.code: $timed }, require: { record.minutes: { atLeast: $least } }, otherwise: deny }
  - { id: p, title: P, cite: s#c, require: { noOtherLine: { other.line.code: { pairedWith: { fact: line.code, in: $pairs } } } }, otherwise: deny }
`;
    const workspace = workspaceOf(['a 2020-01-01', { body }]);
    expect(workspace.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const [lane] = timelineOf(workspace, everything);
    expect(lane!.revisions[0]!.changes.map((it) => ({ ...it, day: formatDay(it.day) }))).toEqual([
      {
        day: '2020-04-01',
        changes: [
          { kind: 'parameter', name: 'least', unit: null, before: '8', after: '10' },
          { kind: 'list', name: 'pairs', title: 'P', added: ['97530 / 97116'], removed: [] },
        ],
      },
      {
        day: '2020-07-01',
        changes: [{ kind: 'list', name: 'timed', title: 'T', added: ['97110'], removed: ['97112'] }],
      },
    ]);
  });
});

describe('an overlay', () => {
  const layered = workspaceOf(
    ['a 2020-01-01 2020-06-30', { payers: 'p, q' }],
    ['a 2020-07-01', { payers: 'p, q' }],
    ['b 2020-04-01 2020-12-31', { payers: 'q', extends: 'a' }],
  );

  test('is one revision over two of its base, and takes their place for its payers', () => {
    expect(drawn(layered)).toEqual([
      'p a: 2020-01-01–2020-06-30 now, 2020-07-01–',
      'q a: 2020-01-01–2020-06-30, 2020-07-01–',
      '  replaced by b 2020-04-01–2020-06-30',
      '  replaced by b 2020-07-01–2020-12-31',
      'q b: 2020-04-01–2020-12-31 now',
    ]);
    const overlay = timelineOf(layered, everything).at(-1)!;
    expect(overlay.revisions[0]!.bases.map((it) => `${it.path} ${span(it)}`)).toEqual([
      'rules/a-2020-01-01.policy.yaml 2020-04-01–2020-06-30',
      'rules/a-2020-07-01.policy.yaml 2020-07-01–2020-12-31',
    ]);
  });

  test('where the base is for every payer, it is said for whom it is replaced', () => {
    const workspace = workspaceOf(['a 2020-01-01'], ['b 2020-04-01', { payers: 'q', extends: 'a' }]);
    expect(drawn(workspace)).toEqual([
      '* a: 2020-01-01– now',
      '  replaced by b for q 2020-04-01–',
      'q b: 2020-04-01– now',
    ]);
    expect(drawn(workspace, { payer: 'q' })).toEqual([
      '* a: 2020-01-01–',
      '  replaced by b 2020-04-01–',
      'q b: 2020-04-01– now',
    ]);
  });

  test.each([
    ['layered', layered],
    ['shipped', createWorkspace(shippedFiles())],
  ])('what is in force is what judges: %s', (_, workspace) => {
    const ends = workspace.policies.flatMap(({ from, to }) => [
      from - 1,
      from,
      ...(to === null ? [] : [to, to + 1]),
    ]);
    const payers = [...new Set(workspace.policies.flatMap(({ payers: own }) => own ?? []))];
    for (const on of new Set(ends)) {
      for (const payer of payers) {
        const lanes = timelineOf(workspace, { ...everything, payer, on });
        const shown = lanes.flatMap(({ revisions }) =>
          revisions.flatMap((it) => (it.inForce ? [it.path] : [])),
        );
        const judging = epochsInForce(workspace.program, { payer, day: on, received: null }).map(
          ({ policy }) => policy.place.path,
        );
        expect([formatDay(on), payer, shown.toSorted()]).toEqual([formatDay(on), payer, judging.toSorted()]);
      }
    }
  });
});
