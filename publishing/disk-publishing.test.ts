import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ApprovalPage, Publishing, PublishAnswer } from './publishing.ts';
import type { Knobs } from './testing/policies.ts';
import { workspaceFolder } from './testing/workspace-folder.ts';

const ada = { who: 'Ada', why: 'Agreed' };
const ben = { who: 'Ben', why: 'Agreed, too' };

async function publish(
  publishing: Publishing,
  more: Partial<Parameters<Publishing['publish']>[0]> = {},
): Promise<PublishAnswer> {
  return publishing.publish({ ...ada, overrides: [], seen: null, ...more });
}

/** How it went, in a word or in what holds it back. */
async function outcome(answer: Promise<PublishAnswer>): Promise<string> {
  const { published, number, refusals } = await answer;
  return published ? `release ${number}` : refusals.map(({ what }) => what).join(', ');
}

/** Each item by its kind and what it is told by, with its state. */
function states({ approval }: ApprovalPage): readonly string[] {
  return approval!.items.map(({ kind, direction, title, state }) => {
    const told = direction === null || kind === 'encounter' ? title : direction;
    return `${kind}, ${told}: ${state}`;
  });
}

async function idOf(publishing: Publishing, kind: string): Promise<string> {
  return (await publishing.approval()).approval!.items.find((item) => item.kind === kind)!.id;
}

async function accept(publishing: Publishing, kind: string, by: { who: string; why: string } = ada) {
  const items = kind === 'all' ? ('all' as const) : [await idOf(publishing, kind)];
  return publishing.decide({ verdict: 'accept', items, ...by });
}

/** A folder with one release, and then this change. */
async function releasedThen(change: Knobs, before: Knobs = {}) {
  const workspace = await workspaceFolder(before);
  expect(await outcome(publish(workspace.publishing))).toBe('release 1');
  await workspace.change({ ...before, ...change });
  workspace.setClock('2024-04-01T08:00:00.000Z');
  return workspace;
}

const stricter = { minutes: 10, eight: 'deny' } as const;

describe('the first release', () => {
  test('is accepted as a whole by whoever publishes it', async () => {
    const { publishing } = await workspaceFolder();
    const page = await publishing.approval();
    expect(page).toMatchObject({ refusals: [], last: null, interrupted: { releases: [], decisions: false } });
    expect(page.approval!.items).toMatchObject([
      { kind: 'first-release', after: '2 policies, 2 cases', state: 'undecided', secondFor: [] },
    ]);
    const answer = await publish(publishing);
    expect(answer.manifest!.approvals).toMatchObject([
      { before: null, decisions: [{ ...ada, when: '2024-03-04T09:30:00.000Z' }] },
    ]);
  });

  test('is not published when somebody has rejected it', async () => {
    const { publishing } = await workspaceFolder();
    const items = [await idOf(publishing, 'first-release')];
    await publishing.decide({ verdict: 'reject', items, ...ben });
    expect(await outcome(publish(publishing))).toBe('rejected');
  });
});

describe('a change', () => {
  test('is published when each item is accepted; who accepts a region accepts the encounters in it', async () => {
    const { publishing, folder } = await releasedThen(stricter);
    expect(states(await publishing.approval())).toEqual([
      'region, stricter: undecided',
      'encounter, Eight minutes: undecided',
      'case, testcases/time.suite.yaml, case eight says something else: undecided',
    ]);
    expect(await outcome(publish(publishing))).toBe('undecided');
    const { page } = await accept(publishing, 'region');
    expect(states(page).slice(0, 2)).toEqual([
      'region, stricter: accepted',
      'encounter, Eight minutes: accepted',
    ]);
    expect(await outcome(publish(publishing))).toBe('undecided');
    await accept(publishing, 'case', ben);
    const answer = await publish(publishing, { who: 'Cy', why: 'From May on' });
    expect(answer).toMatchObject({ published: true, number: 2 });
    expect(
      answer.manifest!.approvals.map(({ item, before, after, decisions, through }) => [
        item.split('-')[0],
        before,
        after,
        decisions.map(({ who }) => who),
        through.length,
      ]),
    ).toEqual([
      ['region', 'pay', 'deny', ['Ada'], 0],
      [
        'encounter',
        'pay (line 1, 97530: pay)',
        'deny (line 1, 97530: deny, time/floor violated: deny)',
        [],
        1,
      ],
      ['case', 'expect: pay', expect.stringContaining('decision: deny'), ['Ben'], 0],
    ]);
    // They are in the release now.
    expect(await readdir(join(folder, 'approvals'))).toEqual([]);
    expect(states(await publishing.approval())).toEqual([]);
  });

  test('one encounter of an accepted region can be rejected by itself', async () => {
    const { publishing } = await releasedThen(stricter);
    await accept(publishing, 'all');
    const items = [await idOf(publishing, 'encounter')];
    await publishing.decide({ verdict: 'reject', items, ...ben });
    expect(await outcome(publish(publishing))).toBe('rejected');
    // Only the same person takes it back.
    await publishing.decide({ verdict: 'accept', items, ...ada });
    expect(await outcome(publish(publishing))).toBe('rejected');
    await publishing.decide({ verdict: 'accept', items, ...ben });
    expect(await outcome(publish(publishing))).toBe('release 2');
  });

  test('that only people read has nothing to decide', async () => {
    const { publishing } = await releasedThen({ more: { 'rules/sources/b.source.yaml': source('b') } });
    expect(states(await publishing.approval())).toEqual([]);
    expect(await outcome(publish(publishing))).toBe('release 2');
  });
});

