import { createSource } from '../base/source.ts';
import type { Source } from '../base/source.ts';
import { createReporter } from '../diagnostics/diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { parseVocabulary } from '../facts/parse-vocabulary.ts';
import type { ParsedFact } from '../facts/parse-vocabulary.ts';
import { parseList } from '../language/parse-list.ts';
import { parsePolicy } from '../language/parse-policy.ts';
import { parseSettings } from '../language/parse-settings.ts';
import type { SettingsFile } from '../language/parse-settings.ts';
import { parseSource } from '../language/parse-source.ts';
import type { CodeList, PolicySource, PolicySyntax } from '../language/syntax.ts';
import { parseSuite } from '../suites/parse-suite.ts';
import type { Suite } from '../suites/suite.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';

/** One file as it was read, before it meets the others. An encounter stays a tree, since the vocabulary is not known yet. */
export type ReadFile =
  | (ReadBase & { readonly kind: 'policy'; readonly value: PolicySyntax | null })
  | (ReadBase & { readonly kind: 'list'; readonly value: CodeList | null })
  | (ReadBase & { readonly kind: 'source'; readonly value: PolicySource | null })
  | (ReadBase & { readonly kind: 'vocabulary'; readonly value: readonly ParsedFact[] })
  | (ReadBase & { readonly kind: 'settings'; readonly value: SettingsFile | null })
  | (ReadBase & { readonly kind: 'suite'; readonly value: Suite | null })
  | (ReadBase & { readonly kind: 'encounter'; readonly value: YamlNode | null })
  | (ReadBase & { readonly kind: 'other'; readonly value: null });

interface ReadBase {
  readonly path: string;
  readonly source: Source;
  /** The tree of the text; null where none could be read, or the file is none of ours. */
  readonly root: YamlNode | null;
  readonly diagnostics: readonly Diagnostic[];
}

export const fileKinds = [
  'policy',
  'list',
  'source',
  'vocabulary',
  'settings',
  'suite',
  'encounter',
] as const;
export type FileKind = (typeof fileKinds)[number];

/** The double suffix says what a file is: `2024-01-01.policy.yaml`. */
export function fileKind(path: string): FileKind | null {
  const match = /\.([a-z]+)\.ya?ml$/.exec(path);
  return fileKinds.find((kind) => kind === match?.[1]) ?? null;
}

export function readFile(path: string, text: string): ReadFile {
  const source = createSource(path, text);
  const reporter = createReporter(source);
  const kind = fileKind(path);
  if (kind === null) {
    if (/\.ya?ml$/.test(path)) {
      const at = { span: { from: 0, to: Math.min(1, text.length) }, yamlPath: '' };
      const names = fileKinds.map((name) => `.${name}.yaml`).join(', ');
      reporter.report(
        'file-kind',
        at,
        'the name of this file does not say what it holds, so it is not read',
        `let it end in one of ${names}`,
        { severity: 'warning' },
      );
    }
    return { path, source, root: null, diagnostics: reporter.diagnostics, kind: 'other', value: null };
  }
  const root = parseYaml(source, reporter);
  const base = { path, source, root, diagnostics: reporter.diagnostics };
  switch (kind) {
    case 'policy':
      return { ...base, kind, value: root && parsePolicy(source, root, reporter) };
    case 'list':
      return { ...base, kind, value: root && parseList(source, root, reporter) };
    case 'source':
      return { ...base, kind, value: root && parseSource(source, root, reporter) };
    case 'vocabulary':
      return { ...base, kind, value: root ? parseVocabulary(source, root, reporter) : [] };
    case 'settings':
      return { ...base, kind, value: root && parseSettings(source, root, reporter) };
    case 'suite':
      return { ...base, kind, value: root && parseSuite(source, root, reporter) };
    case 'encounter':
      return { ...base, kind, value: root };
  }
}
