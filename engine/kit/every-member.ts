import type { EncounterDocument } from '../intermediate/document.ts';
import type { PlainField, PlainPeriod, PlainTest } from '../intermediate/form.ts';
import { withField } from './document-edits.ts';
import { nearMember } from './mutate-condition.ts';

/** Every member of every list of a period, and what stands beside it; every pair of codes that it names, either way round. */
export function* everyMember(
  { rules, figures, timeRule }: PlainPeriod,
  bases: readonly EncounterDocument[],
  { fields }: { readonly fields: ReadonlyMap<string, PlainField> },
): Generator<EncounterDocument> {
  const [base] = bases;
  if (!base) return;
  const lists = new Map<string, { readonly path: string; readonly values: readonly (string | number)[] }>();
  const pairs = new Set<string>();
  const add = (path: string, values: readonly (string | number)[]) =>
    lists.set(JSON.stringify([path, values]), { path, values });
  const visit = (test: PlainTest): void => {
    if (test.kind === 'all' || test.kind === 'any') test.tests.forEach(visit);
    else if (test.kind === 'someOther' || test.kind === 'everyOther') visit(test.test);
    else if (test.kind === 'oneOf' && test.ref.kind === 'field' && test.of.kind === 'literals')
      add(test.ref.path, test.of.values);
    else if (test.kind === 'paired') for (const [one, two] of test.pairs) pairs.add(`${one} ${two}`);
  };
  for (const { applies, met } of rules) for (const sides of [applies, met]) visit(sides.holds);
  for (const { where } of figures) if (where) visit(where.holds);
  if (timeRule) add('line.code', timeRule.codes);
  const tried = new Set<string>();
  for (const { path, values } of lists.values()) {
    if (values.length === 0) continue;
    for (const value of [...values, nearMember(values)]) {
      const key = `${path} ${value}`;
      if (tried.has(key)) continue;
      tried.add(key);
      const made = withField(base, fields.get(path)!, 0, value);
      if (made) yield made;
    }
  }
  const [first] = base.lines;
  if (!first) return;
  for (const pair of pairs) {
    const [one, two] = pair.split(' ') as [string, string];
    yield {
      ...base,
      lines: [
        { ...first, code: one },
        { ...first, code: two },
      ],
    };
    yield {
      ...base,
      lines: [
        { ...first, code: one, modifiers: ['59'] },
        { ...first, code: two, modifiers: ['59'] },
      ],
    };
  }
}
