import { parseDay } from '../base/calendar-date.ts';
import type { Fact, ScalarType } from '../facts/vocabulary.ts';
import { effects } from '../language/syntax.ts';
import type { ListKind } from '../language/syntax.ts';
import { listFits } from '../model/resolve-operand.ts';
import { formOf } from './context.ts';
import type { FactHere, Wanted } from './context.ts';
import { factNames, nameableFacts, sameKind } from './completion-facts.ts';
import { literally, tellingWords } from './completion-item.ts';
import type { Ask, Draft } from './completion-item.ts';
import { keyDrafts, listsPairs, operatorDrafts } from './completion-keys.ts';
import {
  clauseDrafts,
  encounterDrafts,
  knownRules,
  partDrafts,
  payerDrafts,
  policyDrafts,
} from './completion-references.ts';
import { itemTemplates } from './completion-templates.ts';
import { knownCodes } from './known-codes.ts';
import type { ParameterHere } from './policy-names.ts';
import type { Shape } from '../workspace/shapes.ts';
import { codeMarkdown, factMarkdown, keyMarkdown, listMarkdown, parameterMarkdown } from './words.ts';

/** What can stand as a value, or begin an item, at the cursor. */
export function valueDrafts(ask: Ask): readonly Draft[] {
  const { spot } = ask.at;
  switch (spot.kind) {
    case 'shape':
      return ofShape(spot.shape, ask);
    case 'test':
      return ofTest(spot.fact, ask);
    case 'operand':
      return ofOperand(spot.wanted, ask);
    case 'value':
      return ofStated(spot.fact, spot.item, ask);
    case 'nothing':
      return [];
  }
}

function ofShape(shape: Shape, ask: Ask): readonly Draft[] {
  switch (shape.kind) {
    case 'choice':
      return chosenWords(shape.values, ask);
    case 'boolean':
      return truths();
    case 'id':
    case 'day':
      return fromPath(shape.kind, ask);
    case 'cite':
      return unlessTaken(clauseDrafts(ask), ask);
    case 'unit':
      return units(ask);
    case 'value':
      return valueItems(ask);
    case 'fact':
      return factNames(ask);
    case 'newFact':
      return newFactPaths();
    case 'listed':
      return ofList(ask);
    case 'pairList':
      return listDrafts(ask, (of) => of === 'pair', 0);
    case 'part':
      return unlessTaken(partDrafts(ask), ask);
    case 'name':
      return unlessTaken(named(shape.of, ask), ask);
    case 'either':
      return shape.of.flatMap((one) => ofShape(one, ask));
    case 'list':
      return beginList(shape.of, ask);
    case 'block':
    case 'line':
    case 'section':
    case 'condition':
    case 'named':
    case 'given':
    case 'overrides':
    case 'expectedLines':
    case 'outcomes':
      return beginBlock(shape, ask);
    case 'text':
    case 'message':
    case 'number':
    case 'operand':
      return [];
  }
}

function named(of: Extract<Shape, { kind: 'name' }>['of'], ask: Ask): readonly Draft[] {
  switch (of) {
    case 'policy':
      return policyDrafts(ask, ask.at.file === 'policy');
    case 'rule':
      return knownRules(ask);
    case 'payer':
      return payerDrafts(ask);
    case 'encounter':
      return encounterDrafts(ask);
    case 'condition':
      return ask.at.scope.names.conditions.map((name) => ({
        label: name,
        kind: 'condition',
        detail: 'a named condition of this policy',
        documentation: keyMarkdown(name, 'A block that has this name under `conditions:`.'),
        insert: name,
        rank: 0,
      }));
  }
}

/** An item of a list: in its own line a whole item from a template, behind a colon a pair of brackets. */
function beginList(of: Shape, ask: Ask): readonly Draft[] {
  const { cursor } = ask.at;
  if (cursor.role === 'open' && cursor.path.at(-1)?.kind === 'key') {
    const templates = itemTemplates(of, cursor.column, true, listsPairs(ask));
    if (templates.length > 0) return templates;
    return formOf(of) === 'value'
      ? ofShape(of, ask).map((draft) => ({ ...draft, insert: `- ${draft.insert}` }))
      : [];
  }
  if (formOf(of) !== 'value' || cursor.role === 'open') return [];
  const items = ofShape(of, ask);
  return items.map((draft) => ({ ...draft, insert: `[${draft.insert}]` }));
}

