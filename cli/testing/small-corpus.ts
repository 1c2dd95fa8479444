import { smallWorkspace } from './small-workspace.ts';

/** Encounters for the small workspace, always the same: minutes from 0 to 24, a charge in cents, now and then no record. */
export function smallCorpus(howMany: number): readonly string[] {
  return Array.from({ length: howMany }, (_, index) =>
    JSON.stringify({
      encounter: `e-${index + 1}`,
      visit: { date: '2024-03-04', payer: 'acme' },
      plan: { goals: index % 5 === 0 ? '' : 'lift a child' },
      lines: [
        {
          code: index % 3 === 0 ? '97110' : '97530',
          units: 1,
          charge: 40 + (index % 7) + 0.1,
          ...(index % 11 === 0 ? {} : { record: { minutes: (index * 7) % 25 } }),
        },
        { code: '98940', units: 1 },
      ],
    }),
  );
}

/** The small workspace with ten minutes in place of eight. */
export const tenMinutes: Readonly<Record<string, string>> = {
  ...smallWorkspace,
  'rules/acme/acme-time/2020-01-01.policy.yaml': smallWorkspace[
    'rules/acme/acme-time/2020-01-01.policy.yaml'
  ]!.replace('{ value: 8,', '{ value: 10,'),
};

/** Files below a folder. */
export function below(
  folder: string,
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
}
