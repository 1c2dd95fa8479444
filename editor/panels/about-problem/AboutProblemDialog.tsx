import { useEffect, useState } from 'react';

import type { QueryResult } from '../../worker/all-queries.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Quoted } from '../../ui/Quoted.tsx';
import type { PanelProps } from '../panel.ts';
import './about-problem.css';

/** The page of one kind of problem: what it means, a text in which it stands, and the same as it should be. */
export function AboutProblemDialog({ session, workbench }: PanelProps) {
  const { problem } = session;
  const [page, setPage] = useState<QueryResult<'aboutProblem'> | null>(null);
  useEffect(() => {
    let wanted = true;
    if (problem)
      void workbench.ask('aboutProblem', { code: problem }).then((answer) => {
        if (wanted) setPage(answer);
      });
    return () => {
      wanted = false;
    };
  }, [problem, workbench]);

  return (
    <Dialog
      title={page?.title ?? 'One moment …'}
      onLeave={() => workbench.leaveDialog()}
      buttons={
        <Button look="main" onPress={() => workbench.leaveDialog()}>
          Back to the file
        </Button>
      }
    >
      {page === null ? null : (
        <div className="about-problem">
          <p>
            <Quoted text={page.means.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1')} />
          </p>
          {page.lines === null ? null : (
            <>
              <Example title="Avoid" tone="deny" text={page.lines.avoid} />
              <Example title="Prefer" tone="pay" text={page.lines.prefer} />
            </>
          )}
          <p className="about-problem-code">
            Known as <code className="quoted">{page.code}</code>
          </p>
        </div>
      )}
    </Dialog>
  );
}

interface ExampleProps {
  readonly title: string;
  readonly tone: 'deny' | 'pay';
  readonly text: string;
}

function Example({ title, tone, text }: ExampleProps) {
  return (
    <figure className={`about-problem-example about-problem-${tone}`}>
      <figcaption>
        <span aria-hidden="true">{tone === 'deny' ? '✗' : '✓'}</span> {title}
      </figcaption>
      {/* A part that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-label={`${title}, an example`}>
        {text}
      </pre>
    </figure>
  );
}
