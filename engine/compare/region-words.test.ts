import { expect, test } from 'vitest';

import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace, updateWorkspace } from '../workspace/workspace.ts';
import { comparePolicies } from './compare-policies.ts';
import { payerName, regionWords } from './region-words.ts';

const shipped = createWorkspace(shippedFiles());

function sentences(path: string, from: string, to: string): readonly string[] {
  const text = shipped.files.get(path)!;
  expect(text).toContain(from);
  const next = updateWorkspace(shipped, [{ path, text: text.replace(from, to) }]);
  const { regions } = comparePolicies(shipped.program, next.program, shipped);
  return regions.map((region) => regionWords(region, next).sentence);
}

const contact = 'require: { record.contact: one-on-one }\n    otherwise: ';

test.each([
  [
    'minutes',
    'rules/hns/hns-97530-time/2019-05-01.policy.yaml',
    'value: 8, unit',
    'value: 10, unit',
    [
      'Claim lines with 97032, 97035 or one of 7 other codes at Health Network Solutions, where the treatment time is 8 or 9 minutes, for dates of service from 1 May 2019: was pay, needs record or reduce, now deny (stricter).',
      'Claim lines with a code of the list “Codes known only by general knowledge” at Health Network Solutions, where the treatment time is 8 or 9 minutes, for dates of service from 1 May 2019: was pay, needs record or reduce, now review (stricter).',
    ],
  ],
  [
    'a list within the record',
    'rules/hns/hns-documentation/2019-05-01.policy.yaml',
    '[complaint, findings, diagnoses, plan]',
    '[complaint, findings, diagnoses]',
    [
      'Claim lines with a code of the list “Therapies and modalities” at Health Network Solutions, where the service is not consistent with the complaint, findings, diagnoses and plan and the service is consistent with the complaint, findings and diagnoses, for dates of service from 1 May 2019: was review, now pay (looser).',
    ],
  ],
  [
    'an effect',
    'rules/hns/hns-97530-code/2019-05-01.policy.yaml',
    `${contact}deny`,
    `${contact}review`,
    [
      'Claim lines with 97530 at Health Network Solutions, where the contact is not documented or the record shows group, supervised or unattended contact, for dates of service from 1 May 2019: was deny, now review (looser).',
    ],
  ],
  [
    'an entry of a list',
    'rules/lists/functional-activities.list.yaml',
    'entries:\n',
    'entries:\n  - { value: juggling, short: Juggling, cite: hns-97530#dynamic-activities }\n',
    [
      'Claim lines with 97530 at Health Network Solutions, where the activities performed include juggling, and none that both versions list, for dates of service from 1 May 2019: was review, now pay (looser).',
    ],
  ],
])('%s', (_, path, from, to, expected) => {
  expect(sentences(path, from, to)).toEqual(expected);
});

test.each([
  ['2024-01-01', 'makes the pair 97112 beside 97110', '1 January 2024'],
  ['2020-01-15', 'makes the pair 97112 beside 97110', '15 January 2020'],
])('pairs of codes, without and with others in force: %s', (day, which, said) => {
  const pair = `entries:\n  - { columnOne: 97110, columnTwo: 97112, from: ${day}, to: ${day} }\n`;
  expect(sentences('rules/lists/ncci-pairs-never.list.yaml', 'entries:\n', pair)).toEqual([
    `Claim lines at Medicare Part B, where another line of the visit ${which}, for dates of service on ${said}: was pay, now deny (stricter).`,
  ]);
});

test('a policy that is no longer there, for a day and a claim without its record', () => {
  const [first] = sentences(
    'rules/hns/hns-documentation/2019-05-01.policy.yaml',
    'from: 2019-05-01',
    'from: 2019-05-02',
  );
  expect(first).toBe(
    'Claim lines with 97010, 97012 or one of 21 other codes at Health Network Solutions, where the health record of the line was not supplied, for dates of service on 1 May 2019: was needs record, now pay (looser).',
  );
});

test('payers by what the list of payers calls them', () => {
  expect(['hns', 'another-payer', 'nobody'].map((id) => payerName(id, shipped.lists))).toEqual([
    'Health Network Solutions',
    'any payer that no policy names',
    'nobody',
  ]);
});
