import type { Reporter } from '../diagnostics/diagnostic.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';
import { takeText } from '../yaml/reader.ts';
import type { TextAt } from './syntax.ts';

/** `cite: source#clause`, or a list of such. Whether they exist is asked when the sources are known. */
export function takeCites(node: YamlNode | undefined, reporter: Reporter): readonly TextAt[] {
  if (!node) return [];
  const items = node.kind === 'list' ? node.items : [node];
  return items.flatMap((item) => {
    const text = takeText(item, 'a citation', reporter);
    if (text === null) return [];
    if (/^[a-z0-9-]+#[a-z0-9-]+$/.test(text)) return [{ text, node: item }];
    reporter.report(
      'unknown-source',
      item,
      `\`${text}\` does not point at a clause`,
      'write `source#clause`, for example `hns-97530#under-8-minutes`',
    );
    return [];
  });
}
