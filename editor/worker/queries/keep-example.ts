import { writeCase } from '#engine';
import type { CaseRequest, WrittenCase, Workspace } from '#engine';

import type { Memory } from '../memory.ts';
import type { RegionRow } from './compare.ts';

export type KeepExampleParams = Pick<RegionRow, 'policy' | 'payers' | 'rules' | 'example'>;

/** The example of a region as a case that expects what comes out now; null: it cannot be written as the text is now. */
export function keepExample({ draft }: Memory, region: KeepExampleParams): WrittenCase | null {
  if (region.example === null) return null;
  const title = titleOf(region);
  const request: CaseRequest = {
    text: region.example.text,
    // It says what is other than there.
    from: region.example.from === null ? null : { kind: 'encounter', path: region.example.from },
    suite: suiteFor(draft, region) ?? {
      title: `Changes of ${region.policy}`,
      folder: `testcases/${region.payers[0] ?? 'changes'}`,
    },
    title,
    detail: { units: true, messages: false },
  };
  return writeCase(draft, request).written;
}

/** The suite that says most about the rules which make the difference; null: none speaks of them or of their policy. */
function suiteFor({ suites }: Workspace, { policy, rules }: KeepExampleParams): string | null {
  const told = suites.map(({ id, source: { text } }) => {
    const mentions = (word: string) => text.split(word).length - 1;
    const ofRules = rules.reduce((sum, rule) => sum + mentions(rule.id), 0);
    return { id, ofRules, ofPolicy: mentions(`${policy}/`) };
  });
  const [best] = told.toSorted((a, b) => b.ofRules - a.ofRules || b.ofPolicy - a.ofPolicy);
  return best && best.ofRules + best.ofPolicy > 0 ? best.id : null;
}

/** What tells it apart, and what comes of it: “97110, 8 minutes: was pay, now deny”. */
function titleOf({ example }: KeepExampleParams): string {
  const { rows, before, after } = example!;
  const passedOver = ['visit.date', 'visit.payer', 'line.units'];
  const facts = rows
    .filter(({ path }) => !passedOver.includes(path))
    .map(({ path, what, value }) =>
      path === 'line.code' || /^\d/.test(value) ? value : `${what.toLowerCase()} ${value}`,
    );
  const word = (decision: string) => decision.replace('-', ' ');
  const change = before === after ? word(after) : `was ${word(before)}, now ${word(after)}`;
  return `${facts.slice(0, 4).join(', ')}: ${change}`;
}
