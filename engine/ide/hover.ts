import type { Day } from '../base/calendar-date.ts';
import type { Span } from '../base/span.ts';
import { joinPath } from '../base/paths.ts';
import { diagnosticPage } from '../diagnostics/pages.ts';
import type { ListKind } from '../language/syntax.ts';
import { operatorNames } from '../model/operators.ts';
import { blockNamed, conditionMeanings, sectionMeanings, recordMeaning } from '../workspace/shapes.ts';
import type { Shape } from '../workspace/shapes.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { baseEncounter, lineWords } from './around-a-suite.ts';
import { situationOf } from './completion.ts';
import { factHere, shapeFor } from './context.ts';
import type { Situation } from './context.ts';
import { knownCodes } from './known-codes.ts';
import { textBehind } from './sketch.ts';
import {
  clauseMarkdown,
  code,
  codeMarkdown,
  countsMarkdown,
  factMarkdown,
  figureMarkdown,
  keyMarkdown,
  listMarkdown,
  operatorMarkdown,
  paragraphs,
  parameterMarkdown,
} from './words.ts';
import type { RuleCounts } from './words.ts';

export type { RuleCounts } from './words.ts';

/** What is told of a word, and where it stands. */
export interface Hover {
  readonly span: Span;
  /** Markdown. */
  readonly markdown: string;
}

/** What the host knows besides the files. */
export interface AroundHover {
  /** Decides which entries of a list are in force. */
  readonly today: Day | null;
  /** How the saved encounters come out by a rule, by its id `policy/rule`. */
  readonly countsOf: (rule: string) => RuleCounts | null;
}

/** What the word at an offset means; null where there is nothing to tell. */
export function hoverAt(
  workspace: Workspace,
  path: string,
  text: string,
  offset: number,
  around: AroundHover,
): Hover | null {
  const at = situationOf(workspace, path, text, offset);
  const asked = at && { workspace, path, text, at, around };
  const span = at?.cursor.placeholder?.span ?? at?.cursor.span ?? { from: offset, to: offset };
  const word = text.slice(span.from, span.to);
  const told = asked && word.trim() !== '' ? meaningOf(word, asked) : null;
  const problems = problemsAt(workspace, path, offset);
  const markdown = paragraphs(told, ...problems.map(({ markdown: problem }) => problem));
  if (markdown === '') return null;
  return { span: told === null ? problems[0]!.span : span, markdown };
}

interface Asked {
  readonly workspace: Workspace;
  readonly path: string;
  readonly text: string;
  readonly at: Situation;
  readonly around: AroundHover;
}

/** What the problems that are reported here mean; their own sentences the editor shows by itself. */
function problemsAt(
  { diagnostics }: Workspace,
  path: string,
  offset: number,
): readonly { span: Span; markdown: string }[] {
  return diagnostics
    .filter(({ place }) => place.path === path && place.from <= offset && offset <= place.to)
    .map(({ code: id, place }) => ({
      span: { from: place.from, to: place.to },
      markdown: diagnosticPage(id).means,
    }));
}

function meaningOf(word: string, asked: Asked): string | null {
  const { cursor } = asked.at;
  if (cursor.placeholder) return placeholderMeaning(word, asked);
  if (cursor.role === 'key') return keyMeaning(word, asked);
  if (cursor.role === 'value') return valueMeaning(word, asked);
  return valueMeaning(word, asked) ?? keyMeaning(word, asked);
}

// ---- keys ---------------------------------------------------------------------------------------------------------

function keyMeaning(word: string, asked: Asked): string | null {
  const { spot } = asked.at;
  if (spot.kind === 'test') {
    const operator = operatorNames.find((name) => name === word);
    return operator ? operatorMarkdown(operator, spot.fact) : null;
  }
  if (spot.kind === 'operand') return blockKeyMeaning(word, { kind: 'block', of: 'otherFact' });
  const shape = shapeFor(spot, 'key');
  if (!shape) return null;
  switch (shape.kind) {
    case 'block':
      return blockKeyMeaning(word, shape);
    case 'condition': {
      const words: Readonly<Record<string, string>> = conditionMeanings;
      return Object.hasOwn(words, word) ? keyMarkdown(word, words[word]!) : factMeaning(word, asked);
    }
    case 'named':
      return namedMeaning(word, shape.of, asked);
    case 'section':
      return statedMeaning(`${shape.section === 'priorVisits' ? 'prior' : shape.section}.${word}`, asked);
    case 'line':
      return word === 'record' ? keyMarkdown(word, recordMeaning) : statedMeaning(`line.${word}`, asked);
    case 'given':
      return givenMeaning(word, asked);
    case 'overrides':
      return overrideMeaning(word, asked);
    case 'expectedLines': {
      const base = baseEncounter(asked);
      return base && base.lines[Number(word) - 1]
        ? keyMarkdown(`Line ${word}`, `${lineWords(base, Number(word))}, ${base.title}`)
        : null;
    }
    case 'outcomes':
      return ruleMeaning(word, asked);
    default:
      return null;
  }
}

