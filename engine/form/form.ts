import type { Span } from '../base/span.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { OperatorName } from '../model/operators.ts';
import type { YamlPath } from '../yaml/edit-yaml.ts';

/**
 * A policy or a list as a form: what stands in the text, told apart into things that one can fill in.
 * It is made of the tree of the text alone, so a text with mistakes has a form too, and nothing in it is lost:
 * what the form cannot show is given as the text that stands there.
 */
export type FileForm = PolicyForm | ListForm;

/** A place of the file: its path of keys as a list, as one text (its name among all places), and where it stands. */
export interface Spot {
  readonly path: YamlPath;
  readonly key: string;
  /** Null where nothing stands there yet. */
  readonly at: Span | null;
}

/** One value that is filled in. */
export interface Field extends Spot {
  /** As the language understands it; null where there is none, or something other than one value. */
  readonly text: string | null;
  /** The text of the file, where something stands here that is not one value. */
  readonly instead: string | null;
}

/** `cite:`, one or several. */
export interface CitesField extends Spot {
  readonly cites: readonly string[];
  readonly instead: string | null;
}

/** Something that stands in the text and has no place in the form. */
export interface Leftover extends Spot {
  readonly text: string;
}

interface FormBase {
  readonly path: string;
  readonly id: Field;
  readonly title: Field;
  readonly remark: Field;
  readonly leftovers: readonly Leftover[];
  /** Mistakes by the key of the innermost spot that they concern; '' are those of the file as a whole. */
  readonly problems: { readonly [key: string]: readonly Diagnostic[] };
}

export interface PolicyForm extends FormBase {
  readonly kind: 'policy';
  readonly policyKind: Field;
  /** Ids of payers; null: every payer. */
  readonly payers: ItemsField;
  readonly from: Field;
  readonly to: Field;
  readonly received: PeriodField;
  readonly review: { readonly [key in 'notified' | 'last' | 'next' | 'owner']: Field };
  readonly extends: Field;
  readonly parameters: readonly ParameterForm[];
  readonly timeRule: TimeRuleForm | null;
  readonly figures: readonly FigureForm[];
  readonly conditions: readonly NamedBlock[];
  readonly rules: readonly RuleForm[];
}

/** A list of plain values, such as `payers`. */
export interface ItemsField extends Spot {
  /** Null where there is no list. */
  readonly items: readonly string[] | null;
  readonly instead: string | null;
}

/** `received:`, a block of two days. */
export interface PeriodField extends Spot {
  readonly from: Field;
  readonly to: Field;
}

export interface ParameterForm extends Spot {
  readonly name: string;
  readonly dated: boolean;
  readonly unit: string | null;
  readonly values: readonly ParameterValueForm[];
  readonly leftovers: readonly Leftover[];
}

/** One value of a parameter: the only one, or that of a period. */
export interface ParameterValueForm extends Spot {
  readonly value: Field & { readonly items: readonly string[] | null };
  readonly unit: Field;
  readonly from: Field;
  readonly to: Field;
  readonly cite: CitesField;
  readonly remark: Field;
  readonly leftovers: readonly Leftover[];
}

export interface TimeRuleForm extends Spot {
  readonly method: Field;
  readonly codes: OperandForm & Spot;
  readonly minutesPerUnit: Field;
  readonly minimumMinutes: OperandForm & Spot;
  readonly cite: CitesField;
  readonly remark: Field;
  readonly leftovers: readonly Leftover[];
}

export interface FigureForm extends Spot {
  readonly name: string;
  /** `count`, `countDistinct`, `sum`, `min`, `max`; null where none or several are written. */
  readonly calculation: string | null;
  /** What it runs over: a fact, or `lines` and `priorVisits` for `count`. */
  readonly of: Field;
  readonly where: BlockForm;
  readonly leftovers: readonly Leftover[];
}

export interface NamedBlock extends Spot {
  readonly name: string;
  readonly block: BlockForm;
}

export interface RuleForm extends Spot {
  readonly index: number;
  readonly id: Field;
  readonly title: Field;
  readonly cite: CitesField;
  /** `line` or `visit`; null text means `line`. */
  readonly scope: Field;
  readonly received: PeriodField;
  readonly when: BlockForm;
  readonly require: BlockForm;
  readonly unless: BlockForm;
  /** `otherwise` or `then`, whichever stands there; its path says which. */
  readonly outcome: Field;
  readonly message: Field;
  readonly remedy: Field;
  readonly remark: Field;
  readonly leftovers: readonly Leftover[];
}