/** A block as a value: a whole item behind a dash, or behind a colon its first key in braces. */
function beginBlock(of: Shape, ask: Ask): readonly Draft[] {
  const { cursor } = ask.at;
  if (cursor.role === 'open')
    return cursor.path.at(-1)?.kind === 'item'
      ? itemTemplates(of, cursor.column, cursor.lacksDash, listsPairs(ask))
      : [];
  const inBraces = { ...cursor, role: 'key' as const, block: null, hasColon: false, flow: true };
  return keyDrafts({ ...ask, at: { ...ask.at, cursor: inBraces } }).map((draft) => ({
    ...draft,
    insert: `{ ${draft.insert.replace('$0', '$1')} }$0`,
  }));
}

/** Without the values that stand in the same list already. */
function unlessTaken(drafts: readonly Draft[], ask: Ask): readonly Draft[] {
  const taken = takenItems(ask);
  return taken.length === 0 ? drafts : drafts.filter(({ label }) => !taken.includes(label));
}

function takenItems({ at: { cursor } }: Ask): readonly string[] {
  const last = cursor.path.at(-1);
  if (last?.kind !== 'item') return [];
  return last.list.items.flatMap(({ value }, index) =>
    value?.kind === 'scalar' && index !== last.index ? [value.text] : [],
  );
}

function chosenWords(values: Readonly<Record<string, string>>, ask: Ask): readonly Draft[] {
  const { scope } = ask.at;
  return Object.entries(values).flatMap(([word, meaning], index): Draft[] => {
    // Only a line with a time rule has units to reduce to.
    const isEffect = Object.keys(values).length === effects.length && word === 'reduce';
    if (isEffect && (!scope.names.hasTimeRule || scope.subject === 'visit')) return [];
    return [
      {
        label: word,
        kind: 'word',
        detail: meaning,
        documentation: keyMarkdown(word, meaning),
        insert: word,
        foundBy: tellingWords(meaning),
        rank: index,
      },
    ];
  });
}

function truths(): readonly Draft[] {
  return ['true', 'false'].map((label, rank) => ({
    label,
    kind: 'word',
    detail: label === 'true' ? 'yes' : 'no',
    insert: label,
    rank,
  }));
}

/** The units that facts are counted in: a parameter with the same unit is the first to be compared with them. */
function units({ workspace }: Ask): readonly Draft[] {
  const known = new Set(workspace.vocabulary.facts.flatMap(({ unit }) => (unit ? [unit] : [])));
  return [...known, 'days'].map((unit, rank) => ({
    label: unit,
    kind: 'word',
    detail: '',
    insert: unit,
    rank,
  }));
}

/** Of a parameter that holds several values: codes and modifiers. */
function valueItems(ask: Ask): readonly Draft[] {
  if (ask.at.cursor.path.at(-1)?.kind !== 'item') return [];
  return unlessTaken([...codeDrafts('code', ask), ...codeDrafts('modifier', ask)], ask);
}

/** Ids and first days are often what the file is called. */
function fromPath(kind: 'id' | 'day', ask: Ask): readonly Draft[] {
  const { cursor, file } = ask.at;
  const steps = cursor.path.flatMap((step) => (step.kind === 'key' ? [step.entry.key] : ['-']));
  const folders = ask.path.split('/');
  const stem = (folders.at(-1) ?? '').split('.')[0]!;
  const word = file === 'policy' && kind === 'id' ? (folders.at(-2) ?? '') : stem;
  const replaced = inheritedRules(ask);
  if (kind === 'id' && replaced.length > 0) return replaced;
  const isWanted =
    kind === 'id' ? steps.length === 1 && steps[0] === file : steps.join('.') === 'effective.from';
  const isRight = kind === 'id' ? /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(word) : parseDay(word) !== null;
  return isWanted && isRight
    ? [{ label: word, kind: 'word', detail: 'from the name of the file', insert: word, rank: 0 }]
    : [];
}

/** In an overlay: the rules of the policy below it, which a rule of the same id replaces. */
function inheritedRules({ at: { scope } }: Ask): readonly Draft[] {
  const { names, blocks } = scope;
  if (!blocks.has('rule') || names.base === null) return [];
  return names.base.rules
    .filter((id) => !names.own.rules.includes(id))
    .map((id, rank) => ({
      label: id,
      kind: 'rule',
      detail: 'takes the place of the rule below',
      insert: id,
      rank,
    }));
}

