import type { Vocabulary } from '../facts/encounter.ts';
import type { FactType } from '../facts/vocabulary.ts';
import { derivedFunctions } from '../model/policy.ts';
import type { DerivedFunction } from '../model/policy.ts';
import { entryOf, mapBehind, sketchYaml, textBehind } from './sketch.ts';
import type { Sketch, SketchMap } from './sketch.ts';

/** The names of a policy, as far as its text can be told while it is being typed; its own stand over those of its base. */
export interface PolicyNames extends NamesHere {
  /** Those that the file itself defines. */
  readonly own: NamesHere;
  /** Those of the policy that it extends. */
  readonly base: NamesHere | null;
}

export interface NamesHere {
  readonly parameters: readonly ParameterHere[];
  readonly conditions: readonly string[];
  readonly figures: readonly FigureHere[];
  readonly rules: readonly string[];
  readonly hasTimeRule: boolean;
}

export interface ParameterHere {
  readonly name: string;
  readonly unit: string | null;
  readonly isList: boolean;
  readonly values: readonly ParameterValueHere[];
}

export interface ParameterValueHere {
  readonly items: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  readonly cites: readonly string[];
}

export interface FigureHere {
  readonly name: string;
  readonly calculation: DerivedFunction;
  /** What it runs over: a fact, or `lines` and `priorVisits`. */
  readonly of: string;
  readonly type: FactType;
  readonly unit: string | null;
}

/** The names of a policy; those of the policy it extends stand below its own. */
export function policyNames(
  root: SketchMap | null,
  vocabulary: Vocabulary,
  policyText: (id: string) => string | null,
): PolicyNames {
  const own = namesIn(root, vocabulary);
  const extended = textBehind(root, 'extends');
  const baseText = extended === null ? null : policyText(extended);
  const base = baseText === null ? null : sketchYaml(baseText);
  if (base?.kind !== 'map') return { ...own, own, base: null };
  const below = namesIn(base, vocabulary);
  const over = <T>(above: readonly T[], under: readonly T[], nameOf: (item: T) => string): readonly T[] => [
    ...above,
    ...under.filter((item) => !above.some((other) => nameOf(other) === nameOf(item))),
  ];
  return {
    parameters: over(own.parameters, below.parameters, ({ name }) => name),
    conditions: over(own.conditions, below.conditions, (name) => name),
    figures: over(own.figures, below.figures, ({ name }) => name),
    rules: over(own.rules, below.rules, (name) => name),
    hasTimeRule: own.hasTimeRule || below.hasTimeRule,
    own,
    base: below,
  };
}

function namesIn(root: SketchMap | null, vocabulary: Vocabulary): NamesHere {
  const entries = (key: string) => mapBehind(root, key)?.entries.filter(({ hasColon }) => hasColon) ?? [];
  const rules = entryOf(root, 'rules')?.value;
  return {
    parameters: entries('parameters').map(({ key, value }) => parameterIn(key, value)),
    conditions: entries('conditions').map(({ key }) => key),
    figures: entries('derive').flatMap(({ key, value }) => figureIn(key, value, vocabulary)),
    rules: rules?.kind === 'list' ? rules.items.flatMap(({ value }) => ruleId(value)) : [],
    hasTimeRule: entryOf(root, 'timeRule') !== undefined,
  };
}

function ruleId(value: Sketch | null): readonly string[] {
  const id = value?.kind === 'map' ? textBehind(value, 'id') : null;
  return id === null ? [] : [id];
}

function parameterIn(name: string, value: Sketch | null): ParameterHere {
  const maps = value?.kind === 'list' ? value.items.map((item) => item.value) : [value];
  const values = maps.flatMap((map): (ParameterValueHere & { unit: string | null; isList: boolean })[] => {
    if (map?.kind !== 'map') return [];
    const stated = entryOf(map, 'value')?.value ?? null;
    return [
      {
        items: textsIn(stated),
        isList: stated?.kind === 'list',
        from: textBehind(map, 'from'),
        to: textBehind(map, 'to'),
        cites: textsIn(entryOf(map, 'cite')?.value ?? null),
        unit: textBehind(map, 'unit'),
      },
    ];
  });
  return {
    name,
    unit: values.find(({ unit }) => unit !== null)?.unit ?? null,
    isList: values.some(({ isList }) => isList),
    values,
  };
}

function textsIn(node: Sketch | null): readonly string[] {
  if (node?.kind === 'scalar') return [node.text];
  if (node?.kind === 'list')
    return node.items.flatMap(({ value }) => (value?.kind === 'scalar' ? [value.text] : []));
  return [];
}

function figureIn(name: string, value: Sketch | null, vocabulary: Vocabulary): readonly FigureHere[] {
  if (value?.kind !== 'map') return [];
  const calculation = derivedFunctions.find((key) => textBehind(value, key) !== null);
  if (!calculation) return [];
  const of = textBehind(value, calculation)!;
  const fact = vocabulary.byPath.get(of);
  const isDate = (calculation === 'min' || calculation === 'max') && fact?.type.scalar === 'date';
  const counts = calculation === 'count' || calculation === 'countDistinct';
  return [
    {
      name,
      calculation,
      of,
      type: { scalar: isDate ? 'date' : 'number', list: false },
      unit: counts ? null : (fact?.unit ?? null),
    },
  ];
}
