/** What is decided with the outcomes of rules, and what figures and days are: `policies` and `dayNumber` are in scope. */
export const decideCode = String.raw`/** The answer of all policies in force together. */
function answerOf(judged, lines) {
  const answers = lines.map((_, index) => {
    const units = judged.map((one) => one.units[index]).filter((it) => typeof it === 'number');
    const { decision, violated, undetermined } = sum(judged.flatMap((one) => one.lines[index]));
    const supportableUnits = units.length === 0 ? null : Math.min(...units);
    return { line: index + 1, decision, supportableUnits, violated, undetermined };
  });
  const { decision, violated, undetermined } = sum(judged.flatMap((one) => one.visit));
  const all = [decision, ...answers.map((line) => line.decision)];
  return { decision: gravest(all), lines: answers, visit: { violated, undetermined } };
}

/** Decisions, gravest first. */
const decisions = ['deny', 'review', 'reduce', 'needs-record', 'advise', 'pay'];

function gravest(some) {
  return decisions.find((decision) => some.includes(decision)) ?? 'pay';
}

function sum(outcomes) {
  const violated = outcomes.filter(({ outcome }) => outcome === 'violated');
  const undetermined = outcomes.filter(({ outcome }) => outcome === 'undetermined');
  const effects = violated.map(({ rule }) => rule.effect);
  if (undetermined.length > 0) effects.push('needs-record');
  const ids = (some) => some.map(({ rule }) => rule.id).sort();
  return { decision: gravest(effects), violated: ids(violated), undetermined: ids(undetermined) };
}

/** The policies of the payer on the date of service, without those that another one replaces. */
function periodsInForce(visit) {
  const [day, payer] = [visit['visit.date'], visit['visit.payer']];
  const found = policies.flatMap((policy) => {
    if (policy.payers !== null && !policy.payers.includes(payer)) return [];
    const period = policy.periods.find(({ from, to }) => from <= day && (to === null || day <= to));
    return period ? [{ policy, period }] : [];
  });
  const replaced = found.map(({ policy }) => policy.replaces);
  return found.filter(({ policy }) => !replaced.includes(policy.id)).map(({ period }) => period);
}

/** Unknown where it is unknown of any item whether it counts, or what its value is; empty values are passed over. */
function figureOf({ calculation, value, counts, isLeftOut }, visit, items, figures) {
  if (items === null) return undefined;
  let count = 0;
  const values = [];
  for (const item of items) {
    if (isLeftOut(visit, item, figures)) continue;
    if (!counts(visit, item, figures)) return undefined;
    count += 1;
    if (value === null) continue;
    const found = value(visit, item, figures);
    if (found === undefined) return undefined;
    if (found !== null) values.push(found);
  }
  if (calculation === 'count') return count;
  if (calculation === 'countDistinct') return new Set(values).size;
  if (calculation === 'sum') return values.reduce(add, 0);
  if (values.length === 0) return null;
  return values.reduce((best, one) => ((calculation === 'min' ? one < best : one > best) ? one : best));
}

function has(value) {
  return value !== undefined && value !== null;
}

/** Decimals of three places, exactly: 0.1 and 0.2 make 0.3. */
function add(one, two) {
  const sum = one + two;
  return Number.isInteger(sum) ? sum : Math.round(sum * 1000) / 1000;
}

function addDays(day, days) {
  return dayText(dayNumber(day) + days);
}

function daysBetween(one, two) {
  return Math.abs(dayNumber(one) - dayNumber(two));
}`;
