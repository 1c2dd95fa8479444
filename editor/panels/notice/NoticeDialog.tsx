import { useMemo, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';

import { oldFiguresAdvice } from '#engine';
import type { NoticeBlock } from '#engine';

import { againstWords } from '../../marks/against.ts';
import { useAnswer } from '../../session/use-answer.ts';
import type { Workbench } from '../../session/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { download } from '../../ui/download.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Scrolling } from '../../ui/Scrolling.tsx';
import { Select } from '../../ui/Select.tsx';
import type { WrittenNotice } from '../../worker/queries/notice.ts';
import type { PanelProps } from '../panel.ts';
import { fileName } from './notice-view.ts';
import './notice.css';

const every = '*';

/** What providers are told of the change, to be printed or saved. */
export function NoticeDialog({ session, workbench }: PanelProps) {
  const [payer, setPayer] = useState<string | null>(session.settings.payer);
  const { files, against: chosen, shown } = session;
  // Another window may publish, and then everything is compared with another release.
  const versions = useMemo(() => [files, chosen, shown], [files, chosen, shown]);
  const notice = useAnswer(workbench, 'notice', { payer }, versions);
  const against = againstWords(session.against);
  const written = notice?.kind === 'written' ? notice : null;
  return (
    <Dialog
      size="large"
      title="Notice to providers"
      note={`What changes against ${against}, in their words. Read it before you send it.`}
      onLeave={() => workbench.leaveDialog()}
      buttons={
        <>
          {written === null || (written.payers.length < 2 && payer === null) ? null : (
            <Select
              label="Payer"
              quiet
              choices={[{ id: every, title: 'Every payer' }, ...written.payers]}
              chosen={payer ?? every}
              onChoose={(id) => setPayer(id === every ? null : id)}
            />
          )}
          <span className="spacer" />
          <Button disabled={written === null} onPress={() => written && save(written, 'md')}>
            Save as Markdown
          </Button>
          <Button disabled={written === null} onPress={() => written && save(written, 'html')}>
            Save as a web page
          </Button>
          <Button disabled={written === null} onPress={() => print()}>
            Print
          </Button>
          <Button look="main" onPress={() => workbench.leaveDialog()}>
            Close
          </Button>
        </>
      }
    >
      {written === null ? (
        <Without kind={notice?.kind === 'written' ? undefined : notice?.kind} against={against} />
      ) : (
        <div className="notice-read">
          <OldFigures written={written} workbench={workbench} />
          <Scrolling className="notice-sheet" label={written.title} focus>
            {written.blocks.map((block, at) => (
              <BlockPart key={at} block={block} />
            ))}
          </Scrolling>
        </div>
      )}
    </Dialog>
  );
}

/** Above the sheet and not on it: what it cites says another number than the rule. */
function OldFigures({
  written: { oldFigures },
  workbench,
}: {
  readonly written: WrittenNotice;
  readonly workbench: Workbench;
}) {
  if (oldFigures.length === 0) return null;
  return (
    <section className="notice-warning" aria-label="Before you send it">
      <h3>
        {oldFigures.length === 1
          ? 'A clause that is cited here says the old number.'
          : `${oldFigures.length} clauses that are cited here say the old number.`}
      </h3>
      <p>{oldFiguresAdvice}</p>
      <ul>
        {oldFigures.map(({ source, clause, words }) => (
          <li key={`${source}#${clause}`}>
            {words}{' '}
            <AriaButton
              className="link"
              aria-label={`Go to the clause ${clause} of ${source}`}
              onPress={() => {
                workbench.leaveDialog();
                workbench.showClause({ source, clause });
              }}
            >
              Go to the clause
            </AriaButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Without({
  kind,
  against,
}: {
  readonly kind: 'nothing' | 'unsound' | undefined;
  readonly against: string;
}) {
  switch (kind) {
    case undefined:
      return <EmptyState title="Writing it …" />;
    case 'unsound':
      return <EmptyState title={`Nothing can be told: ${against} have a mistake.`} />;
    case 'nothing':
      return (
        <EmptyState title="There is nothing to tell.">
          <p>No claim is decided otherwise than by {against}.</p>
        </EmptyState>
      );
  }
}

function save({ title, markdown, html }: WrittenNotice, kind: 'md' | 'html'): void {
  const text = kind === 'md' ? markdown : html;
  const type = kind === 'md' ? 'text/markdown' : 'text/html';
  download(fileName(title, kind), new TextEncoder().encode(text), type);
}

function BlockPart({ block }: { readonly block: NoticeBlock }) {
  switch (block.kind) {
    case 'heading': {
      // The dialog has the first one.
      const Level = ({ 1: 'h3', 2: 'h4', 3: 'h5' } as const)[block.level];
      return <Level className={`notice-heading notice-heading-${block.level}`}>{block.text}</Level>;
    }
    case 'terms':
      return (
        <dl className="notice-terms">
          {block.rows.map(([term, text]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      );
    case 'paragraph':
      return <p>{block.text}</p>;
    case 'list':
      return (
        <ul className="notice-list">
          {block.items.map(({ text, address }) => (
            <li key={text}>
              {text}
              {address === null ? null : <span className="notice-address"> {address}</span>}
            </li>
          ))}
        </ul>
      );
    case 'table':
      return (
        <table className="notice-table">
          <thead>
            <tr>
              {block.head.map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((cells, row) => (
              <tr key={row}>
                {cells.map(({ strong, text }, at) => (
                  <td key={at}>
                    {strong === '' ? null : <strong>{strong} </strong>}
                    {text}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'blank':
      return (
        <p className="notice-blank">
          <span className="visually-hidden">A line to write on: whom to ask</span>
        </p>
      );
  }
}
