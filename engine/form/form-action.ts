import type { TextEdit } from '../base/text-edit.ts';
import type { OperatorName } from '../model/operators.ts';
import type { YamlPath } from '../yaml/edit-yaml.ts';
import type { YamlValue } from '../yaml/write-yaml.ts';

/** What one can do in a form. Paths are those of the description that is shown. */
export type FormAction =
  /** Fills a field in, or changes it. */
  | { readonly kind: 'set'; readonly path: YamlPath; readonly value: YamlValue }
  /** Takes something out, and the block that held only this with it. */
  | { readonly kind: 'clear'; readonly path: YamlPath }
  /** One citation is written as one, several as a list. */
  | { readonly kind: 'set-cites'; readonly path: YamlPath; readonly cites: readonly string[] }
  | { readonly kind: 'rename-key'; readonly path: YamlPath; readonly key: string }
  | { readonly kind: 'move'; readonly list: YamlPath; readonly from: number; readonly to: number }
  // Conditions. A block that is not there yet is made.
  | { readonly kind: 'add-test'; readonly block: YamlPath; readonly fact: string }
  | { readonly kind: 'add-named'; readonly block: YamlPath; readonly name: string }
  | {
      readonly kind: 'add-group';
      readonly block: YamlPath;
      readonly word: 'all' | 'any' | 'not' | 'anyOtherLine' | 'everyOtherLine' | 'noOtherLine';
      readonly fact: string;
    }
  /** One more block of an `all` or `any`. */
  | { readonly kind: 'add-alternative'; readonly group: YamlPath; readonly fact: string }
  | { readonly kind: 'change-word'; readonly path: YamlPath; readonly word: string }
  | { readonly kind: 'change-fact'; readonly factPath: YamlPath; readonly fact: string }
  /** `documented` also says whether it must be, or must not. */
  | {
      readonly kind: 'change-operator';
      readonly path: YamlPath;
      readonly factPath: YamlPath;
      readonly operator: OperatorName;
      readonly documented?: boolean;
    }
  /** How a figure is calculated; what it is calculated of stays where it fits. */
  | { readonly kind: 'change-calculation'; readonly path: YamlPath; readonly to: string }
  // Rules.
  | { readonly kind: 'add-rule'; readonly index: number }
  | { readonly kind: 'duplicate-rule'; readonly index: number }
  // Parameters.
  | {
      readonly kind: 'add-parameter';
      readonly name: string;
      readonly value: YamlValue;
      readonly unit: string | null;
      /** The operand that is to use it. */
      readonly use: YamlPath | null;
    }
  | {
      readonly kind: 'date-parameter';
      readonly path: YamlPath;
      readonly from: string;
      readonly value: YamlValue;
    }
  // Lists.
  | {
      readonly kind: 'add-entry';
      readonly value: string;
      readonly columnTwo: string | null;
      readonly short: string;
    };

/** What an action changes, and the key of the thing that one goes on with. */
export interface FileFormEdits {
  /** "Change the threshold": for undo. */
  readonly label: string;
  readonly edits: readonly TextEdit[];
  readonly focus: string | null;
}
