import { describe, expect, test } from 'vitest';
import { parseDay } from '../base/calendar-date.ts';
import { createWorkspace, updateWorkspace } from '../workspace/workspace.ts';
import { clinic, head, suiteHead } from './completion.cases.ts';
import { hoverAt } from './hover.ts';

const workspace = createWorkspace([
  ...clinic,
  {
    path: 'rules/lists/dated.list.yaml',
    text: 'list: dated\ntitle: Codes for a while\nof: code\nentries:\n  - { value: 97112, to: 2023-12-31 }\n  - { value: 97116, from: 2024-01-01 }\n',
  },
]);
const policyPath = 'rules/hns/mine/2024-01-01.policy.yaml';

/** What is told where `$0` stands: the words it is of in brackets, then paragraph by paragraph. */
function told(path: string, marked: string): string {
  const offset = marked.indexOf('$0');
  const text = marked.replace('$0', '');
  const hover = hoverAt(workspace, path, text, offset, {
    today: parseDay('2024-06-01'),
    countsOf: (rule) =>
      rule === 'base/minimum' ? { met: 5, violated: 2, notApplicable: 1, undetermined: 0 } : null,
  });
  if (!hover) return '';
  return `[${text.slice(hover.span.from, hover.span.to)}] ${hover.markdown.replaceAll('\n\n', ' | ')}`;
}
const inRule = (rest: string) => told(policyPath, `${head}  - id: a\n${rest}`);

describe('a fact', () => {
  test('with its type, meaning, bounds, and where it lives', () => {
    expect(inRule('    when: { record.min$0utes: { atLeast: 8 } }')).toBe(
      '[record.minutes] **record.minutes** · a number of minutes | The whole minutes of direct treatment that the health record states for the service. | Whole numbers from 0 to 1440. | For example `15`. | On forms: FHIR `Procedure.performedPeriod`.',
    );
  });
  test('on a claim form', () => {
    expect(inRule('    when: { $0line.code: 97530 }')).toContain(
      'On forms: 837P `2400 SV101-2` · CMS-1500 box `24D` · FHIR `Claim.item.productOrService`.',
    );
  });
  test('with its values, and on no form', () => {
    expect(inRule('    when: { record.contact$0: group }')).toBe(
      '[record.contact] **record.contact** · one of a few words | How the provider was in contact with the patient during the service. | It can be `one-on-one`, `group`, `supervised`, `unattended`. | For example `one-on-one`. | On no claim form: it stands in the health record alone.',
    );
  });
  test('of another line, in an operand, in a message, in an encounter, in a case', () => {
    expect(inRule('    when: { anyOtherLine: { other.line.co$0de: 1 } }')).toMatch(
      /^\[other.line.code\] \*\*other.line.code\*\*/,
    );
    expect(inRule('    when: { plan.start: { before: { fact: visit.d$0ate } } }')).toMatch(
      /^\[visit.date\] /,
    );
    expect(inRule('    message: "It took {record.min$0utes} minutes"')).toMatch(/^\[record.minutes\] /);
    expect(told('testcases/encounters/a.encounter.yaml', 'lines:\n  - { record: { min$0utes: 4 } }')).toMatch(
      /^\[minutes\] \*\*record.minutes\*\*/,
    );
    expect(
      told('testcases/a.suite.yaml', `${suiteHead}  - id: a\n    given: { lines.2.un$0its: 4 }`),
    ).toMatch(/^\[lines.2.units\] \*\*line.units\*\*.* \| Line 2 of the encounter: 97110 ×2\.$/);
  });
  test('that is a figure of the policy', () => {
    expect(inRule('    when: { derived.serv$0ices: 1 }')).toBe(
      '[derived.services] **derived.services** · a number | A figure of this policy: how many `lines`.',
    );
  });
});

describe('words of the language', () => {
  test('an operator, as a sentence', () => {
    expect(inRule('    when: { record.minutes: { at$0Least: 8 } }')).toBe(
      '[atLeast] **atLeast** · “`record.minutes` is at least …” | The number is this one or above. | A field that is documented as empty never holds.',
    );
  });
  test('a key, with the words it takes', () => {
    expect(inRule('    other$0wise: deny')).toBe(
      '[otherwise] **otherwise** | What follows where it does not hold. | - `deny`: The line, or the visit, is not paid.\n- `review`: A person looks at it before it is paid.\n- `reduce`: The line is paid with the units that its minutes support.\n- `advise`: It is paid, with a word of advice to the biller.',
    );
  });
  test('one of these words', () => {
    expect(inRule('    otherwise: re$0view')).toBe(
      '[review] **review** | A person looks at it before it is paid.',
    );
    expect(inRule('    when: { an$0y: [] }')).toBe('[any] **any** | At least one of these blocks holds.');
  });
});

