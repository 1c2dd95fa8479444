import { relativePath } from '../base/paths.ts';
import { optionalSections } from '../facts/encounter.ts';
import { sectionMeanings } from '../workspace/shapes.ts';
import { baseEncounter, judgingPolicies, lineCount, lineWords } from './around-a-suite.ts';
import { tellingWords } from './completion-item.ts';
import type { Ask, Draft } from './completion-item.ts';
import { knownCodes } from './known-codes.ts';
import { clauseMarkdown, codeMarkdown, keyMarkdown, paragraphs } from './words.ts';
import { textBehind } from './sketch.ts';

/** Things that other files define, as values. */

/** Every clause of every source; first those of the sources that the file cites most, then those of its payer. */
export function clauseDrafts(ask: Ask): readonly Draft[] {
  const cited = new Map<string, number>();
  for (const [, source = ''] of ask.text.matchAll(/([a-z0-9-]+)#[a-z0-9-]+/g))
    cited.set(source, (cited.get(source) ?? 0) + 1);
  const own = ask.path.split('/').slice(1, -1);
  return ask.workspace.sources.flatMap((source) => {
    const times = cited.get(source.id);
    const isOfPayer = own.some((folder) => source.id.startsWith(folder));
    const rank = times !== undefined ? -times : isOfPayer ? 1 : 2;
    return source.clauses.map((clause): Draft => {
      const label = `${source.id}#${clause.id}`;
      return {
        label,
        kind: 'clause',
        detail: clause.text,
        documentation: clauseMarkdown(source, clause),
        insert: label,
        // Behind `#` a word is not the beginning of one to an editor.
        foundBy: `${clause.id} ${tellingWords(clause.text)}`,
        rank,
      };
    });
  });
}

/** Every rule, as `policy/rule`; in a suite those of the policies by which it judges. */
export function knownRules(ask: Ask): readonly Draft[] {
  const titles = new Map(
    judgingPolicies(ask).flatMap(({ rules }) => rules.map((rule) => [rule.id, rule] as const)),
  );
  return [...titles.values()].map(({ id, title, effect }) => ({
    label: id,
    kind: 'rule',
    detail: title,
    documentation: paragraphs(`**${id}**`, title, `Where it is violated: ${effect}.`),
    insert: id,
    foundBy: tellingWords(title),
    rank: ask.isUsed(id) ? 0 : 1,
  }));
}

export function policyDrafts(ask: Ask, onlyPlain: boolean): readonly Draft[] {
  const own = textBehind(ask.at.root, 'policy');
  const titles = new Map(
    ask.workspace.policies
      .filter(({ id, extends: base }) => id !== own && !(onlyPlain && base !== null))
      .map((policy) => [policy.id, policy]),
  );
  return [...titles.values()].map(({ id, title, payers }) => ({
    label: id,
    kind: 'policy',
    detail: title,
    documentation: paragraphs(
      `**${id}**`,
      title,
      payers === null ? 'For every payer.' : `For ${payers.join(', ')}.`,
    ),
    insert: id,
    foundBy: tellingWords(title),
    rank: 0,
  }));
}

export function payerDrafts({ workspace }: Ask): readonly Draft[] {
  const payers = knownCodes(
    workspace.lists.filter(({ id }) => id === 'payers'),
    'payer',
  );
  return [...payers].map(([value, known]) => ({
    label: value,
    kind: 'payer',
    detail: known.short,
    documentation: codeMarkdown(value, known),
    insert: value,
    foundBy: tellingWords(known.short),
    rank: 0,
  }));
}

/** Saved encounters, relative to the folder of the suite. */
export function encounterDrafts(ask: Ask): readonly Draft[] {
  return ask.workspace.encounters.map(({ path, encounter }) => {
    const label = relativePath(ask.path, path);
    const title = encounter?.title ?? 'it has mistakes';
    return {
      label,
      kind: 'encounter',
      detail: title,
      documentation: paragraphs(
        `**${label}**`,
        title,
        encounter &&
          encounter.lines.map((_, index) => `${index + 1}. ${lineWords(encounter, index + 1)}`).join('\n'),
      ),
      insert: label,
      foundBy: tellingWords(title),
      rank: label.startsWith('..') ? 1 : 0,
    };
  });
}

/** What of an encounter can be taken away: sections, lines and their records. */
export function partDrafts(ask: Ask): readonly Draft[] {
  const base = baseEncounter(ask);
  const part = (label: string, meaning: string, rank: number): Draft => ({
    label,
    kind: 'word',
    detail: meaning,
    documentation: keyMarkdown(label, meaning),
    insert: label,
    foundBy: tellingWords(meaning),
    rank,
  });
  const numbers = Array.from({ length: lineCount(base) }, (_, index) => index + 1);
  return [
    ...optionalSections.map((section) => part(section, sectionMeanings[section], 0)),
    part('priorVisits', 'The earlier visits of the episode.', 0),
    ...numbers.flatMap((number) => {
      const words = base ? lineWords(base, number) : `line ${number}`;
      return [
        part(`lines.${number}.record`, `The record of ${words}.`, 1),
        part(`lines.${number}`, `The whole line ${words}.`, 2),
      ];
    }),
  ];
}
