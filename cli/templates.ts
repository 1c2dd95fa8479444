import type { Verdict } from '#engine';

/** The files that `proviso new` writes: small, valid, and showing what an author needs first. */

/** `lift-limits` → `Lift limits`: a title to begin with. */
export function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function policyTemplate(id: string, payer: string | null, from: string): string {
  return `policy: ${id}
title: ${titleOf(id)}
kind: billing
${payer === null ? '# Without `payers`, the policy is for every payer.' : `payers: [${payer}]`}
effective: { from: ${from} }
parameters:
  # Every number says where it comes from: a clause of a source.
  mostUnits: { value: 4, unit: units, cite: ${id}#units }
rules:
  - id: most-units
    title: A line has no more units than the payer allows
    cite: ${id}#units
    require:
      line.units: { atMost: $mostUnits }
    otherwise: advise
    message: "{line.code} is billed with {line.units} units; at most {mostUnits} are expected."
    remedy: Compare the units with the record.
`;
}

export function sourceTemplate(id: string): string {
  return `source: ${id}
title: ${titleOf(id)}
# Once somebody has read the page, give its address and the day, and remove this line.
unverified: true
clauses:
  - id: units
    text: Say here, in your own words, what the payer says about the units of a line.
`;
}

export function encounterTemplate(id: string, payer: string, date: string): string {
  return `encounter: ${id}
title: ${titleOf(id)}
visit: { date: ${date}, payer: ${payer}, diagnoses: [M54.50] }
lines:
  - code: 97530
    units: 1
    # The health record behind the line. Without \`record\`, it counts as never supplied.
    record: { minutes: 15, contact: one-on-one }
`;
}

export interface SuiteTemplate {
  readonly id: string;
  /** Null: every policy in force judges. */
  readonly policy: string | null;
  readonly encounter: string;
  readonly date: string;
  /** What the policies say today; the author decides whether that is right. */
  readonly verdict: Verdict;
}

export function suiteTemplate({ id, policy, encounter, date, verdict }: SuiteTemplate): string {
  return `suite: ${id}
title: ${titleOf(id)}
${policy === null ? '' : `policies: [${policy}]\n`}base: ${encounter}
now: ${date}
cases:
  - id: as-saved
    title: The encounter as it is saved
    # This is what the policies say today. Read it, and mend it where they are wrong.
${expectation(verdict)}`;
}

function expectation({ lines, visit }: Verdict): string {
  const own = entries(visit);
  const listed = lines.filter(({ decision }) => decision !== 'pay');
  if (own.length === 0 && listed.length === 0) return '    expect: pay\n';
  const out = ['    expect:'];
  if (own.length > 0) out.push('      visit:', ...own.map((entry) => `        ${entry}`));
  if (listed.length > 0) out.push('      lines:');
  for (const line of listed) {
    out.push(
      `        ${line.line}:`,
      `          decision: ${line.decision}`,
      ...entries(line).map((entry) => `          ${entry}`),
    );
  }
  return `${out.join('\n')}\n`;
}

function entries({ violated, undetermined }: Verdict['visit']): string[] {
  const list = (key: string, rules: readonly { readonly rule: string }[]) =>
    rules.length === 0 ? [] : [`${key}:`, ...rules.map(({ rule }) => `  - ${rule}`)];
  return [...list('violates', violated), ...list('undetermined', undetermined)];
}
