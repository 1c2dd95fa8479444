import { lazy, Suspense, useState } from 'react';

import type { DiffHandle } from '../../monaco/TextDiff.tsx';
import { againstTitle } from '../../marks/against.ts';
import { titleIn } from '../../marks/title-in.ts';
import { useQuery } from '../../session/look.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Select } from '../../ui/Select.tsx';
import type { PanelProps } from '../panel.ts';

const TextDiff = lazy(() => import('../../monaco/TextDiff.tsx'));

interface FileBesideProps extends PanelProps {
  readonly path: string;
  /** The files that are written otherwise. */
  readonly paths: readonly string[];
  readonly onFile: (path: string) => void;
}

/** A file as it was and as it is: beside each other where there is room, else one below the other, line by line. */
export function FileBeside({ session, workbench, look, path, paths, onFile }: FileBesideProps) {
  const sideBySide = useQuery('(min-width: 1600px)');
  const [ready, setReady] = useState<{ readonly of: string; readonly diff: DiffHandle } | null>(null);
  const { against, shown, files, settings } = session;
  const file = files.get(path);
  const title = againstTitle(against);
  const texts = useAnswer(workbench, 'bothTexts', { path }, `${title} ${shown} ${file?.version}`);
  // What is typed is here before the worker has it.
  const now = shown === null ? (file?.text ?? null) : (texts?.after ?? null);
  const nowTitle = shown === null ? 'As it is now' : againstTitle({ kind: 'release', number: shown });
  const shownKey = `${path} ${String(sideBySide)}`;
  const diff = ready?.of === shownKey ? ready.diff : null;
  const name = (it: string): string => {
    const file = files.get(it);
    return file ? titleIn(file) : it;
  };
  return (
    <section className="changes-beside" aria-label="The text beside it">
      <div className="changes-beside-head">
        {paths.length === 1 ? (
          <span className="changes-beside-name">{name(path)}</span>
        ) : (
          <Select
            label="File"
            quiet
            choices={paths.map((id) => ({ id, title: name(id) }))}
            chosen={path}
            onChoose={onFile}
          />
        )}
        <span className="spacer" />
        <Button
          look="quiet"
          label="Previous change in the text"
          disabled={diff === null}
          onPress={() => diff?.goTo('previous')}
        >
          Previous
        </Button>
        <Button
          look="quiet"
          label="Next change in the text"
          disabled={diff === null}
          onPress={() => diff?.goTo('next')}
        >
          Next
        </Button>
        <Button look="quiet" disabled={file === undefined} onPress={() => workbench.chooseFile(path)}>
          Open
        </Button>
      </div>
      {sideBySide ? (
        <div className="changes-sides" aria-hidden="true">
          <span>{title}</span>
          <span>{nowTitle}</span>
        </div>
      ) : null}
      <div className="changes-diff">
        {texts === undefined ? null : (
          <Suspense fallback={<EmptyState title="Making it ready …" />}>
            <TextDiff
              key={shownKey}
              left={texts.before ?? ''}
              leftName={title}
              right={now ?? ''}
              rightName={nowTitle}
              look={look}
              textSize={settings.textSize}
              sideBySide={sideBySide}
              onReady={(made) => setReady({ of: shownKey, diff: made })}
            />
          </Suspense>
        )}
      </div>
    </section>
  );
}
