import { parseDay } from '../base/calendar-date.ts';
import type { Place } from '../base/source.ts';
import { walk } from '../model/condition.ts';
import type { Condition, FactRef, Operand } from '../model/condition.ts';
import type { Period } from '../model/effective.ts';
import { literalItems } from './operands.ts';
import type {
  Citation,
  DerivedFigure,
  Effect,
  Parameter,
  Policy,
  PolicyKind,
  Rule,
  TimeMethod,
  TimeRule,
} from '../model/policy.ts';
import { citationWords } from './citations.ts';
import { clauseOf, sayAlso, sayClause } from './clause.ts';
import { nounOf } from './nouns.ts';
import { listTitle, numberOf } from './operands.ts';
import { conjuncts, isSimple, phraseOf, plainOf, termRun, testIn } from './phrase.ts';
import type { Phrase } from './phrase.ts';
import { capital, capitalised, joined, nameWords, textOf, words } from './runs.ts';
import type { Run, Runs } from './runs.ts';
import { listNamed } from './speaking.ts';
import type { Naming, Speaking } from './speaking.ts';
import { amount, dayWords } from './values.ts';

/** One sentence of a policy, with what it counts up and the place that it says in words. */
export interface Sentence extends Phrase {
  readonly role: 'statement' | 'rule' | 'exception' | 'effect' | 'remedy' | 'source';
}

export interface Paragraph {
  /** The id of the rule (`policy/rule`), else null. */
  readonly rule: string | null;
  readonly title: string | null;
  readonly sentences: readonly Sentence[];
  readonly place: Place;
}

export const wordsSections = ['head', 'rules', 'time', 'numbers', 'figures', 'terms'] as const;

export interface WordsSection {
  readonly id: (typeof wordsSections)[number];
  readonly title: string;
  readonly paragraphs: readonly Paragraph[];
}

/** A list that the policy mentions, written out for whoever wants to read it. */
export interface WordsList {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly { readonly value: string; readonly short: string; readonly period: string }[];
  readonly place: Place;
}

/** A policy in plain sentences. Plain data: the same for the screen, the printer and a manual. */
export interface PolicyWords {
  readonly id: string;
  readonly title: string;
  readonly place: Place;
  readonly sections: readonly WordsSection[];
  readonly lists: readonly WordsList[];
}

export function policyWords(policy: Policy, naming: Naming): PolicyWords {
  const speaking: Speaking = { naming, parameters: policy.parameters, other: false };
  const terms = termsOf(policy);
  const sections: readonly WordsSection[] = [
    { id: 'head', title: 'What it is', paragraphs: [headOf(policy, naming)] },
    { id: 'rules', title: 'Rules', paragraphs: policy.rules.map((rule) => ruleParagraph(rule, speaking)) },
    {
      id: 'time',
      title: 'How minutes become units',
      paragraphs: policy.timeRule ? [timeParagraph(policy.timeRule, speaking)] : [],
    },
    {
      id: 'numbers',
      title: 'Numbers and names',
      paragraphs: policy.parameters.map((parameter) => parameterParagraph(parameter, naming)),
    },
    {
      id: 'figures',
      title: 'Figures',
      paragraphs: policy.derived.map((figure) => figureParagraph(figure, speaking)),
    },
    {
      id: 'terms',
      title: 'What its terms mean',
      paragraphs: terms.map((term) => termParagraph(term, speaking)),
    },
  ];
  const filled = sections.filter(({ paragraphs }) => paragraphs.length > 0);
  return {
    id: policy.id,
    title: policy.title,
    place: policy.place,
    sections: filled,
    lists: listsIn(filled, naming),
  };
}

// ------------------------------------------------------------------------------------------------ the head

const kindWords: Readonly<Record<PolicyKind, string>> = {
  'code-definition': 'It says what a service must be to be billed under its code.',
  'time-threshold': 'It says how much time a service needs, and how many units that makes.',
  documentation: 'It says what the record must show.',
  billing: 'It says how services are billed.',
};

function headOf(policy: Policy, naming: Naming): Paragraph {
  const { place } = policy;
  const say = (text: string): Sentence => ({ role: 'statement', runs: words(text), items: [], place });
  return {
    rule: null,
    title: null,
    place,
    sentences: [
      say(kindWords[policy.kind]),
      say(`It applies to claims to ${payerWords(policy.payers, naming)}.`),
      say(`It is in force for dates of service ${periodWords(policy)}.`),
      ...(policy.received === null
        ? []
        : [
            {
              ...say(`It applies to claims that the payer received ${periodWords(policy.received)}.`),
              place: policy.received.place,
            },
          ]),
      ...(policy.extends === null
        ? []
        : [say(`It is laid over the policy “${nameWords(policy.extends)}” and replaces parts of it.`)]),
    ],
  };
}

