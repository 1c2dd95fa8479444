import { Button as AriaButton } from 'react-aria-components';

import type { FileChanges } from './changes-view.ts';

interface WrittenOtherwiseProps {
  readonly files: readonly FileChanges[];
  readonly chosen: string | null;
  readonly onFile: (path: string) => void;
}

/** What is written otherwise, by file, rule and parameter; layout and order do not count. */
export function WrittenOtherwise({ files, chosen, onFile }: WrittenOtherwiseProps) {
  if (files.length === 0) return null;
  return (
    <section className="changes-section" aria-label="Written otherwise">
      <h3>
        Written otherwise <span>{files.reduce((sum, { rows }) => sum + rows.length, 0)}</span>
      </h3>
      <ul className="changes-files">
        {files.map(({ path, rows }) => (
          <li key={path}>
            <AriaButton
              className="link mono"
              {...(path === chosen ? { 'aria-current': 'true' } : {})}
              onPress={() => onFile(path)}
            >
              {path}
            </AriaButton>
            <ul>
              {rows.map(({ what, before, after }) => (
                <li key={what} className="changes-written">
                  <span className="changes-what">{what}</span>
                  <span>
                    {before === null ? (
                      <>
                        <span className="changes-soft">new: </span>
                        {after}
                      </>
                    ) : after === null ? (
                      <>
                        <span className="changes-soft">gone: </span>
                        <del>{before}</del>
                      </>
                    ) : (
                      <>
                        <del>{before}</del> <span aria-hidden="true">→</span>
                        <span className="visually-hidden">now</span> <ins>{after}</ins>
                      </>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
