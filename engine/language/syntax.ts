import type { Day } from '../base/calendar-date.ts';
import type { Place, Source } from '../base/source.ts';
import type { YamlEntry, YamlNode } from '../yaml/parse-yaml.ts';

export const policyKinds = ['code-definition', 'time-threshold', 'documentation', 'billing'] as const;
export type PolicyKind = (typeof policyKinds)[number];

/** What becomes of a line (or visit) that violates a rule, gravest first. */
export const effects = ['deny', 'review', 'reduce', 'advise'] as const;
export type Effect = (typeof effects)[number];

/** How minutes become units; see `facts/derived/time-rule.ts`. */
export const timeMethods = ['per-service', 'total-time', 'full-units'] as const;
export type TimeMethod = (typeof timeMethods)[number];

/**
 * A policy as it is written: keys taken and told apart, names not yet bound.
 * Conditions stay YAML here, because what they mean depends on the vocabulary and on other files.
 */
export interface PolicySyntax {
  readonly source: Source;
  readonly id: string;
  readonly idPlace: Place;
  readonly title: string;
  readonly kind: PolicyKind | null;
  readonly payers: readonly TextAt[] | null;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly effectivePlace: Place;
  /** 'wrong': it is there, and nothing could be made of it. */
  readonly received: ReceivedSyntax | 'wrong' | null;
  readonly extends: TextAt | null;
  readonly parameters: readonly ParameterSyntax[];
  readonly timeRule: TimeRuleSyntax | null;
  readonly derive: readonly YamlEntry[];
  readonly conditions: readonly YamlEntry[];
  readonly rules: readonly RuleSyntax[];
}

/** The days on which a claim may be received: one end at least, both inclusive; the place is that of the key. */
export interface ReceivedSyntax {
  readonly from: Day | null;
  readonly to: Day | null;
  readonly place: Place;
}

export interface TextAt {
  readonly text: string;
  readonly node: YamlNode;
}

export interface EffectAt {
  readonly text: Effect;
  readonly node: YamlNode;
}

export interface ParameterSyntax {
  readonly name: string;
  readonly unit: string | null;
  readonly values: readonly ParameterValueSyntax[];
  readonly place: Place;
}

export interface ParameterValueSyntax {
  readonly from: Day | null;
  readonly to: Day | null;
  readonly node: YamlNode;
  readonly cites: readonly TextAt[];
}

export interface TimeRuleSyntax {
  readonly method: TimeMethod;
  readonly codes: YamlNode;
  readonly minutesPerUnit: YamlNode | null;
  readonly minimumMinutes: YamlNode | null;
  readonly cites: readonly TextAt[];
  readonly node: YamlNode;
}

export interface RuleSyntax {
  readonly id: string;
  readonly title: string;
  readonly cites: readonly TextAt[];
  readonly scope: 'line' | 'visit';
  readonly received: ReceivedSyntax | null;
  readonly when: YamlNode | null;
  readonly require: YamlNode | null;
  readonly unless: YamlNode | null;
  readonly effect: EffectAt;
  readonly message: TextAt | null;
  readonly remedy: string;
  readonly node: YamlNode;
  readonly place: Place;
}

/** A dated list of codes (or modifiers, payers, pairs of codes), each entry with a short description of our own. */
export interface CodeList {
  readonly id: string;
  readonly title: string;
  readonly of: ListKind;
  readonly entries: readonly ListEntry[];
  readonly cites: readonly TextAt[];
  readonly place: Place;
  readonly source: Source;
}

export const listKinds = ['code', 'modifier', 'diagnosis', 'payer', 'text', 'pair'] as const;
export type ListKind = (typeof listKinds)[number];

export interface ListEntry {
  /** The value, or for a pair column one. */
  readonly value: string;
  /** Column two of a pair. */
  readonly columnTwo: string | null;
  readonly short: string;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly cites: readonly TextAt[];
  readonly place: Place;
}

export const clauseBases = ['read', 'inferred', 'unverified'] as const;
export type ClauseBasis = (typeof clauseBases)[number];

/** A page that policies cite, clause by clause. */
export interface PolicySource {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly address: string;
  /** ISO date of the reading, or empty. */
  readonly read: string;
  readonly clauses: readonly Clause[];
  readonly place: Place;
}

export interface Clause {
  readonly id: string;
  readonly text: string;
  readonly basis: ClauseBasis;
  /** Why no rule implements it, where that is deliberate. */
  readonly setAside: string | null;
  readonly place: Place;
}