/** "every payer", or the payers by name. */
export function payerWords(payers: readonly string[] | null, { lists }: Naming): string {
  if (payers === null) return 'every payer';
  const known = lists.find(({ id }) => id === 'payers')?.entries ?? [];
  const named = payers.map((payer) => {
    const short = known.find(({ value }) => value === payer)?.short.split(',')[0];
    return words(short === undefined || short === '' ? payer : short);
  });
  return textOf(joined(named, 'and'));
}

/** "from 1 May 2019", "from … to …", "until …"; empty where there is neither. */
export function periodWords({ from, to }: Period): string {
  if (from === null) return to === null ? '' : `until ${dayWords(to)}`;
  return to === null ? `from ${dayWords(from)}` : `from ${dayWords(from)} to ${dayWords(to)}`;
}

// --------------------------------------------------------------------------------------------------- rules

/** What becomes of whoever violates a rule. */
export const effectWords: Readonly<Record<Effect, (subject: 'line' | 'visit') => string>> = {
  deny: (subject) => `the ${subject} is denied`,
  review: (subject) => `the ${subject} is held for review`,
  reduce: (subject) => `the ${subject} is reduced to the units that the record supports`,
  advise: (subject) => `the ${subject} is paid, with a word of advice`,
};

function ruleParagraph(rule: Rule, speaking: Speaking): Paragraph {
  const { place } = rule;
  const effect = effectWords[rule.effect](rule.scope);
  const lead = leadOfRule(rule, speaking);
  const demanded = rule.require && phraseOf(rule.require, 'must', speaking);
  const said: Phrase = demanded ?? { runs: words(effect), items: [], place };
  const unless = rule.unless && phraseOf(rule.unless, 'is', speaking);
  const joinedUnless = unless !== null && unless.items.length === 0 && said.items.length === 0;
  const ending = joinedUnless ? words(', unless ', unless.runs) : [];
  const sentences: Sentence[] = [];
  if (lead.items.length > 0) {
    sentences.push({ ...lead, role: 'rule' });
    sentences.push({ ...said, role: 'rule', runs: closed(words('Then ', said.runs, ending)) });
  } else {
    const runs = words(lead.runs, ': ', said.runs, ending);
    sentences.push({ ...said, role: 'rule', runs: closed(runs), place });
  }
  if (unless && !joinedUnless)
    sentences.push({
      ...unless,
      role: 'exception',
      runs: closed(words('An exception is made where ', unless.runs)),
    });
  const at = { items: [], place };
  if (demanded) sentences.push({ ...at, role: 'effect', runs: words(`Otherwise ${effect}.`) });
  if (rule.remedy !== '')
    sentences.push({ ...at, role: 'remedy', runs: words(`What to do: ${rule.remedy}`) });
  if (rule.cites.length > 0) sentences.push(sourceSentence(rule.cites, place, speaking.naming));
  return { rule: rule.id, title: rule.title, sentences, place };
}

/** With a full stop, unless something is counted up behind it. */
function closed(runs: Runs): Runs {
  return textOf(runs).endsWith(':') ? runs : words(runs, '.');
}

function sourceSentence(cites: readonly Citation[], place: Place, naming: Naming): Sentence {
  const sources = new Set(cites.map(({ source }) => source)).size;
  return {
    role: 'source',
    runs: words(sources === 1 ? 'Source: ' : 'Sources: ', citationWords(cites, naming), '.'),
    items: [],
    place: cites[0]?.place ?? place,
  };
}

/** "For a claim line whose procedure code is 97530, when …". */
function leadOfRule({ when, scope, place }: Rule, speaking: Speaking): Phrase {
  const subject = scope === 'line' ? 'claim line' : 'visit';
  if (!when) return { runs: words(`For every ${subject}`), items: [], place };
  const parts = whenParts(when);
  const codes = parts.filter(isAboutCode);
  const others = parts.filter((part) => !isAboutCode(part));
  const whose = codes.length === 0 ? [] : words(' whose ', withoutArticle(wholeOf(codes, speaking)));
  const start = words(`For a ${subject}`, whose);
  if (others.length === 0) return { runs: start, items: [], place };
  const condition = others.length === 1 ? others[0]! : allOf(others, when.place);
  const rest = phraseOf(condition, 'is', speaking);
  const link = scope === 'visit' ? ' on which ' : whose.length > 0 ? ', if ' : ' for which ';
  return { runs: words(start, link, rest.runs), items: rest.items, place: when.place };
}

