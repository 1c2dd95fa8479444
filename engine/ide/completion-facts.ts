import { ownerOf } from '../facts/fact-table.ts';
import type { Fact, FactType } from '../facts/vocabulary.ts';
import { sectionOf } from '../facts/vocabulary.ts';
import { tellingWords } from './completion-item.ts';
import type { Ask, Draft } from './completion-item.ts';
import type { ScopeHere } from './context.ts';
import type { FigureHere } from './policy-names.ts';
import { factMarkdown, figureMarkdown, figureWords, typeWords } from './words.ts';

/** A fact or a figure that may be named at a place. */
export interface Nameable {
  readonly written: string;
  readonly type: FactType;
  readonly unit: string | null;
  readonly detail: string;
  readonly documentation: () => string;
  readonly foundBy: string;
  readonly kind: 'fact' | 'figure';
  /** Small numbers stand first. */
  readonly rank: number;
}

/** Every fact that may stand in a condition here, those of the other line first where such a line is meant. */
export function nameableFacts({ workspace, isUsed, at: { scope } }: Ask): readonly Nameable[] {
  const facts = workspace.vocabulary.facts.flatMap((fact): Nameable[] => {
    if (!mayStand(fact, scope)) return [];
    // In a rule for lines those of the line are meant more often than those of the visit.
    const isNear = scope.subject === 'visit' || ownerOf(fact.path) !== 'visit';
    const own = nameable(fact, fact.path, isUsed(fact.path) ? 1 : isNear ? 2 : 3);
    if (!scope.inOtherLine || ownerOf(fact.path) !== 'line' || fact.computed) return [own];
    const other = `other.${fact.path}`;
    return [nameable(fact, other, isUsed(other) ? 0 : 1), { ...own, rank: own.rank + 3 }];
  });
  const withinFigure = scope.subject.startsWith('figure');
  const figures = withinFigure ? [] : scope.names.figures.map(nameableFigure);
  return [...figures.map((figure) => (scope.inOtherLine ? { ...figure, rank: 3 } : figure)), ...facts];
}

function nameable(fact: Fact, written: string, rank: number): Nameable {
  return {
    written,
    type: fact.type,
    unit: fact.unit ?? null,
    detail: typeWords(fact.type, fact.unit),
    documentation: () => factMarkdown(fact, written),
    foundBy: foundBy(fact),
    kind: 'fact',
    rank,
  };
}

function nameableFigure(figure: FigureHere): Nameable {
  return {
    written: `derived.${figure.name}`,
    type: figure.type,
    unit: figure.unit,
    detail: typeWords(figure.type, figure.unit),
    documentation: () => figureMarkdown(figure),
    foundBy: tellingWords(figureWords(figure)),
    kind: 'figure',
    rank: 1,
  };
}

/** By what a fact is found besides its path. */
export function foundBy({ alsoCalled = [], unit, meaning }: Fact): string {
  return [...alsoCalled, unit ?? '', tellingWords(meaning)].filter((part) => part !== '').join(' ');
}

/** The same questions that `factRef` asks where a policy is resolved. */
function mayStand(fact: Fact, { subject, names }: ScopeHere): boolean {
  if (fact.computed && !names.hasTimeRule) return false;
  const owner = ownerOf(fact.path);
  if (owner === 'prior') return subject === 'figure-prior' || subject === 'figure';
  if (owner === 'line') return subject !== 'visit' && subject !== 'figure-prior';
  // A figure runs over lines or earlier visits, and the visit is the same for all of them.
  return subject !== 'figure';
}

/** Facts as keys of a condition. */
export function factKeys(ask: Ask, taken: readonly string[]): readonly Draft[] {
  return nameableFacts(ask)
    .filter(({ written }) => !taken.includes(written))
    .map(({ written, kind, detail, documentation, foundBy: words, rank }) => ({
      label: written,
      kind,
      detail,
      documentation: documentation(),
      insert: ask.at.cursor.hasColon ? written : `${written}: $0`,
      foundBy: words,
      rank,
      retrigger: !ask.at.cursor.hasColon,
    }));
}

/** Facts as values: `{ fact: … }`, and what a figure is calculated from. */
export function factNames(ask: Ask): readonly Draft[] {
  const { scope } = ask.at;
  return nameableFacts(ask)
    .filter(({ type }) => fitsWanted(type, scope))
    .map(({ written, kind, detail, documentation, foundBy: words, rank }) => ({
      label: written,
      kind,
      detail,
      documentation: documentation(),
      insert: written,
      foundBy: words,
      rank,
    }));
}

function fitsWanted(type: FactType, { wanted }: ScopeHere): boolean {
  return wanted === null ? !type.list : wanted.some((other) => sameKind(type, other));
}

/** Whether two facts can be compared, as `{ fact: … }` asks. */
export function sameKind(a: FactType, b: FactType): boolean {
  const isText = ({ scalar }: FactType) => scalar === 'text' || scalar === 'code';
  return a.list === b.list && (a.scalar === b.scalar || (isText(a) && isText(b)));
}

/** The facts of one section of an encounter, by the word behind the dot. */
export function statedFacts({ workspace }: Ask, section: string): readonly Fact[] {
  return workspace.vocabulary.facts.filter((fact) => !fact.computed && sectionOf(fact.path) === section);
}
