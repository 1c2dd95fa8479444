import { describe, expect, test } from 'vitest';

import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace, updateWorkspace } from '../workspace/workspace.ts';
import { noticeHtml } from './notice-html.ts';
import { noticeMarkdown } from './notice-markdown.ts';
import { noticeOf } from './notice.ts';
import type { Notice } from './notice.ts';

const shipped = createWorkspace(shippedFiles());
const time = 'rules/hns/hns-97530-time/2019-05-01.policy.yaml';
const documentation = 'rules/hns/hns-documentation/2019-05-01.policy.yaml';

/** What providers are told when one text in one shipped file is replaced. */
function noticeAfter(path: string, from: string, to: string, payer: string | null = null): Notice | null {
  const text = shipped.files.get(path)!;
  expect(text).toContain(from);
  return noticeOf(shipped, updateWorkspace(shipped, [{ path, text: text.replace(from, to) }]), payer);
}

/** The examples of the first part, in a few words each. */
function examples(notice: Notice | null): readonly string[] {
  return (notice?.sections[0]?.examples ?? []).map(
    ({ service, date, minutes, facts, before, after }) =>
      `${[service, date, minutes, ...facts].filter((it) => it !== null).join(', ')}: ${before.decision} ${before.units} → ${after.decision} ${after.units}`,
  );
}

describe('as providers read it', () => {
  test.each([
    ['ten-minutes', time, 'value: 8, unit', 'value: 10, unit'],
    [
      'three-elements',
      documentation,
      '[complaint, findings, diagnoses, plan]',
      '[complaint, findings, diagnoses]',
    ],
  ])('%s', async (name, path, from, to) => {
    const notice = noticeAfter(path, from, to)!;
    await expect(noticeMarkdown(notice)).toMatchFileSnapshot(`golden/${name}.md.txt`);
    await expect(noticeHtml(notice)).toMatchFileSnapshot(`golden/${name}.html.txt`);
    // None of our own words; the region that was treated is one of the patient's.
    expect(noticeMarkdown(notice).replace('region that was treated', '')).not.toMatch(
      /region|undetermined|hns-[a-z0-9-]+\/|needs-record|witness/i,
    );
  });
});