function newFactPaths(): readonly Draft[] {
  return ['visit', 'line', 'record', 'note', 'patient', 'provider', 'plan', 'episode', 'prior'].map(
    (section, rank) => ({
      label: `${section}.`,
      kind: 'word',
      detail: `a fact of \`${section}\``,
      insert: `${section}.$0`,
      rank,
    }),
  );
}

// ---- what conditions compare with ---------------------------------------------------------------------------------

/** Behind a fact: an operator with its value in braces, or, short, a value, a list or a parameter. */
function ofTest(fact: FactHere, ask: Ask): readonly Draft[] {
  const { cursor } = ask.at;
  if (cursor.role === 'open') return [];
  const operators = operatorDrafts(fact, ask).map((draft): Draft => ({
    ...draft,
    insert: `{ ${draft.insert.replace('$0', '$1')} }$0`,
    rank: draft.rank + 2,
  }));
  if (fact.type.list) return operators;
  const wanted: Wanted = {
    type: fact.type,
    unit: fact.unit,
    values: fact.fact?.values ?? null,
    item: false,
    mayBeFact: false,
    size: false,
  };
  // A number that is compared is hardly ever one number: the operators stand first.
  const isMeasured =
    fact.type.scalar === 'number' || fact.type.scalar === 'date' || fact.type.scalar === 'text';
  const behind = isMeasured ? 10 : 0;
  const values = [
    ...ofOperand(wanted, ask),
    ...fittingLists({ ...wanted, type: { ...fact.type, list: true } }, ask),
  ];
  const shorthand = values.map((draft) => ({
    ...draft,
    // A long choice of codes stands behind everything else.
    rank: draft.rank + (draft.kind === 'code' ? 10 : behind),
  }));
  return [...operators, ...shorthand];
}

/** What an operator is compared with, that which fits the type and unit best first. */
function ofOperand(wanted: Wanted, ask: Ask): readonly Draft[] {
  const literals = literalsOf(wanted, ask);
  if (wanted.item) return unlessTaken(literals, ask);
  const parameters = ask.at.scope.names.parameters.flatMap((parameter) => parameterDraft(parameter, wanted));
  const facts = wanted.mayBeFact ? otherFacts(wanted, ask) : [];
  if (!wanted.type.list) return [...parameters, ...literals, ...facts];
  // Several values stand in brackets; a list or a parameter has a name.
  const bracketed = literals.map((draft) => ({
    ...draft,
    insert: `[${draft.insert}$1]$0`,
    rank: draft.rank + 2,
  }));
  return [...fittingLists(wanted, ask), ...parameters, ...bracketed, ...facts];
}

function fittingLists({ type }: Wanted, ask: Ask): readonly Draft[] {
  return listDrafts(ask, (of) => listFits[of].includes(type.scalar), 0);
}

function listDrafts(ask: Ask, fits: (of: ListKind) => boolean, rank: number): readonly Draft[] {
  return ask.workspace.lists.flatMap((list): Draft[] => {
    if (!fits(list.of)) return [];
    return [
      {
        label: `$${list.id}`,
        kind: 'list',
        detail: list.title,
        documentation: listMarkdown(list, null),
        insert: literally(`$${list.id}`),
        foundBy: `${list.id} ${tellingWords(list.title)}`,
        rank: rank + (ask.isUsed(`$${list.id}`) ? 0 : 1),
      },
    ];
  });
}

function parameterDraft(parameter: ParameterHere, { type, unit, size }: Wanted): readonly Draft[] {
  const items = parameter.values.flatMap(({ items: all }) => all);
  if (parameter.isList !== type.list || !items.every((item) => looksLike(item, type.scalar))) return [];
  const sameUnit = unit !== null && parameter.unit === unit;
  const otherUnit = unit !== null && parameter.unit !== null && !sameUnit;
  const value = parameter.values.at(-1)?.items.join(', ') ?? '';
  return [
    {
      label: `$${parameter.name}`,
      kind: 'parameter',
      detail: [value, parameter.unit ?? ''].join(' ').trim(),
      documentation: parameterMarkdown(parameter),
      insert: literally(`$${parameter.name}`),
      foundBy: `${parameter.name} ${parameter.unit ?? ''}`,
      rank: sameUnit ? -1 : otherUnit || size ? 2 : 0,
    },
  ];
}