describe('names', () => {
  test('a parameter, period by period', () => {
    expect(inRule('    when: { plan.start: { after: $st$0art } }')).toBe(
      '[$start] **$start** · a parameter | `2024-01-15`, from 2024-01-01 (`manual#record`) | `2025-01-15`, from 2025-01-01 (`manual#record`)',
    );
  });
  test('a list, with what is in force today', () => {
    expect(inRule('    when: { line.code: $da$0ted }')).toBe(
      '[$dated] **$dated** · a list of codes | Codes for a while | 2 entries, 1 of them in force today. | `97112`, `97116`',
    );
  });
  test('a code, and the lists it is on', () => {
    expect(inRule('    when: { line.code: 97$0530 }')).toBe(
      '[97530] **97530** · Functional activities | On the lists `$pairs`, `$timed`.',
    );
    expect(inRule('    when: { line.code: { oneOf: [1, 97$0110] } }')).toBe(
      '[97110] **97110** · Exercise | On the list `$timed`.',
    );
  });
  test('a citation: its clause, and the page with address and day', () => {
    expect(inRule('    cite: manual#ei$0ght')).toBe(
      '[manual#eight] **manual#eight** | A service of less than 8 minutes is not billed. | A manual, Health Network, read 2024-01-02 | [https://example.org/manual](https://example.org/manual)',
    );
    expect(inRule('    cite: [manual#eight, manual#re$0cord]')).toContain('This is inferred from the page');
  });
  test('a rule, with how the saved encounters come out', () => {
    const counts = 'Of 8 saved encounters: met by 5, violated by 2, undetermined for 0, not applicable to 1.';
    expect(told(clinic.at(-2)!.path, clinic.at(-2)!.text.replace('id: minimum', 'id: min$0imum'))).toBe(
      `[minimum] **base/minimum** | Eight minutes | Where it is violated: \`deny\`. | ${counts}`,
    );
    expect(
      told(
        'testcases/a.suite.yaml',
        `${suiteHead}  - expect: { lines: { 1: { violates: [base/min$0imum] } } }`,
      ),
    ).toContain(counts);
  });
  test('a payer, an encounter, a parameter that a case overrides', () => {
    expect(told(policyPath, 'payers: [h$0ns]')).toBe(
      '[hns] **hns** · Health Network | On the list `$payers`.',
    );
    expect(told('testcases/a.suite.yaml', 'base: encounters/two-lines$0.encounter.yaml')).toContain(
      'Two services | 1. 97530 ×1',
    );
    expect(told('testcases/a.suite.yaml', `${suiteHead}  - with: { le$0ast: 9 }`)).toBe(
      '[least] **least** | A parameter of `base`. In the policy it is `8 minutes`.',
    );
  });
});

test('by which date a rule is limited', () => {
  expect(inRule('    rec$0eived: { from: 2024-04-01 }')).toContain(
    'It applies only to claims that the payer received on these days, both included.',
  );
  expect(inRule('    received: { fr$0om: 2024-04-01 }')).toContain(
    'The first day on which they are received',
  );
});

test('free words and what is unknown say nothing', () => {
  expect(inRule('    title: A se$0rvice')).toBe('');
  expect(inRule('    when: { record.nonsense$0: 1 }')).toBe('');
  expect(inRule('    # rec$0ord.minutes')).toBe('');
});

test('a problem adds what it means', () => {
  const text = `${head}  - id: a\n    otherwize: deny\n`;
  const wrong = updateWorkspace(workspace, [{ path: policyPath, text }]);
  const hover = hoverAt(wrong, policyPath, text, text.indexOf('otherwize') + 2, {
    today: null,
    countsOf: () => null,
  });
  expect(hover?.markdown).toBe(
    'A key is not one of those that can stand here. It may be misspelt, or stand one level too high or too low.',
  );
});
