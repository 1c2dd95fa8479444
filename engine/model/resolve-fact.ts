import { sectionOf } from '../facts/vocabulary.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';
import { reportUnknown } from '../yaml/reader.ts';
import { ownerOf } from '../facts/fact-table.ts';
import type { FactRef } from './condition.ts';
import type { DerivedFigure } from './policy.ts';
import type { Scope } from './scope.ts';

/** The fact that a path names at this place, or null with a report. */
export function factRef(
  written: string,
  at: Pick<YamlNode, 'span' | 'yamlPath'>,
  scope: Scope,
): FactRef | null {
  const { reporter, vocabulary } = scope;
  if (written.startsWith('derived.')) return derivedRef(written, at, scope);
  const isOther = written.startsWith('other.');
  const path = isOther ? written.slice('other.'.length) : written;
  const fact = vocabulary.byPath.get(path);
  if (!fact) {
    const known = [...vocabulary.byPath.keys()].map((name) => (isOther ? `other.${name}` : name));
    reportUnknown(
      'unknown-fact',
      at,
      written,
      [...known, ...[...scope.derived.keys()].map((name) => `derived.${name}`)],
      'a fact',
      reporter,
    );
    return null;
  }
  const refuse = (message: string, help: string): null => {
    reporter.report('fact-scope', at, message, help);
    return null;
  };
  const owner = ownerOf(path);
  if (isOther && owner !== 'line')
    return refuse(`\`${path}\` belongs to the visit, not to another line`, `write \`${path}\``);
  if (isOther && !scope.inOtherLine)
    return refuse(
      `\`${written}\` stands outside \`anyOtherLine\`, \`everyOtherLine\` and \`noOtherLine\``,
      'put it into one of these blocks, or leave `other.` out',
    );
  if (owner === 'line' && scope.subject === 'visit')
    return refuse(
      `\`${path}\` belongs to a line, and this rule judges the visit`,
      'use a figure of `derive:`, or write `for: line`',
    );
  if (owner === 'line' && scope.subject === 'figure-prior')
    return refuse(
      `\`${path}\` belongs to a line of this visit, and this figure runs over prior visits`,
      'use a fact of `prior.`',
    );
  if (owner === 'prior' && scope.subject !== 'figure-prior')
    return refuse(
      `\`${path}\` belongs to earlier visits, and can only stand in a figure over them`,
      'use it in `derive:`, for example `{ max: prior.therapies }`',
    );
  if (fact.computed && !scope.hasTimeRule) {
    reporter.report(
      'time-rule-missing',
      at,
      `\`${path}\` comes from a time rule, and this policy has none`,
      'add `timeRule:` to the policy',
    );
    return null;
  }
  return {
    written,
    path,
    section: sectionOf(path),
    owner: isOther ? 'other' : owner,
    type: fact.type,
    unit: fact.unit ?? null,
  };
}

function derivedRef(written: string, at: Pick<YamlNode, 'span' | 'yamlPath'>, scope: Scope): FactRef | null {
  const name = written.slice('derived.'.length);
  if (scope.subject === 'figure-line' || scope.subject === 'figure-prior') {
    scope.reporter.report(
      'fact-scope',
      at,
      `\`${written}\` cannot stand within another figure`,
      'write out what it counts',
    );
    return null;
  }
  const figure = scope.derived.get(name);
  if (!figure) {
    reportUnknown(
      'unknown-fact',
      at,
      written,
      [...scope.derived.keys()].map((known) => `derived.${known}`),
      'a figure of `derive:`',
      scope.reporter,
    );
    return null;
  }
  scope.used.add(`derived.${name}`);
  return derivedFactRef(figure);
}

/** A figure of a policy as a fact. */
export function derivedFactRef(figure: DerivedFigure): FactRef {
  const isDate =
    (figure.calculation === 'min' || figure.calculation === 'max') && figure.fact?.type.scalar === 'date';
  return {
    written: `derived.${figure.name}`,
    path: `derived.${figure.name}`,
    section: 'derived',
    owner: 'derived',
    type: { scalar: isDate ? 'date' : 'number', list: false },
    unit: figure.calculation.startsWith('count') ? null : (figure.fact?.unit ?? null),
  };
}