/** Whether a text could be a value of a type, by how it is written. */
function looksLike(text: string, scalar: ScalarType): boolean {
  switch (scalar) {
    case 'number':
      return /^-?\d+(?:\.\d+)?$/.test(text);
    case 'date':
      return parseDay(text) !== null;
    case 'boolean':
      return text === 'true' || text === 'false';
    case 'code':
      return /^[A-Z0-9]{5}$/.test(text);
    case 'modifier':
      return /^[A-Z0-9]{2}$/.test(text);
    case 'diagnosis':
      return /^[A-Z][0-9][A-Z0-9]/.test(text);
    case 'payer':
    case 'choice':
    case 'text':
      return !/^\d+(?:\.\d+)?$/.test(text) && parseDay(text) === null;
  }
}

/** `{ fact: … }` for each fact of the same type, those of the same unit first. */
function otherFacts({ type, unit, size }: Wanted, ask: Ask): readonly Draft[] {
  const tested = ask.at.cursor.path.findLast((step) => step.kind === 'key' && step.entry.key.includes('.'));
  const own = tested?.kind === 'key' ? tested.entry.key : '';
  return nameableFacts(ask).flatMap((fact): Draft[] => {
    if (!sameKind(fact.type, type) || fact.written === own) return [];
    const fits = !size && unit !== null && fact.unit === unit;
    // Minutes are not compared with visits; a count of something has no unit of its own.
    if (!size && unit !== null && fact.unit !== null && !fits) return [];
    const isDate = type.scalar === 'date' && !type.list;
    return [
      {
        label: `{ fact: ${fact.written} }`,
        kind: fact.kind,
        detail: fact.detail,
        documentation: fact.documentation(),
        insert: isDate ? `{ fact: ${fact.written}$1 }$0` : `{ fact: ${fact.written} }`,
        foundBy: fact.foundBy,
        rank: 4 + fact.rank + (fits ? -2 : unit === null ? 0 : 2),
      },
    ];
  });
}

/** Values of a type that can be told beforehand. */
function literalsOf({ type, values }: Wanted, ask: Ask): readonly Draft[] {
  switch (type.scalar) {
    case 'choice':
      return (values ?? []).map((value, index) => ({
        label: value,
        kind: 'word',
        insert: value,
        rank: 1 + index / 100,
      }));
    case 'boolean':
      return truths();
    case 'payer':
      return payerDrafts(ask);
    case 'code':
    case 'modifier':
    case 'diagnosis':
      return codeDrafts(type.scalar, ask);
    case 'number':
    case 'date':
    case 'text':
      return [];
  }
}

function codeDrafts(kind: ListKind, ask: Ask): readonly Draft[] {
  const known = [...knownCodes(ask.workspace.lists, kind)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return known.map(([value, about]) => ({
    label: value,
    kind: 'code',
    detail: about.short,
    documentation: codeMarkdown(value, about),
    insert: value,
    foundBy: tellingWords(about.short),
    rank: ask.isUsed(value) ? 1 : 2,
  }));
}

// ---- encounters and lists -----------------------------------------------------------------------------------------

/** A value of a fact in an encounter. */
function ofStated(fact: Fact, item: boolean, ask: Ask): readonly Draft[] {
  const wanted: Wanted = {
    type: { ...fact.type, list: false },
    unit: fact.unit ?? null,
    values: fact.values ?? null,
    item: true,
    mayBeFact: false,
    size: false,
  };
  const example: readonly Draft[] =
    fact.example === '' || ['choice', 'boolean', 'payer'].includes(fact.type.scalar)
      ? []
      : [
          {
            label: fact.example,
            kind: 'word',
            detail: 'for example',
            documentation: factMarkdown(fact),
            insert: literally(fact.example),
            rank: 9,
          },
        ];
  if (item) return unlessTaken(literalsOf(wanted, ask), ask);
  const literals = literalsOf(wanted, ask);
  if (!fact.type.list) return [...literals, ...example];
  return [...literals.map((draft) => ({ ...draft, insert: `[${draft.insert}$1]$0` })), ...example];
}

/** Codes, modifiers or payers that other lists name, for a list of the same kind. */
function ofList(ask: Ask): readonly Draft[] {
  const of = ask.at.root?.entries.find(({ key }) => key === 'of')?.value;
  const kind = of?.kind === 'scalar' ? of.text : '';
  if (kind === 'payer') return payerDrafts(ask);
  if (kind === 'modifier' || kind === 'diagnosis') return codeDrafts(kind, ask);
  return kind === 'code' || kind === 'pair' ? codeDrafts('code', ask) : [];
}
