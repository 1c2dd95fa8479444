import { placeOf } from '../base/source.ts';
import type { Place, Source } from '../base/source.ts';
import type { Reporter } from '../diagnostics/diagnostic.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';
import {
  requireKey,
  takeHead,
  takeBoolean,
  takeKeys,
  takeList,
  takeMap,
  takeNumber,
  takeOneOf,
  takeText,
} from '../yaml/reader.ts';
import type { Fact, ScalarType } from './vocabulary.ts';
import { vocabulary } from './vocabulary.ts';

export const vocabularyKeys = ['vocabulary', 'title', 'remark', 'facts'] as const;
export const factKeys = [
  'path',
  'type',
  'list',
  'unit',
  'meaning',
  'example',
  'values',
  'whole',
  'min',
  'max',
] as const;
export const scalarTypes = [
  'code',
  'diagnosis',
  'modifier',
  'payer',
  'choice',
  'text',
  'number',
  'date',
  'boolean',
] as const satisfies readonly ScalarType[];

/** A fact of a vocabulary file, with the place of its path. */
export interface ParsedFact {
  readonly fact: Fact;
  readonly place: Place;
}

/** Facts that a workspace adds to the built-in ones; they are typed and checked like these. */
export function parseVocabulary(source: Source, root: YamlNode, reporter: Reporter): readonly ParsedFact[] {
  const map = takeMap(root, 'a vocabulary file', reporter);
  if (!map) return [];
  const keys = takeKeys(map, vocabularyKeys, 'a vocabulary', reporter);
  takeHead('vocabulary', keys, map, reporter);
  const factsNode = requireKey(keys.facts, 'facts', map, 'the vocabulary', reporter);
  const list = factsNode && takeList(factsNode, '`facts`', reporter);
  return list?.items.flatMap((item) => readFact(source, item, reporter) ?? []) ?? [];
}

function readFact(source: Source, node: YamlNode, reporter: Reporter): ParsedFact | null {
  const map = takeMap(node, 'a fact', reporter);
  if (!map) return null;
  const keys = takeKeys(map, factKeys, 'a fact', reporter);
  const pathNode = requireKey(
    keys.path,
    'path',
    map,
    'the fact',
    reporter,
    'add its path: `path: record.equipment`',
  );
  const path = pathNode && takeText(pathNode, 'the path', reporter);
  const typeNode = requireKey(keys.type, 'type', map, 'the fact', reporter);
  const type = typeNode && takeOneOf(typeNode, scalarTypes, 'a type', reporter);
  const meaningNode = requireKey(
    keys.meaning,
    'meaning',
    map,
    'the fact',
    reporter,
    'say in one sentence what it means',
  );
  const meaning = meaningNode && takeText(meaningNode, 'the meaning', reporter);
  const list = keys.list ? takeBoolean(keys.list, '`list`', reporter) : false;
  const whole = keys.whole ? takeBoolean(keys.whole, '`whole`', reporter) : false;
  const min = keys.min ? takeNumber(keys.min, '`min`', reporter) : null;
  const max = keys.max ? takeNumber(keys.max, '`max`', reporter) : null;
  const unit = keys.unit ? takeText(keys.unit, 'the unit', reporter) : null;
  const example = keys.example ? takeText(keys.example, 'the example', reporter) : null;
  const values = keys.values
    ? takeList(keys.values, '`values`', reporter)?.items.flatMap(
        (item) => takeText(item, 'a value', reporter) ?? [],
      )
    : undefined;
  if (!path || !type || !meaning) return null;
  if (!/^(?:visit|line|record|note|patient|provider|plan|episode|prior)\.[a-z][A-Za-z0-9]*$/.test(path)) {
    reporter.report(
      'invalid-id',
      pathNode,
      `\`${path}\` is not the path of a fact`,
      'write a section and a name, for example `record.equipment`',
    );
    return null;
  }
  if (vocabulary.some((fact) => fact.path === path)) {
    reporter.report('duplicate-id', pathNode, `\`${path}\` is a built-in fact`, 'choose another name');
    return null;
  }
  if (type === 'choice' && (!values || values.length === 0)) {
    requireKey(
      undefined,
      'values',
      map,
      'a fact of type choice',
      reporter,
      'list the values that it can have',
    );
    return null;
  }
  const fact: Fact = {
    path,
    type: { scalar: type, list: list ?? false },
    meaning,
    example: example ?? '',
    ...(unit ? { unit } : {}),
    ...(values ? { values } : {}),
    ...(whole ? { whole } : {}),
    ...(min === null ? {} : { min }),
    ...(max === null ? {} : { max }),
    forms: { x12: '–', cms1500: '–', fhir: '–' },
  };
  return { fact, place: placeOf(source, pathNode.span, pathNode.yamlPath) };
}
