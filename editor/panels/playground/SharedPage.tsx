import { useEffect, useState } from 'react';

import { DecisionMark } from '../../marks/DecisionMark.tsx';
import { titleIn } from '../../marks/title-in.ts';
import type { OpenedLink, Shared } from '../../share/link.ts';
import { Button } from '../../ui/Button.tsx';
import type { Port } from '../../worker/client.ts';
import { createClient } from '../../worker/client.ts';
import { readJudged } from '../../worker/judged.ts';
import type { CaseRow } from '../../worker/protocol.ts';
import { kindsIn, speaksOfVisits } from './import-view.ts';

interface SharedPageProps {
  readonly link: Exclude<OpenedLink, { kind: 'none' }>;
  readonly newWorker: () => Port & { terminate(): void };
  readonly onKeep: (shared: Shared) => Promise<void>;
  readonly onLeave: () => void;
}

/** What a link holds, before anything of it is stored. */
export function SharedPage({ link, newWorker, onKeep, onLeave }: SharedPageProps) {
  return (
    <main className="shared">
      {link.kind === 'refused' ? (
        <>
          <h1>This link cannot be opened</h1>
          <p>{link.reason}</p>
          <Button look="main" onPress={onLeave}>
            Go to the playground without it
          </Button>
        </>
      ) : (
        <SharedContents shared={link.shared} newWorker={newWorker} onKeep={onKeep} onLeave={onLeave} />
      )}
    </main>
  );
}

interface SharedContentsProps extends Omit<SharedPageProps, 'link'> {
  readonly shared: Shared;
}

function SharedContents({ shared, newWorker, onKeep, onLeave }: SharedContentsProps) {
  const { title, files } = shared;
  const cases = useCases(shared, newWorker);
  const [trouble, setTrouble] = useState<string | null>(null);
  return (
    <>
      <h1>{title === '' ? 'Somebody shared a policy with you' : title}</h1>
      <p>
        Somebody shared this with you by a link: {kindsIn(files).join(', ')}. Nothing of it is stored yet, and
        nothing was sent to open it. Keep it only if you know who sent it.
      </p>
      {speaksOfVisits(files) ? (
        <p className="playground-warning">
          There are encounters in it. They can hold what patients told in confidence.
        </p>
      ) : null}
      <div className="shared-buttons">
        <Button
          look="main"
          onPress={() => {
            onKeep(shared).catch((error: unknown) =>
              setTrouble(error instanceof Error ? error.message : String(error)),
            );
          }}
        >
          Keep it as a new workspace
        </Button>
        <Button onPress={onLeave}>Leave it</Button>
      </div>
      {trouble === null ? null : <output className="playground-problem">{trouble}</output>}
      <h2>Files</h2>
      <ul className="shared-list">
        {files.map((file) => (
          <li key={file.path}>
            <span>{titleIn(file)}</span>
            <span className="mono">{file.path}</span>
          </li>
        ))}
      </ul>
      <h2>Saved encounters, with their verdict</h2>
      {cases === null ? <output>Judging them …</output> : <Cases cases={cases} />}
    </>
  );
}

function Cases({ cases }: { readonly cases: readonly CaseRow[] }) {
  if (cases.length === 0) return <p>There are none in this link.</p>;
  return (
    <ul className="shared-list">
      {cases.map(({ key, title, verdict }) => (
        <li key={key}>
          <span>{title}</span>
          {verdict === null ? <span>cannot be judged</span> : <DecisionMark decision={verdict.decision} />}
        </li>
      ))}
    </ul>
  );
}

/** Judged in a worker of their own, which ends with the page; null: not yet. */
function useCases({ files }: Shared, newWorker: SharedPageProps['newWorker']): readonly CaseRow[] | null {
  const [cases, setCases] = useState<readonly CaseRow[] | null>(null);
  useEffect(() => {
    const worker = newWorker();
    const client = createClient(worker, (answer) => {
      if (answer.kind === 'judged') setCases(readJudged(null, answer).cases);
      if (answer.kind === 'failed') setCases([]);
    });
    client.ask({ kind: 'open', files });
    return () => worker.terminate();
  }, [files, newWorker]);
  return cases;
}