describe('a second approver', () => {
  test.each([
    ['stricter on payment', { minutes: 10 }, 1],
    ['looser on payment', { minutes: 7 }, 2],
    ['stricter on coverage', { withoutGoal: 'deny' }, 2],
    ['looser on coverage', { withoutGoal: 'advise' }, 1],
  ] as const)('%s', async (_, change, approvers) => {
    const { publishing } = await releasedThen(change);
    await accept(publishing, 'region');
    const all = [
      ...(approvers === 2 ? ['second-approver-missing'] : []),
      ...('minutes' in change && change.minutes === 10 ? ['failing-cases'] : []),
    ];
    expect((await publish(publishing)).refusals.map(({ what }) => what)).toEqual(all.length === 0 ? [] : all);
  });

  test('must be somebody else, however the name is written', async () => {
    const { publishing, folder } = await releasedThen({ minutes: 7 });
    await accept(publishing, 'region');
    const again = await accept(publishing, 'region', { who: ' ADA  ', why: 'Once more' });
    expect(again.decided).toEqual([]);
    expect(again.refused).toMatchObject([
      { why: 'Ada has accepted it already, and its second approver must be somebody else.' },
    ]);
    // By somebody who writes into the file.
    const file = join(folder, 'approvals/decisions.json');
    const written = JSON.parse(await readFile(file, 'utf8')) as { decisions: { who: string }[] };
    const decisions = [...written.decisions, { ...written.decisions[0]!, who: 'aDa' }];
    await writeFile(file, JSON.stringify({ ...written, decisions }));
    expect(await outcome(publish(publishing))).toBe('same-approver-twice');
    await accept(publishing, 'region', ben);
    const { manifest } = await publish(publishing, { who: 'Ada', why: 'From May on' });
    expect(manifest!.approvals[0]!.decisions.map(({ who }) => who)).toContain('Ben');
  });

  test('is needed for what the settings say, and a draft cannot spare itself', async () => {
    const settings = (ways: string) => ({
      'rules/workspace.settings.yaml': `settings: workspace\napproval:\n  secondApprover: [${ways}]\n`,
    });
    const none = await releasedThen({ minutes: 7 }, { more: settings('') });
    await accept(none.publishing, 'region');
    expect(await outcome(publish(none.publishing))).toBe('release 2');

    const spared = await releasedThen({ minutes: 7, more: settings('stricter-on-coverage') });
    await accept(spared.publishing, 'all');
    expect(states(await spared.publishing.approval())).toEqual([
      'region, looser: second-missing',
      'settings, For which changes a second approver is needed: second-missing',
    ]);
    await accept(spared.publishing, 'all', ben);
    expect(await outcome(publish(spared.publishing))).toBe('release 2');
  });
});