describe('clauses that still say the old number', () => {
  const told = (notice: Notice | null) =>
    notice?.oldFigures.map(({ source, clause }) => `${source}#${clause}`).toSorted();

  test('eight minutes that become ten: each clause that says 8 minutes, and how to mend it', () => {
    const notice = noticeAfter(time, 'value: 8, unit', 'value: 10, unit')!;
    expect(told(notice)).toEqual([
      'decisions#per-service',
      'hns-97140#under-8-minutes',
      'hns-97140-current#under-8-minutes',
      'hns-97530#under-8-minutes',
      'hns-modalities-therapies#under-8-minutes',
    ]);
    expect(notice.oldFigures.find(({ source }) => source === 'hns-97530')?.words).toBe(
      'The clause “under 8 minutes” of “HNS, therapeutic activities (97530)” still says 8 minutes, and the rule says 10 minutes now.',
    );
    // Providers are not told of it.
    expect(noticeMarkdown(notice)).not.toContain('still says');
  });

  const source = (text: string) => `source: s\ntitle: S\nclauses: [{ id: c, text: "${text}" }]\n`;
  const policy = (require: string) =>
    `policy: p\ntitle: P\nkind: billing\npayers: [q]\neffective: { from: 2024-01-01 }\nrules: [{ id: r, title: R, cite: s#c, when: { line.code: 97530 }, require: ${require}, otherwise: deny }]\n`;
  const between = (text: string, before: string, after: string): boolean => {
    const [was, is] = [before, after].map((require) =>
      createWorkspace([
        { path: 'rules/s.source.yaml', text: source(text) },
        { path: 'rules/p.policy.yaml', text: policy(require) },
      ]),
    );
    expect(is!.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    return noticeOf(was!, is!)!.oldFigures.length > 0;
  };
  const eight = '{ record.minutes: { atLeast: 8 } }';
  const ten = '{ record.minutes: { atLeast: 10 } }';

  test.each([
    ['Less than 8 minutes is not billed.', eight, ten, true],
    ['Less than eight minutes is not billed.', eight, ten, true],
    ['Eight minutes at least; ten from July on.', eight, ten, false],
    ['At least 8 minutes until June, and 10 minutes after it.', eight, ten, false],
    ['At least 18 minutes.', eight, ten, false],
    ['At least 2.8 minutes.', eight, ten, false],
    ['Units follow the 8-minute rule.', eight, ten, false],
    ['Units follow the rule of 8 minutes.', eight, ten, false],
    ['From 8 to 22 minutes one unit.', eight, ten, false],
    ['On 8 visits at the most.', eight, ten, false],
    ['Less than 8 minutes is not billed, by page 110.', eight, ten, true],
    ['Less than 8 minutes is not billed.', '{ record.minutes: { moreThan: 6 } }', ten, false],
    [
      'Less than 8 minutes is not billed.',
      '{ record.minutes: { atLeast: 8, atMost: 60 } }',
      '{ record.minutes: { atLeast: 10, atMost: 50 } }',
      false,
    ],
    ['At least 8 minutes.', eight, '{ line.units: { atMost: 1 } }', false],
  ])('%s %s → %s', (text, before, after, isOld) => {
    expect(between(text, before, after)).toBe(isOld);
  });
});

describe('examples', () => {
  const day = '1 May 2019';

  test('one below, all that change, and one above, each by both versions', () => {
    const of = (code: string, minutes: number, was: string, is: string) =>
      `${code}, ${day}, ${minutes} minutes: ${was} → ${is}`;
    expect(examples(noticeAfter(time, 'value: 8, unit', 'value: 10, unit'))).toEqual([
      of('97530', 7, 'deny 0', 'deny 0'),
      of('97530', 8, 'pay 1', 'deny 0'),
      of('97530', 9, 'pay 1', 'deny 0'),
      of('97530', 10, 'pay 1', 'pay 1'),
      of('97033', 7, 'review 0', 'review 0'),
      of('97033', 8, 'pay 1', 'review 0'),
      of('97033', 9, 'pay 1', 'review 0'),
      of('97033', 10, 'pay 1', 'pay 1'),
    ]);
  });

  test('a long stretch is shown by its ends', () => {
    expect(examples(noticeAfter(time, 'value: 8, unit', 'value: 20, unit')).slice(0, 4)).toEqual([
      '97530, 1 May 2019, 7 minutes: deny 0 → deny 0',
      '97530, 1 May 2019, 8 minutes: pay 1 → deny 0',
      '97530, 1 May 2019, 19 minutes: pay 1 → deny 0',
      '97530, 1 May 2019, 20 minutes: pay 1 → pay 1',
    ]);
  });

  test('a new revision from a day: the day before is one of them', () => {
    const text = shipped.files.get(time)!;
    const next = updateWorkspace(shipped, [
      { path: time, text: text.replace('from: 2019-05-01', 'from: 2019-05-01, to: 2026-12-31') },
      {
        path: time.replace('2019-05-01', '2027-01-01'),
        text: text
          .replace('from: 2019-05-01', 'from: 2027-01-01')
          .replace('value: 8, unit', 'value: 10, unit'),
      },
    ]);
    const notice = noticeOf(shipped, next)!;
    expect(notice.effective).toEqual(['for dates of service from 1 January 2027']);
    expect(examples(notice).slice(0, 5)).toEqual([
      '97530, 1 January 2027, 7 minutes: deny 0 → deny 0',
      '97530, 1 January 2027, 8 minutes: pay 1 → deny 0',
      '97530, 1 January 2027, 9 minutes: pay 1 → deny 0',
      '97530, 1 January 2027, 10 minutes: pay 1 → pay 1',
      '97530, 31 December 2026, 8 minutes: pay 1 → pay 1',
    ]);
    expect(noticeMarkdown(notice)).toContain('| 97530 | 31 December 2026 | 8 minutes | 1 unit | Paid.');
  });

  test('dates received stand at their thresholds, too', () => {
    const uhc = 'rules/united-healthcare/uhc-therapy-modifier/2019-09-01.policy.yaml';
    const text = shipped.files.get(uhc)!;
    const later = text
      .replace('{ to: 2020-03-31 }', '{ to: 2020-04-30 }')
      .replace('{ from: 2020-04-01 }', '{ from: 2020-05-01 }');
    const notice = noticeOf(shipped, updateWorkspace(shipped, [{ path: uhc, text: later }]));
    const of = (modifiers: string, received: string, was: string, is: string) =>
      `97010, 1 September 2019, modifiers: ${modifiers}, date received: ${received}: ${was} null → ${is} null`;
    expect(examples(notice).slice(0, 5)).toEqual([
      of('none', '31 March 2020', 'advise', 'advise'),
      of('none', '1 April 2020', 'review', 'advise'),
      of('none', '30 April 2020', 'review', 'advise'),
      of('none', '1 May 2020', 'review', 'review'),
      of('GP', '1 April 2020', 'pay', 'pay'),
    ]);
  });

  test('every one of them that is said to change does', () => {
    const notice = noticeAfter(documentation, 'from: 2019-05-01', 'from: 2019-05-02')!;
    const [section] = notice.sections;
    expect([section!.kind, section!.effective]).toEqual(['withdrawn', 'for dates of service on 1 May 2019']);
    const changing = section!.examples.filter(({ changes }) => changes);
    expect(changing.length).toBeGreaterThan(4);
    for (const { before, after, date } of changing)
      expect([date, before.decision !== 'pay', after.decision]).toEqual([day, true, 'pay']);
  });
});

describe('what is told of whom', () => {
  test('nothing, where nothing changes for any claim', () => {
    expect(noticeAfter(time, '{ atLeast: $minimumMinutes }', '{ moreThan: 7 }')).toBeNull();
  });

  test('one payer alone', () => {
    const change = ['value: 8, unit', 'value: 10, unit'] as const;
    expect(noticeAfter(time, ...change, 'hns')?.payers).toEqual(['Health Network Solutions']);
    expect(noticeAfter(time, ...change, 'medicare')).toBeNull();
  });

  test('two policies stand one after the other, each with its days', () => {
    const changed = updateWorkspace(shipped, [
      { path: time, text: shipped.files.get(time)!.replace('value: 8, unit', 'value: 10, unit') },
      {
        path: 'rules/lists/ncci-pairs-never.list.yaml',
        text: shipped.files
          .get('rules/lists/ncci-pairs-never.list.yaml')!
          .replace('entries:\n', 'entries:\n  - { columnOne: 97110, columnTwo: 97112, from: 2024-01-01 }\n'),
      },
    ]);
    const notice = noticeOf(shipped, changed)!;
    expect(notice.title).toBe('Changes of policies');
    expect(
      notice.sections.map(({ policy, payers, effective, brief }) => [policy, payers, effective, brief]),
    ).toEqual([
      [
        'Therapeutic activities (97530) and other timed services, time',
        ['Health Network Solutions'],
        'for dates of service from 1 May 2019',
        ['Minimum minutes: 10 minutes in place of 8 minutes.'],
      ],
      [
        'Pairs of services that Medicare does not pay together',
        ['Medicare Part B'],
        'for dates of service from 1 January 2024',
        ['List “Pairs that no modifier lifts”: 97112 beside 97110 is added.'],
      ],
    ]);
    const text = noticeMarkdown(notice);
    expect(text).toContain(
      '## Pairs of services that Medicare does not pay together\n\nMedicare Part B, for dates',
    );
    expect(text).toContain(
      '| 97112 beside 97110 | 1 January 2024 | 1 unit | **Paid.** | **Denied.** 97112 is not paid',
    );
  });
});

describe('whatever the author writes', () => {
  const own = (minutes: number) =>
    createWorkspace([
      {
        path: 'rules/a.policy.yaml',
        text: `policy: a
title: 'Time | <script>alert(1)</script> *now* "x"'
kind: billing
effective: { from: 2020-01-01 }
rules:
  - { id: r, title: R, cite: s#c, require: { record.minutes: { atLeast: ${minutes} } }, otherwise: deny, message: '<img src=x onerror=y>' }
`,
      },
      {
        path: 'rules/s.source.yaml',
        text: `source: s\ntitle: S\naddress: "javascript:alert(1)"\nclauses: [{ id: c, text: 'A | B' }]\n`,
      },
    ]);
  const notice = noticeOf(own(8), own(9))!;

  test('is text in HTML and Markdown, and no address but one of the web is a link', () => {
    const html = noticeHtml(notice);
    expect(html).toContain(
      '<h1>Change of policy: Time | &lt;script&gt;alert(1)&lt;/script&gt; *now* &quot;x&quot;</h1>',
    );
    expect(html.match(/<(script|img|a)\b/g)).toBeNull();
    expect(html).toContain("default-src 'none'");
    const markdown = noticeMarkdown(notice);
    expect(markdown).toContain(
      '# Change of policy: Time \\| \\<script\\>alert(1)\\</script\\> \\*now\\* "x"',
    );
    expect(markdown).toContain('S, clause “c”: A \\| B\n');
    expect(markdown).not.toContain('javascript:');
  });

  test('sources that name nobody leave a line on which a person writes who can be asked', () => {
    expect(notice.contacts).toEqual([]);
    expect(noticeMarkdown(notice)).toMatch(/## Questions\n\n(\\_){40}\n$/);
    expect(noticeHtml(notice)).toContain('<h2>Questions</h2>\n<p class="blank"></p>');
  });
});
