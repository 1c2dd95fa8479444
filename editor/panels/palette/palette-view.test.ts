import { expect, test } from 'vitest';

import type { PaletteItem } from './palette-view.ts';
import { paletteItems, paletteMatches } from './palette-view.ts';

const file = (path: string, text: string) => ({
  path,
  text,
  saved: text,
  version: 'v',
  conflict: null,
  saving: false,
});

const files = new Map(
  [
    file('rules/hns/time/2019-05-01.policy.yaml', 'title: Therapeutic activities, time'),
    file('rules/lists/timed.list.yaml', 'title: Timed codes'),
    file('rules/sources/page.source.yaml', 'title: The page on 97530'),
    file('testcases/a.suite.yaml', 'title: Times'),
  ].map((it) => [it.path, it]),
);

const items = paletteItems(
  {
    files,
    judged: {
      diagnostics: [],
      stale: false,
      payers: [],
      policies: [
        {
          path: 'rules/hns/time/2019-05-01.policy.yaml',
          id: 'time',
          title: 'Therapeutic activities, time',
          kind: 'time-threshold',
          payers: ['hns'],
          from: '2019-05-01',
          to: null,
          received: null,
        },
      ],
      rules: [
        {
          rule: 'time/minimum-time',
          title: 'Less than 8 minutes is not billed',
          path: 'rules/hns/time/2019-05-01.policy.yaml',
          line: 12,
          met: 1,
          violated: 0,
          notApplicable: 0,
          undetermined: 0,
        },
      ],
      cases: [],
    },
  },
  [{ id: 'save', title: 'Save all changes', group: 'Files', key: 'Mod+S', run: () => undefined }],
);

const found = (text: string): readonly string[] =>
  paletteMatches(items, text).map(({ section, title }: PaletteItem) => `${section}: ${title}`);

test.each([
  ['', ['Commands: Save all changes']],
  ['sav', ['Commands: Save all changes']],
  [
    'time',
    [
      'Policies: Therapeutic activities, time',
      'Rules: Less than 8 minutes is not billed',
      'Lists: Timed codes',
      'Other files: Times',
    ],
  ],
  ['hns 2019', ['Policies: Therapeutic activities, time']],
  ['97530', ['Sources: The page on 97530']],
  ['8 minutes', ['Rules: Less than 8 minutes is not billed']],
  ['nothing like it', []],
])('%j', (text, titles) => {
  expect(found(text)).toEqual(titles);
});

test('what begins with the text stands before what holds it, and no section takes all the room', () => {
  const rules = [...Array(20).keys()].map((at): PaletteItem => {
    return {
      id: `${at}`,
      section: 'Rules',
      title: at === 19 ? 'Minutes' : `At least ${at} minutes`,
      detail: '',
      key: null,
      does: { kind: 'command', command: '' },
    };
  });
  const titles = paletteMatches(rules, 'minutes').map(({ title }) => title);
  expect([titles[0], titles.length]).toEqual(['Minutes', 8]);
});