function blockKeyMeaning(word: string, shape: Extract<Shape, { kind: 'block' }>): string | null {
  const { keys, required } = blockNamed(shape.of);
  const key = Object.hasOwn(keys, word) ? keys[word] : undefined;
  if (!key) return null;
  const choices =
    key.shape.kind === 'choice'
      ? Object.entries(key.shape.values)
          .map(([value, meaning]) => `- ${code(value)}: ${meaning}`)
          .join('\n')
      : null;
  return paragraphs(
    keyMarkdown(word, key.meaning),
    choices,
    required.includes(word) ? 'It is needed.' : null,
  );
}

function namedMeaning(word: string, of: Shape, { at }: Asked): string | null {
  const { names } = at.scope;
  if (of.kind === 'either') {
    const parameter = names.parameters.find(({ name }) => name === word);
    return parameter ? parameterMarkdown(parameter) : null;
  }
  if (of.kind === 'condition')
    return keyMarkdown(word, `A block that rules use as ${code(`condition: ${word}`)}.`);
  const figure = names.figures.find(({ name }) => name === word);
  return figure ? figureMarkdown(figure) : null;
}

function factMeaning(written: string, { workspace, at }: Asked): string | null {
  const here = factHere(written, at.scope.names, workspace.vocabulary);
  if (!here) return null;
  if (here.fact) return factMarkdown(here.fact, written);
  const figure = at.scope.names.figures.find(({ name }) => written === `derived.${name}`);
  return figure ? figureMarkdown(figure) : null;
}

function statedMeaning(path: string, { workspace }: Asked): string | null {
  const fact = workspace.vocabulary.byPath.get(path);
  return fact ? factMarkdown(fact) : null;
}

function givenMeaning(written: string, asked: Asked): string | null {
  const line = /^lines\.(\d+)(?:\.(.*))?$/.exec(written);
  if (!line) {
    const sections: Readonly<Record<string, string>> = sectionMeanings;
    return Object.hasOwn(sections, written)
      ? keyMarkdown(written, sections[written]!)
      : statedMeaning(written, asked);
  }
  const base = baseEncounter(asked);
  const which = base ? `Line ${line[1]} of the encounter: ${lineWords(base, Number(line[1]))}.` : null;
  const rest = line[2];
  if (rest === undefined || rest === 'record')
    return paragraphs(keyMarkdown(written, rest ? recordMeaning : 'A whole line.'), which);
  const fact = statedMeaning(rest.startsWith('record.') ? rest : `line.${rest}`, asked);
  return fact && paragraphs(fact, which);
}

function overrideMeaning(word: string, { workspace }: Asked): string | null {
  const name = word.slice(word.indexOf('.') + 1);
  const policy = workspace.policies.find(
    ({ id, parameters }) =>
      (name === word || word.startsWith(`${id}.`)) && parameters.some((parameter) => parameter.name === name),
  );
  const parameter = policy?.parameters.find((one) => one.name === name);
  if (!policy || !parameter) return null;
  const value = parameter.values.at(-1)?.value.items.join(', ') ?? '';
  return keyMarkdown(
    word,
    `A parameter of ${code(policy.id)}. In the policy it is ${code([value, parameter.unit ?? ''].join(' ').trim())}.`,
  );
}

// ---- values -------------------------------------------------------------------------------------------------------

function valueMeaning(word: string, asked: Asked): string | null {
  const { spot } = asked.at;
  switch (spot.kind) {
    case 'shape':
      return shapeMeaning(word, spot.shape, asked);
    case 'test':
      return nameMeaning(word, asked) ?? literalMeaning(word, spot.fact.type.scalar, asked);
    case 'operand':
      return nameMeaning(word, asked) ?? literalMeaning(word, spot.wanted.type.scalar, asked);
    case 'value':
      return literalMeaning(word, spot.fact.type.scalar, asked);
    case 'nothing':
      return null;
  }
}

