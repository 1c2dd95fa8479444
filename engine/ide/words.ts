import { formatDay } from '../base/calendar-date.ts';
import type { Day } from '../base/calendar-date.ts';
import { count } from '../base/words.ts';
import type { Fact, FactType, ScalarType } from '../facts/vocabulary.ts';
import type { Clause, CodeList, ListEntry, PolicySource } from '../language/syntax.ts';
import { operatorOf } from '../model/operators.ts';
import type { OperatorName } from '../model/operators.ts';
import type { FactHere } from './context.ts';
import type { KnownCode } from './known-codes.ts';
import type { FigureHere, ParameterHere } from './policy-names.ts';

/** What completion and hover say of a thing, in Markdown: a title in bold, then sentences. */

/** Without the title, where what it says stands beside it already. */
export function withoutTitle(markdown: string): string {
  return markdown.replace(/^\*\*[^\n]*(?:\n+|$)/, '');
}

const scalarWords = {
  code: ['a procedure code', 'procedure codes'],
  diagnosis: ['a diagnosis', 'diagnoses'],
  modifier: ['a modifier', 'modifiers'],
  payer: ['a payer', 'payers'],
  choice: ['one of a few words', 'words'],
  text: ['free text', 'texts'],
  number: ['a number', 'numbers'],
  date: ['a date', 'dates'],
  boolean: ['true or false', 'true or false'],
} as const satisfies Record<ScalarType, readonly [string, string]>;

/** A type as people say it: "a number of minutes", "a list of modifiers". */
export function typeWords({ scalar, list }: FactType, unit: string | null | undefined): string {
  const [one, many] = scalarWords[scalar];
  if (list) return `a list of ${many}`;
  return unit ? `${one} of ${unit}` : one;
}

export function factMarkdown(fact: Fact, written = fact.path): string {
  const { meaning, values, min, max, whole, example, computed } = fact;
  const bounds =
    min === undefined && max === undefined
      ? null
      : `${whole ? 'Whole numbers' : 'Numbers'} from ${min ?? 'any'} to ${max ?? 'any'}.`;
  return paragraphs(
    `**${written}** · ${typeWords(fact.type, fact.unit)}`,
    meaning,
    values ? `It can be ${values.map(code).join(', ')}.` : null,
    bounds,
    example === '' ? null : `For example ${code(example)}.`,
    computed ? 'Proviso computes it from the minutes; an encounter does not state it.' : formsWords(fact),
  );
}

/** Where a fact lives on a claim; a dash says that the form does not carry it. */
function formsWords({ forms }: Fact): string {
  const places = [
    forms.x12 === '–' ? [] : [`837P ${code(forms.x12)}`],
    forms.cms1500 === '–' ? [] : [`CMS-1500 box ${code(forms.cms1500)}`],
    forms.fhir === '–' ? [] : [`FHIR ${code(forms.fhir)}`],
  ].flat();
  return places.length === 0
    ? 'On no claim form: it stands in the health record alone.'
    : `On forms: ${places.join(' · ')}.`;
}

export function figureMarkdown(figure: FigureHere): string {
  return paragraphs(
    `**derived.${figure.name}** · ${typeWords(figure.type, figure.unit)}`,
    figureWords(figure),
  );
}

const calculationWords = {
  count: 'How many',
  countDistinct: 'How many different values of',
  sum: 'The sum of',
  min: 'The least',
  max: 'The greatest',
} as const satisfies Record<FigureHere['calculation'], string>;

export function figureWords({ calculation, of }: FigureHere): string {
  return `A figure of this policy: ${calculationWords[calculation].toLowerCase()} ${code(of)}.`;
}

export function operatorMarkdown(name: OperatorName, fact: FactHere | null): string {
  const { words, meaning } = operatorOf(name);
  return paragraphs(
    `**${name}** · “${fact ? `${code(fact.written)} ` : ''}${words} …”`,
    meaning,
    name === 'documented' ? null : 'A field that is documented as empty never holds.',
  );
}