describe('a decision', () => {
  test('holds as long as before and after stay, whatever else changes', async () => {
    const { publishing, change } = await releasedThen({ minutes: 7 });
    await accept(publishing, 'region');
    await change({ minutes: 6 });
    expect(states(await publishing.approval())).toEqual(['region, looser: undecided']);
    // As long as nothing is published, what was decided of the same thing counts again.
    await change({ minutes: 7, withoutGoal: 'advise' });
    expect(states(await publishing.approval())).toEqual([
      'region, looser: undecided',
      'region, looser: second-missing',
    ]);
  });

  test('does not count beside another release', async () => {
    const { publishing, change, another } = await releasedThen({ minutes: 7 });
    await accept(publishing, 'all');
    await accept(publishing, 'all', ben);
    expect(states(await publishing.approval())).toEqual(['region, looser: accepted']);
    await change({ more: { 'rules/sources/b.source.yaml': source('b') } });
    expect(await outcome(publish(await another()))).toBe('release 2');
    await change({ minutes: 7 });
    expect(states(await publishing.approval())).toEqual(['region, looser: undecided']);
  });

  test('two people who decide at once: none is lost', async () => {
    const { another, publishing } = await releasedThen({ minutes: 7 });
    const windows = await Promise.all(Array.from({ length: 4 }, another));
    await Promise.all(
      windows.map((window, at) => accept(window, 'region', { who: `Person ${at}`, why: 'Agreed' })),
    );
    const [region] = (await publishing.approval()).approval!.items;
    expect(region!.decisions.map(({ who }) => who).toSorted()).toEqual([
      'Person 0',
      'Person 1',
      'Person 2',
      'Person 3',
    ]);
  });

  test('cannot be made while a file has errors, or of what is not there', async () => {
    const { publishing, change } = await releasedThen({ minutes: 7 });
    const unknown = await publishing.decide({ verdict: 'accept', items: ['region-0'], ...ada });
    expect(unknown.refused).toEqual([
      { item: 'region-0', why: 'There is nothing to decide that is called region-0.' },
    ]);
    await change({ more: { 'rules/bad.policy.yaml': 'policy: bad\n' } });
    const answer = await publishing.decide({ verdict: 'accept', items: 'all', ...ada });
    expect(answer).toMatchObject({ decided: [], page: { approval: null } });
    expect(answer.refused[0]!.why).toMatch(
      /^Nothing can be decided before this is mended: the files have \d errors?\.$/,
    );
  });
});

describe('what speaks against publishing', () => {
  test('can be accepted with a reason, which stands in the release', async () => {
    const { publishing } = await releasedThen({ minutes: 10 });
    expect(await outcome(publish(publishing))).toBe('failing-cases, undecided');
    await accept(publishing, 'all');
    expect(await outcome(publish(publishing))).toBe('failing-cases');
    await accept(publishing, 'override', { who: 'Ben', why: 'The payer confirms on Friday' });
    expect((await publish(publishing)).manifest!.overrides).toMatchObject([
      { what: 'failing-cases', who: 'Ben', reason: 'The payer confirms on Friday' },
    ]);
  });

  test('a clock that went back', async () => {
    const { publishing, setClock, change } = await releasedThen({});
    await change({ more: { 'rules/sources/b.source.yaml': source('b') } });
    setClock('2023-01-01T00:00:00.000Z');
    const { refusals } = await publish(publishing);
    expect(refusals).toMatchObject([
      {
        what: 'clock-went-back',
        found:
          'the clock says 2023-01-01T00:00:00.000Z, and release 1 was published at 2024-03-04T09:30:00.000Z',
      },
    ]);
  });
});

describe('two windows', () => {
  test('the second is told who was first, by what it has looked at', async () => {
    const { publishing, another, change } = await releasedThen({
      more: { 'rules/sources/b.source.yaml': source('b') },
    });
    const other = await another();
    const { approval } = await other.approval();
    const seen = { against: approval!.against!.sha256, files: approval!.files };
    await publish(publishing, { who: 'Ben', why: 'Was first' });
    const second = await publish(other, { seen });
    expect(second.refusals).toMatchObject([
      {
        what: 'published-meanwhile',
        found: 'release 2 was published meanwhile by Ben',
        details: ['2024-04-01T08:00:00.000Z: Was first'],
      },
    ]);
    const now = (await other.approval()).approval!;
    await change({ minutes: 7 });
    expect(await outcome(publish(other, { seen: { against: now.against!.sha256, files: now.files } }))).toBe(
      'changed-meanwhile',
    );
  });

  test('at the same moment: one release, and the other hears whose it is', async () => {
    const { another, folder } = await releasedThen({ more: { 'rules/sources/b.source.yaml': source('b') } });
    const windows = await Promise.all(Array.from({ length: 3 }, another));
    const answers = await Promise.all(
      windows.map((window, at) => publish(window, { who: `Person ${at}`, why: 'Now' })),
    );
    const first = answers.find(({ published }) => published)!;
    expect(answers.filter(({ published }) => published)).toHaveLength(1);
    for (const { refusals } of answers.filter(({ published }) => !published)) {
      // Whoever looked after the first was done finds nothing left to publish.
      expect(['published-meanwhile', 'nothing-changed']).toContain(refusals[0]!.what);
      if (refusals[0]!.what === 'published-meanwhile')
        expect(refusals[0]!.found).toBe(`release 2 was published meanwhile by ${first.manifest!.who}`);
    }
    expect((await readdir(join(folder, 'releases'))).toSorted()).toEqual(['.gitattributes', '1', '2']);
  });
});

function source(id: string): string {
  return `source: ${id}\ntitle: Another source\nclauses:\n  - { id: a, text: Something., setAside: For people. }\n`;
}