function shapeMeaning(word: string, shape: Shape, asked: Asked): string | null {
  const { workspace, at } = asked;
  switch (shape.kind) {
    case 'choice':
      return Object.hasOwn(shape.values, word) ? keyMarkdown(word, shape.values[word]!) : null;
    case 'id':
      return idMeaning(word, asked);
    case 'cite': {
      const [sourceId, clauseId] = word.split('#');
      const source = workspace.sources.find(({ id }) => id === sourceId);
      const clause = source?.clauses.find(({ id }) => id === clauseId);
      return source && clause ? clauseMarkdown(source, clause) : null;
    }
    case 'fact':
      return factMeaning(word, asked);
    case 'pairList':
      return nameMeaning(word, asked);
    case 'listed':
      return literalMeaning(word, listKind(textBehind(at.root, 'of')), asked);
    case 'part':
      return givenMeaning(word, asked);
    case 'value':
      return literalMeaning(word, 'code', asked) ?? literalMeaning(word, 'modifier', asked);
    case 'name':
      return referenceMeaning(word, shape.of, asked);
    case 'either':
      return shape.of.map((one) => shapeMeaning(word, one, asked)).find((told) => told !== null) ?? null;
    default:
      return null;
  }
}

const listKind = (of: string | null): string => (of === 'pair' ? 'code' : (of ?? ''));

/** `$name`: a parameter of the policy, else a list. */
function nameMeaning(word: string, { workspace, at, around }: Asked): string | null {
  if (!word.startsWith('$')) return null;
  const parameter = at.scope.names.parameters.find(({ name }) => word === `$${name}`);
  if (parameter) return parameterMarkdown(parameter);
  const list = workspace.lists.find(({ id }) => word === `$${id}`);
  return list ? listMarkdown(list, around.today) : null;
}

function literalMeaning(word: string, scalar: string, { workspace }: Asked): string | null {
  const kinds: readonly string[] = ['code', 'modifier', 'diagnosis', 'payer'];
  if (!kinds.includes(scalar)) return null;
  const known = knownCodes(workspace.lists, scalar as ListKind).get(word);
  return known ? codeMarkdown(word, known) : null;
}

function referenceMeaning(
  word: string,
  of: Extract<Shape, { kind: 'name' }>['of'],
  asked: Asked,
): string | null {
  const { workspace, path } = asked;
  switch (of) {
    case 'policy': {
      const policy = workspace.policies.find(({ id }) => id === word);
      return policy
        ? paragraphs(keyMarkdown(word, policy.title), `For ${policy.payers?.join(', ') ?? 'every payer'}.`)
        : null;
    }
    case 'rule':
      return ruleMeaning(word, asked);
    case 'payer':
      return literalMeaning(word, 'payer', asked);
    case 'encounter': {
      const target = joinPath(path, word);
      const encounter = workspace.encounters.find((file) => file.path === target)?.encounter;
      if (!encounter) return null;
      const lines = encounter.lines.map((_, index) => `${index + 1}. ${lineWords(encounter, index + 1)}`);
      return paragraphs(keyMarkdown(word, encounter.title), lines.join('\n'));
    }
    case 'condition':
      return keyMarkdown(word, 'A block that has this name under `conditions:`.');
  }
}

/** The id of a rule, a list or a source where it is defined. */
function idMeaning(word: string, asked: Asked): string | null {
  const { workspace, at, around } = asked;
  const policy = textBehind(at.root, 'policy');
  if (at.scope.blocks.has('rule') && policy !== null) return ruleMeaning(`${policy}/${word}`, asked);
  const list = at.file === 'list' ? workspace.lists.find(({ id }) => id === word) : undefined;
  return list ? listMarkdown(list, around.today) : null;
}

function ruleMeaning(id: string, { workspace, around }: Asked): string | null {
  const rule = workspace.policies.flatMap(({ rules }) => rules).find((one) => one.id === id);
  if (!rule) return null;
  const counts = around.countsOf(id);
  return paragraphs(
    keyMarkdown(id, rule.title),
    `Where it is violated: ${code(rule.effect)}.`,
    counts && countsMarkdown(counts),
  );
}

function placeholderMeaning(word: string, asked: Asked): string | null {
  const parameter = asked.at.scope.names.parameters.find(({ name }) => name === word);
  return parameter ? parameterMarkdown(parameter) : factMeaning(word, asked);
}
