import { useCallback, useEffect, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';

import type { DiagnosticCode } from '#engine';

import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Quoted } from '../../ui/Quoted.tsx';
import type { PanelProps } from '../panel.ts';
import './about-problem.css';

/** What can be wrong: all kinds of problems to choose from, or the page of one. */
export function AboutProblemDialog({ session, workbench }: PanelProps) {
  return session.problem === null ? (
    <Kinds workbench={workbench} />
  ) : (
    <Kind key={session.problem} code={session.problem} workbench={workbench} />
  );
}

function Kinds({ workbench }: Pick<PanelProps, 'workbench'>) {
  const kinds = useAnswer(useCallback(() => workbench.ask('problemKinds', undefined), [workbench]));
  return (
    <Dialog
      title="What can be wrong in a file"
      note="Choose a kind of problem to read what it means and what to write instead."
      onLeave={() => workbench.leaveDialog()}
      buttons={<Back workbench={workbench} />}
    >
      <ListBox
        className="about-problem-kinds"
        aria-label="Kinds of problems"
        items={(kinds ?? []).map((kind) => ({ ...kind, id: kind.code }))}
        onAction={(code) => workbench.readAbout(code as DiagnosticCode)}
      >
        {({ title }) => <ListBoxItem className="about-problem-kind">{title}</ListBoxItem>}
      </ListBox>
    </Dialog>
  );
}

/** What a kind of problem means, a text in which it stands, and the same as it should be. */
function Kind({ code, workbench }: Pick<PanelProps, 'workbench'> & { readonly code: DiagnosticCode }) {
  const page = useAnswer(useCallback(() => workbench.ask('aboutProblem', { code }), [workbench, code]));
  return (
    <Dialog
      title={page?.title ?? 'One moment …'}
      onLeave={() => workbench.leaveDialog()}
      buttons={
        <>
          <Button look="quiet" onPress={() => workbench.readAbout(null)}>
            Other kinds of problems
          </Button>
          <Back workbench={workbench} />
        </>
      }
    >
      {page === null ? null : (
        <div className="about-problem">
          <p>
            <Quoted text={page.means} />
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

function Back({ workbench }: Pick<PanelProps, 'workbench'>) {
  return (
    <Button look="main" onPress={() => workbench.leaveDialog()}>
      Back to the file
    </Button>
  );
}

/** What the worker answers; null until it has. */
function useAnswer<T>(ask: () => Promise<T>): T | null {
  const [answer, setAnswer] = useState<T | null>(null);
  useEffect(() => {
    let wanted = true;
    void ask().then((it) => {
      if (wanted) setAnswer(it);
    });
    return () => {
      wanted = false;
    };
  }, [ask]);
  return answer;
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
