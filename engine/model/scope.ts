import type { Source } from '../base/source.ts';
import type { Reporter } from '../diagnostics/diagnostic.ts';
import type { Vocabulary } from '../facts/encounter.ts';
import type { CodeList, ParameterSyntax } from '../language/syntax.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';
import type { DerivedFigure } from './policy.ts';

/** What names mean at one place of a policy, and whose facts may be used there. */
export interface Scope {
  readonly source: Source;
  readonly reporter: Reporter;
  readonly vocabulary: Vocabulary;
  readonly parameters: ReadonlyMap<string, ParameterSyntax>;
  readonly lists: ReadonlyMap<string, CodeList>;
  readonly conditions: ReadonlyMap<string, YamlNode>;
  readonly derived: ReadonlyMap<string, DerivedFigure>;
  readonly hasTimeRule: boolean;
  /** Whom the condition judges: a line, the visit, a line or a prior visit within a figure. */
  readonly subject: 'line' | 'visit' | 'figure-line' | 'figure-prior';
  /** Inside `anyOtherLine` and its kin. */
  readonly inOtherLine: boolean;
  /** Named conditions that are being resolved, outermost first. */
  readonly within: readonly string[];
  /** Names of parameters, conditions and figures that something uses. Filled while resolving one policy. */
  readonly used: Set<string>;
}
