import { answerOf, compile, judge, onlyRead, toDocument, verdictOf } from '#engine';
import type { Exported, FactTable, KitLine } from '#engine';

/** The saved encounters, of cases and alone, with what the exported policies say of each. */
export function savedKit({ policies, program, workspace }: Exported): readonly KitLine[] {
  const { vocabulary, cases, encounters } = workspace;
  const compiled = compile(policies, vocabulary);
  const line = (id: string, table: FactTable): KitLine => ({
    id,
    tag: 'saved',
    encounter: onlyRead(toDocument(table, vocabulary), program),
    expected: { answer: answerOf(verdictOf(judge(compiled, table))), refused: null },
  });
  return [
    ...encounters.flatMap(({ path, table }) => (table ? [line(path, table)] : [])),
    ...cases.flatMap(({ suite, id, ready }) => (ready ? [line(`${suite}/${id}`, ready.table)] : [])),
  ];
}
