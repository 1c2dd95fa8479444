import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';

import type { DocumentHead } from './document-view.ts';
import './document.css';

interface DocumentPanelProps {
  readonly head: DocumentHead;
  readonly onSettle: () => void;
  /** The editor itself. */
  readonly children: ReactNode;
}

const stateWords = { saving: 'Saving …', unsaved: 'Not saved', saved: null } as const;

export function DocumentPanel({ head, onSettle, children }: DocumentPanelProps) {
  const { state } = head;
  return (
    <section className="document" data-pane="editor" aria-label={head.title}>
      <div className="document-head">
        <h2>{head.title}</h2>
        <span className="document-detail">{head.detail}</span>
        <span className="spacer" />
        {state === 'conflict' ? (
          <Button className="document-conflict" onPress={onSettle}>
            Changed on disk: compare
          </Button>
        ) : stateWords[state] === null ? null : (
          <span className="document-state">{stateWords[state]}</span>
        )}
      </div>
      <div className="document-body">{children}</div>
      <div className="document-foot">
        <span className="document-path mono">{head.path}</span>
        <span>
          <kbd>Ctrl+M</kbd> lets Tab leave the text
        </span>
      </div>
    </section>
  );
}