/** Whose facts can be used in a block. */
export type BlockSubject = 'line' | 'visit' | 'other-line' | 'figure-line' | 'figure-prior';

/** Conditions that must all hold; it may not be there yet. */
export interface BlockForm extends Spot {
  readonly subject: BlockSubject;
  readonly entries: readonly EntryForm[];
  /** The text of the file, where something other than conditions stands here. */
  readonly instead: string | null;
}

export type EntryForm = TestForm | GroupForm | NestedForm | NamedForm | OddEntry;

/** One test of a fact: "minutes are at least 8 minutes". */
export interface TestForm extends Spot {
  readonly kind: 'test';
  readonly fact: FactForm;
  /** `fact:` itself, so that it can be changed. */
  readonly factPath: YamlPath;
  /** Written in the short form: `line.code: 97530`. */
  readonly short: boolean;
  readonly operator: OperatorName;
  /** How the operator reads behind this fact. */
  readonly words: string;
  readonly wanted: Wanted;
  readonly operand: OperandForm;
  readonly operandPath: YamlPath;
}

/** `all` or `any` of several blocks. */
export interface GroupForm extends Spot {
  readonly kind: 'group';
  readonly word: 'all' | 'any';
  readonly blocks: readonly BlockForm[];
}

/** A block under `not`, or of the other lines. */
export interface NestedForm extends Spot {
  readonly kind: 'nested';
  readonly word: 'not' | 'anyOtherLine' | 'everyOtherLine' | 'noOtherLine';
  readonly block: BlockForm;
}

/** `condition: isTimed`. */
export interface NamedForm extends Spot {
  readonly kind: 'named';
  readonly name: Field;
}

/** What is not a condition that the form knows: kept, and shown as its text. */
export interface OddEntry extends Spot {
  readonly kind: 'odd';
  readonly text: string;
}

/** A fact as it is mentioned. */
export interface FactForm {
  readonly written: string;
  /** "minutes", "the other line's procedure code". */
  readonly words: string;
  readonly meaning: string;
  readonly unit: string | null;
}

/** What can be filled in as an operand. */
export type Wanted =
  | { readonly kind: 'one'; readonly value: WantedValue }
  | { readonly kind: 'several'; readonly value: WantedValue }
  | { readonly kind: 'yes-no' }
  | { readonly kind: 'within' }
  | { readonly kind: 'pairs' };

export interface WantedValue {
  readonly type:
    | 'code'
    | 'diagnosis'
    | 'modifier'
    | 'payer'
    | 'choice'
    | 'text'
    | 'number'
    | 'date'
    | 'boolean';
  readonly unit: string | null;
  readonly values: readonly string[] | null;
  readonly whole: boolean;
  readonly min: number | null;
  readonly max: number | null;
}

/** What a test compares with, as it is written. */
export type OperandForm =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'items'; readonly items: readonly string[] }
  /** `$name`. */
  | { readonly kind: 'name'; readonly name: string; readonly refers: 'parameter' | 'list' | null }
  | { readonly kind: 'fact'; readonly fact: FactForm; readonly plus: string | null }
  | { readonly kind: 'within'; readonly of: OperandForm; readonly days: OperandForm }
  | { readonly kind: 'pairs'; readonly fact: FactForm; readonly list: string }
  | { readonly kind: 'odd'; readonly text: string };

export interface ListForm extends FormBase {
  readonly kind: 'list';
  readonly of: Field;
  readonly cite: CitesField;
  readonly entries: readonly ListEntryForm[];
}

export interface ListEntryForm extends Spot {
  readonly index: number;
  /** The value, or for pairs column one. */
  readonly value: Field;
  /** Null in lists of single values. */
  readonly columnTwo: Field | null;
  readonly short: Field;
  readonly from: Field;
  readonly to: Field;
  readonly cite: CitesField;
  readonly remark: Field;
  readonly leftovers: readonly Leftover[];
}

/** The path of keys as one text, as diagnostics write it: `rules[0].when`. */
export function keyOf(path: YamlPath): string {
  let key = '';
  for (const part of path) {
    if (typeof part === 'number') key += `[${part}]`;
    else key += key === '' ? part : `.${part}`;
  }
  return key;
}