function whenParts(when: Condition): readonly Condition[] {
  return plainOf(when).kind === 'any' ? [when] : conjuncts(when);
}

function allOf(conditions: readonly Condition[], place: Place): Condition {
  return { kind: 'all', conditions, place };
}

function isAboutCode(condition: Condition): boolean {
  const inner = testIn(condition);
  return inner !== null && inner.test.fact.written === 'line.code';
}

/** Tests of one fact as one clause with one subject. */
function wholeOf(tests: readonly Condition[], speaking: Speaking): Runs {
  const said = tests.map((condition, index) => {
    const { test, denied } = testIn(condition)!;
    return (index === 0 ? sayClause : sayAlso)(clauseOf(test, speaking), 'is', denied);
  });
  return joined(said, 'and');
}

function withoutArticle(runs: Runs): Runs {
  const [first, ...rest] = runs;
  return first ? [{ ...first, text: first.text.replace(/^the /, '') }, ...rest] : runs;
}

// --------------------------------------------------------------------------------------------------- time

const methodWords: Readonly<Record<TimeMethod, (minutes: number) => readonly string[]>> = {
  'per-service': (minutes) => [
    'Each timed code is counted on its own, with the minutes of all its lines.',
    midpointWords(minutes),
  ],
  'total-time': (minutes) => [
    'The minutes of all timed codes of the visit are added up.',
    midpointWords(minutes),
    'Each code first has its own whole units; the units that are left go, one each, to the codes with the largest remainders.',
    'Where remainders are equal, the unit counts where it was billed.',
  ],
  'full-units': (minutes) => [
    'Each timed code is counted on its own, with the minutes of all its lines.',
    `Only completed units of ${amount(minutes, 'minutes')} count.`,
  ],
};

/** The first minute at which one more unit counts is the one past the middle: 8 of 15. */
function midpointWords(minutes: number): string {
  const remainder = Math.floor(minutes / 2) + 1;
  return `The minutes make units of ${amount(minutes, 'minutes')}, and a remainder of ${amount(remainder, 'minutes')} or more makes one more.`;
}

const procedureCode: FactRef = {
  written: 'line.code',
  path: 'line.code',
  section: 'line',
  owner: 'line',
  type: { scalar: 'code', list: false },
  unit: null,
};

function timeParagraph(rule: TimeRule, speaking: Speaking): Paragraph {
  const { place } = rule;
  const say = (...runs: readonly (string | Run | Runs)[]): Sentence => ({
    role: 'statement',
    runs: words(...runs),
    items: [],
    place,
  });
  const floor = rule.minimumMinutes;
  const aside = rule.method === 'total-time' ? ', and its minutes do not count towards the total' : '';
  return {
    rule: null,
    title: null,
    place,
    sentences: [
      say('Timed codes are ', codesWords(rule.codes, speaking), '.'),
      ...methodWords[rule.method](rule.minutesPerUnit).map((text) => say(text)),
      ...(floor
        ? [say('A timed code of less than ', numberOf(floor, 'minutes'), ` supports no unit${aside}.`)]
        : []),
      ...(rule.cites.length > 0 ? [sourceSentence(rule.cites, place, speaking.naming)] : []),
    ],
  };
}

function codesWords(codes: Operand, speaking: Speaking): Runs {
  const name = codes.kind === 'literal' || codes.kind === 'dated' ? codes.name : null;
  if (name !== null && listNamed(name, speaking))
    return words('those on the list ', listTitle(name, speaking));
  return literalItems(codes, procedureCode, speaking, 'and');
}

// ------------------------------------------------------------------------------- numbers, figures, terms

function parameterParagraph(parameter: Parameter, naming: Naming): Paragraph {
  const name = capital(nameWords(parameter.name));
  const { values, place } = parameter;
  return {
    rule: null,
    title: null,
    place,
    sentences: values.flatMap(({ from, to, value }, index): Sentence[] => {
      const period = from === null && to === null ? '' : ` ${periodWords({ from, to })}`;
      const shown = joined(
        value.items.map((item) => words({ kind: 'value', text: parameterItem(item, parameter.unit) })),
        'and',
      );
      const before = index === 0 ? `${name}${period}: ` : `${capital(period.trim())}: `;
      return [
        { role: 'statement', runs: words(before, shown, '.'), items: [], place: value.place },
        ...(value.cites.length > 0 ? [sourceSentence(value.cites, value.place, naming)] : []),
      ];
    }),
  };
}