export function parameterMarkdown({ name, unit, values }: ParameterHere): string {
  return paragraphs(
    `**$${name}** · ${unit === null ? 'a parameter' : `a parameter, in ${unit}`}`,
    ...values.map(({ items, from, to, cites }) => {
      const period = periodWords(from, to);
      const value = items.length === 0 ? 'no value yet' : items.map(code).join(', ');
      const where = cites.length === 0 ? '' : ` (${cites.map(code).join(', ')})`;
      return `${value}${period === null ? '' : `, ${period}`}${where}`;
    }),
  );
}

function periodWords(from: string | null, to: string | null): string | null {
  if (from === null && to === null) return null;
  if (to === null) return `from ${from}`;
  return from === null ? `until ${to}` : `from ${from} to ${to}`;
}

const isInForce = ({ from, to }: ListEntry, day: Day): boolean =>
  (from ?? -Infinity) <= day && day <= (to ?? Infinity);

export function listMarkdown(list: CodeList, today: Day | null): string {
  const { id, title, of, entries } = list;
  const dated = entries.some(({ from, to }) => from !== null || to !== null);
  const now = today === null || !dated ? null : entries.filter((entry) => isInForce(entry, today)).length;
  const shown = entries
    .slice(0, 8)
    .map(({ value, columnTwo }) => code(columnTwo ? `${value}/${columnTwo}` : value));
  const rest = entries.length - shown.length;
  return paragraphs(
    `**$${id}** · a list of ${of}s`,
    title,
    `${count(entries.length, 'entry', 'entries')}${now === null ? '' : `, ${now} of them in force today`}.`,
    shown.length === 0 ? null : `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`,
  );
}

export function codeMarkdown(value: string, { short, lists }: KnownCode): string {
  return paragraphs(
    `**${value}**${short === '' ? '' : ` · ${short}`}`,
    `On ${lists.length === 1 ? 'the list' : 'the lists'} ${lists.map((id) => code(`$${id}`)).join(', ')}.`,
  );
}

export function clauseMarkdown(source: PolicySource, clause: Clause): string {
  const { title, publisher, address, read } = source;
  const basis = {
    read: null,
    inferred: 'This is inferred from the page; it does not stand there.',
    unverified: 'This is general knowledge that nobody has checked.',
  }[clause.basis];
  const from = [title, publisher].filter((part) => part !== '').join(', ');
  return paragraphs(
    `**${source.id}#${clause.id}**`,
    clause.text,
    basis,
    clause.setAside === null ? null : `Set aside: ${clause.setAside}`,
    `${from}${read === '' ? '' : `, read ${read}`}`,
    address === '' ? null : isLink(address) ? `[${address}](${address})` : address,
  );
}

/** Only addresses of the web become links. */
const isLink = (address: string): boolean => /^https?:\/\/[^\s()<>[\]]+$/.test(address);

/** How the saved encounters come out by a rule. */
export interface RuleCounts {
  readonly met: number;
  readonly violated: number;
  readonly notApplicable: number;
  readonly undetermined: number;
}

export function countsMarkdown(counts: RuleCounts): string {
  const { met, violated, notApplicable, undetermined } = counts;
  const all = met + violated + notApplicable + undetermined;
  return `Of ${count(all, 'saved encounter')}: met by ${met}, violated by ${violated}, undetermined for ${undetermined}, not applicable to ${notApplicable}.`;
}

export function keyMarkdown(key: string, meaning: string): string {
  return paragraphs(`**${key}**`, meaning);
}

/** Text as code, whatever it holds. */
export function code(text: string): string {
  const one = text.replaceAll('\n', ' ');
  return one.includes('`') ? `\`\` ${one} \`\`` : `\`${one}\``;
}

export function paragraphs(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join('\n\n');
}

export function dayWords(day: Day | null): string {
  return day === null ? '' : formatDay(day);
}
