import { parseDocument } from 'yaml';
import { createSource } from '../base/source.ts';
import { createReporter, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Read } from '../diagnostics/diagnostic.ts';
import { parseYaml } from './parse-yaml.ts';
import type { YamlNode } from './parse-yaml.ts';

/**
 * The canonical text of a file: two spaces, one blank line at most, lines of 110, comments and order kept.
 * A text that cannot be read comes back untouched, with the reasons.
 */
export function formatYaml(path: string, text: string): Read<string> {
  const reporter = createReporter(createSource(path, text));
  const before = parseYaml(reporter.source, reporter);
  if (before === null || hasErrors(reporter.diagnostics))
    return { value: text, diagnostics: reporter.diagnostics };
  // Failsafe: every scalar stays the text it was, so that 00100 keeps its zeros.
  const document = parseDocument(text.replace(/^\uFEFF/, ''), {
    schema: 'failsafe',
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'silent',
  });
  const written = document.toString({
    indent: 2,
    lineWidth: 110,
    flowCollectionPadding: true,
    singleQuote: null,
    nullStr: '',
  });
  const formatted = tightenLists(written).replace(/\n{3,}/g, '\n\n');
  const after = createReporter(createSource(path, formatted));
  const again = parseYaml(after.source, after);
  // INVARIANT: formatting never changes what a file says. Where it would, the file stays as it is.
  return {
    value: again !== null && sameTree(before, again) ? formatted : text,
    diagnostics: reporter.diagnostics,
  };
}

/** `[ a, b ]` as `[a, b]`: the library pads braces and brackets alike. Quoted text and comments stay. */
function tightenLists(text: string): string {
  return text.replace(
    /(?<=[:,[{\s-]\s*)"(?:[^"\\]|\\.)*"|(?<=[:,[{\s-]\s*)'(?:[^']|'')*'|(?<=\s)#[^\n]*|(\[) (?=\S)|(?<=\S) (\])/g,
    (whole, open: string | undefined, close: string | undefined) => open ?? close ?? whole,
  );
}

/** Whether two trees say the same; where they stand does not count. */
export function sameTree(a: YamlNode, b: YamlNode): boolean {
  if (a.kind === 'scalar')
    return b.kind === 'scalar' && a.text === b.text && (a.isNull === b.isNull || a.text === '');
  if (a.kind === 'list')
    return (
      b.kind === 'list' &&
      a.items.length === b.items.length &&
      a.items.every((item, index) => sameTree(item, b.items[index]!))
    );
  return (
    b.kind === 'map' &&
    a.entries.length === b.entries.length &&
    a.entries.every(
      (entry, index) => entry.key === b.entries[index]!.key && sameTree(entry.value, b.entries[index]!.value),
    )
  );
}
