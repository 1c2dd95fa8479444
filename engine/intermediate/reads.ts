import type { PlainPeriod, PlainPolicy, Ref, Sides, Term, Terms, PlainTest } from './form.ts';

/** The paths of all fields that policies read, with those that judging always needs. */
export function fieldsRead(policies: readonly PlainPolicy[]): ReadonlySet<string> {
  const paths = new Set(['visit.date', 'visit.payer', 'line.code']);
  for (const { periods } of policies) {
    for (const period of periods) {
      if (period.timeRule) for (const path of ['line.units', 'record.minutes']) paths.add(path);
      for (const ref of refsOfPeriod(period)) if (ref.kind === 'field') paths.add(ref.path);
    }
  }
  return paths;
}

/** Everything that a period reads, figures included; one thing may come several times. */
export function refsOfPeriod({ figures, rules }: PlainPeriod): readonly Ref[] {
  return [
    ...figures.flatMap(({ ref, where }) => [...(ref ? [ref] : []), ...(where ? refsOfSides(where) : [])]),
    ...rules.flatMap(({ applies, met }) => [...refsOfSides(applies), ...refsOfSides(met)]),
  ];
}

function refsOfSides({ holds, fails }: Sides): readonly Ref[] {
  return [...refsOfTest(holds), ...refsOfTest(fails)];
}

/** Everything that a test reads. */
export function refsOfTest(test: PlainTest): readonly Ref[] {
  switch (test.kind) {
    case 'always':
      return [];
    case 'all':
    case 'any':
      return test.tests.flatMap(refsOfTest);
    case 'someOther':
    case 'everyOther':
      return refsOfTest(test.test);
    case 'known':
    case 'empty':
    case 'filled':
      return [test.ref];
    case 'compare':
    case 'within':
      return [test.ref, ...inTerm(test.to)];
    case 'oneOf':
    case 'containsAny':
    case 'containsAll':
      return [test.ref, ...inTerm(test.of)];
    case 'contains':
      return [test.ref, ...inTerm(test.value)];
    case 'sizeAtLeast':
    case 'sizeAtMost':
      return [test.ref, ...inTerm(test.size)];
    case 'startsWith':
      return [test.ref, ...inTerm(test.text)];
    case 'paired':
      return [test.ref, test.with];
  }
}

function inTerm(term: Term | Terms): readonly Ref[] {
  return term.kind === 'ref' ? [term.ref] : [];
}
