import type { PlainFigure, PlainPeriod, PlainPolicy, PlainRule, PlainTest } from '../../intermediate/form.ts';
import { literal, writeRef, writeTest } from './write-test.ts';
import type { Lists } from './write-test.ts';
import { writeTimeRule } from './write-units.ts';

/** The revisions of the policies, each with its periods, as one array. */
export function writeRules(policies: readonly PlainPolicy[], lists: Lists): string {
  return `const policies = [\n${policies.map((policy) => writePolicy(policy, lists)).join('\n')}\n];`;
}

function writePolicy({ id, title, payers, replaces, periods }: PlainPolicy, lists: Lists): string {
  return `  // ${comment(title)}
  {
    id: ${literal(id)},
    payers: ${payers === null ? 'null' : `[${payers.map(literal).join(', ')}]`},
    replaces: ${replaces === null ? 'null' : literal(replaces)},
    periods: [
${periods.map((period) => writePeriod(period, lists)).join('\n')}
    ],
  },`;
}

function writePeriod({ from, to, timeRule, figures, rules }: PlainPeriod, lists: Lists): string {
  const inner = '        ';
  return `      {
        from: '${from}',
        to: ${to === null ? 'null' : `'${to}'`},
        timeRule: ${timeRule === null ? 'null' : writeTimeRule(timeRule, lists)},
        figures: [${list(figures.map((figure) => writeFigure(figure, lists, inner)))}],
        rules: [${list(rules.map((rule) => writeRule(rule, lists)))}],
      },`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `\n${items.join('\n')}\n        `;
}

function writeFigure(
  { name, calculation, over, ref, where }: PlainFigure,
  lists: Lists,
  indent: string,
): string {
  // An item stands under the name by which its fields are read.
  const item = over === 'lines' ? 'line' : 'prior';
  const parts = [
    `name: ${literal(name)}`,
    `calculation: '${calculation}'`,
    `over: '${over}'`,
    `value: ${ref === null ? 'null' : `(visit, ${item}, figures) => ${writeRef(ref)}`}`,
    `counts: (visit, ${item}, figures) => ${where === null ? 'true' : writeTest(where.holds, lists, `${indent}    `)}`,
    `isLeftOut: (visit, ${item}, figures) => ${where === null ? 'false' : writeTest(where.fails, lists, `${indent}    `)}`,
  ];
  return `          {\n${parts.map((part) => `            ${part},`).join('\n')}\n          },`;
}

function writeRule({ id, title, scope, effect, applies, met, cites }: PlainRule, lists: Lists): string {
  const test = (name: string, asked: PlainTest) =>
    `            ${name}: (visit, line, others, figures) => ${writeTest(asked, lists, '              ')},`;
  return `          // ${comment(title)} (${comment(cites.join(', '))})
          {
            id: ${literal(id)},
            scope: '${scope}',
            effect: '${effect}',
${test('applies', applies.holds)}
${test('doesNotApply', applies.fails)}
${test('isMet', met.holds)}
${test('isNotMet', met.fails)}
          },`;
}

/** Words in a comment that ends with its line, of which JavaScript knows four ends. */
export function comment(words: string): string {
  return words.replaceAll(/\s+/g, ' ').trim();
}
