import { useMemo } from 'react';

import { titleIn } from '../marks/title-in.ts';
import type { FilePanelProps } from '../panels/panel.ts';
import PolicyEditor from './PolicyEditor.tsx';

const nothing: readonly never[] = [];

/** The open file as the text that it is. */
export default function TextView({ session, workbench, look, file }: FilePanelProps) {
  const { judged, why, chosenCase, settings, jump } = session;
  const on = useMemo(
    () => ({
      ask: ((name, params) => workbench.ask(name, params)) as typeof workbench.ask,
      textOf: (path: string) => workbench.store.get().files.get(path)?.text ?? null,
      edit: (path: string, text: string) => workbench.edit(path, text),
      rule: (rule: string) => {
        workbench.filter('all');
        workbench.search(rule);
      },
      cursor: (path: string, line: number) => workbench.moveCursor({ path, line }),
    }),
    [workbench],
  );
  return (
    <PolicyEditor
      path={file.path}
      text={file.text}
      title={titleIn(file)}
      look={look}
      textSize={settings.textSize}
      jump={jump}
      diagnostics={judged?.diagnostics ?? nothing}
      rules={judged?.rules ?? nothing}
      explanations={why && why.caseKey === chosenCase ? why.explanations : nothing}
      onEdit={on.edit}
      onRule={on.rule}
      ask={on.ask}
      onCursor={on.cursor}
      textOf={on.textOf}
    />
  );
}
