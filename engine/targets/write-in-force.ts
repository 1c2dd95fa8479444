import { parseDay } from '../base/calendar-date.ts';
import type { PlainPeriod, PlainPolicy, PlainProgram } from '../intermediate/form.ts';
import { and } from './write-plain-test.ts';
import type { ExpressionDialect } from './write-plain-test.ts';

/** Whether a policy is in force in this period: by payer and date of service, and where no policy of the payer's own takes its place. */
export function writeInForce(
  policy: PlainPolicy,
  period: PlainPeriod,
  { policies }: PlainProgram,
  dialect: ExpressionDialect,
): string {
  const overlays = policies.filter(({ replaces }) => replaces === policy.id);
  const replaced = overlays.flatMap((overlay) =>
    overlay.periods.map((one) => dialect.not(onDays(overlay, one, dialect))),
  );
  return and([onDays(policy, period, dialect), ...replaced], dialect);
}

function onDays({ payers }: PlainPolicy, { from, to }: PlainPeriod, dialect: ExpressionDialect): string {
  const day = 'encounter.visit_date';
  return and(
    [
      ...(payers ? [dialect.holds(dialect.list(payers.map(dialect.text)), 'encounter.visit_payer')] : []),
      `${day} >= ${parseDay(from)!}`,
      ...(to ? [`${day} <= ${parseDay(to)!}`] : []),
    ],
    dialect,
  );
}