/** A parameter takes its type where it is used; here its text alone says whether it is a day, a number or a name. */
export function parameterItem(text: string, unit: string | null): string {
  const day = parseDay(text);
  if (day !== null) return dayWords(day);
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return amount(Number(text), unit);
  return /^[a-z]+(?:-[a-z]+)+$/.test(text) && text !== 'one-on-one' ? text.replaceAll('-', ' ') : text;
}

function figureParagraph(figure: DerivedFigure, speaking: Speaking): Paragraph {
  const { place } = figure;
  const where = figure.where && phraseOf(figure.where, 'is', speaking);
  const items = where?.items ?? [];
  const runs = words(
    capitalised([termRun(figure.name)]),
    ' is ',
    calculationWords(figure),
    where ? words(' for which ', where.runs) : '',
  );
  return {
    rule: null,
    title: null,
    place,
    sentences: [{ role: 'statement', runs: closed(runs), items, place }],
  };
}

function calculationWords({ calculation, over, fact }: DerivedFigure): string {
  const among = over === 'lines' ? 'lines of the visit' : 'earlier visits';
  if (calculation === 'count' || !fact) return `the number of ${among}`;
  const { text, plural } = nounOf(fact);
  const bare = text.replace(/^the /, '');
  const isDate = fact.type.scalar === 'date';
  switch (calculation) {
    case 'countDistinct':
      return `the number of different ${plural ? bare : `${bare}s`} among the ${among}`;
    case 'sum':
      return `the sum of ${text} over the ${among}`;
    case 'min':
      return `the ${isDate ? 'earliest' : 'smallest'} ${bare} among the ${among}`;
    case 'max':
      return `the ${isDate ? 'latest' : 'largest'} ${bare} among the ${among}`;
  }
}

type Named = Extract<Condition, { kind: 'named' }>;

/** The named conditions that sentences mention by name, each once, in the order in which they are met. */
function termsOf(policy: Policy): readonly Named[] {
  const found = new Map<string, Named>();
  const conditions = [
    ...policy.rules.flatMap((rule) => [rule.when, rule.require, rule.unless]),
    ...policy.derived.map(({ where }) => where),
  ];
  for (const condition of conditions) {
    for (const node of condition ? walk(condition) : []) {
      if (node.kind === 'named' && !isSimple(node) && !found.has(node.name)) found.set(node.name, node);
    }
  }
  return [...found.values()];
}

function termParagraph(term: Named, speaking: Speaking): Paragraph {
  const { place } = term.condition;
  const meant = phraseOf(term.condition, 'is', speaking);
  const runs = words(capitalised([termRun(term.name)]), ' means that ', meant.runs);
  return {
    rule: null,
    title: null,
    place,
    sentences: [{ role: 'statement', runs: closed(runs), items: meant.items, place }],
  };
}

// --------------------------------------------------------------------------------------------------- lists

function listsIn(sections: readonly WordsSection[], { lists }: Naming): readonly WordsList[] {
  const mentioned = new Set<string>();
  const look = ({ runs, items }: Phrase): void => {
    for (const run of runs) if (run.kind === 'list') mentioned.add(run.list);
    items.forEach(look);
  };
  for (const { paragraphs } of sections) for (const { sentences } of paragraphs) sentences.forEach(look);
  return [...mentioned].flatMap((id) => {
    const list = lists.find((one) => one.id === id);
    if (!list) return [];
    const entries = list.entries.map(({ value, columnTwo, short, from, to }) => ({
      value: columnTwo === null ? value : `${value} with ${columnTwo}`,
      short,
      period: periodWords({ from, to }),
    }));
    return [{ id, title: list.title, entries, place: list.place }];
  });
}

// ---------------------------------------------------------------------------------------------------- text

/** The sentences as plain text, for a terminal, a file or a comparison. Lists are named and not written out. */
export function wordsText({ title, sections }: PolicyWords): string {
  const lines = [title, ''];
  for (const section of sections) {
    if (section.id !== 'head') lines.push(section.title, '');
    for (const paragraph of section.paragraphs) {
      if (paragraph.title !== null) lines.push(`  ${paragraph.title}`);
      for (const sentence of paragraph.sentences)
        lines.push(...phraseLines(sentence, paragraph.title === null ? 1 : 2));
      if (paragraph.title !== null) lines.push('');
    }
    if (lines.at(-1) !== '') lines.push('');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function phraseLines({ runs, items }: Phrase, depth: number): readonly string[] {
  return [
    `${'  '.repeat(depth)}${textOf(runs)}`,
    ...items.flatMap((item) => phraseLines({ ...item, runs: words('- ', item.runs) }, depth + 1)),
  ];
}
