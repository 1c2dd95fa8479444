import { useEffect, useState, useSyncExternalStore } from 'react';

import type { ExportVersion } from '../../../publishing/exporting.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { download } from '../../ui/download.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Radios } from '../../ui/Radios.tsx';
import { Select } from '../../ui/Select.tsx';
import type { PanelProps } from '../panel.ts';
import { NotSaved } from '../publish/NotSaved.tsx';
import type { ProofRow, TargetRow } from './exports-view.ts';
import { exportSummary, signingChoices, targetRows } from './exports-view.ts';
import './exports.css';

/** The policies for other systems: which ones, what each export proves, and the bundle to give away. */
export function ExportsPage({ session, workbench }: PanelProps) {
  const { exports } = workbench;
  const state = useSyncExternalStore(exports.subscribe, exports.get);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [mutants, setMutants] = useState(false);
  const [withoutSaved, setWithoutSaved] = useState(false);
  const hasRelease = (session.releases?.releases.length ?? 0) > 0;
  const [chosen, setVersion] = useState<ExportVersion | null>(null);
  const version = chosen ?? (hasRelease ? 'release:latest' : 'draft');
  const [signing, setSigning] = useState('none');
  useEffect(() => {
    void exports.readTargets();
    void exports.readKeys();
  }, [exports]);

  if (exports.unavailable !== null)
    return (
      <Pane name="exports" title="Export">
        <EmptyState title="Policies for other systems">
          <p>{exports.unavailable}</p>
        </EmptyState>
      </Pane>
    );

  const rows = targetRows(state);
  const wanted = rows.map(({ target }) => target.id).filter((id) => !left.has(id));
  const keys = signingChoices(state.keys);
  // A key that went away meanwhile is chosen no longer.
  const signWith = state.keys?.keys.find(({ keyId }) => keyId === signing)?.keyId ?? null;
  const isRunning = state.running !== null;
  const packed = state.result?.kind === 'packed' ? state.result : null;
  return (
    <Pane
      name="exports"
      title="Export"
      tools={
        isRunning ? (
          <Button onPress={() => exports.stop()}>Stop</Button>
        ) : (
          <Button
            look="main"
            disabled={wanted.length === 0}
            onPress={() => void exports.start({ targets: wanted, version, mutants, withoutSaved, signWith })}
          >
            Write, prove and pack
          </Button>
        )
      }
    >
      <div className="exports">
        <output className="exports-summary">{exportSummary(state)}</output>
        {state.result?.kind === 'refused' ? (
          <ul className="exports-reasons" aria-label="What is in the way">
            {state.result.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        ) : null}
        {packed === null ? null : (
          <div className="exports-packed">
            <Button
              look="main"
              onPress={() => download(packed.name, bytesOf(packed.bundle), 'application/gzip')}
            >
              Download {packed.name}
            </Button>
            <p>
              Its receiver checks it with <code>node conformance/verify.mjs</code> in it, or with{' '}
              <code>proviso verify</code>.{' '}
              {packed.signedBy === null ? (
                'It is not signed.'
              ) : (
                <>
                  It is signed; the id of the key is <code>{packed.signedBy}</code>.
                </>
              )}
            </p>
            <p className="exports-revision">
              Revision <code>{packed.revision}</code>
            </p>
          </div>
        )}
        {isRunning ? null : (
          <fieldset className="exports-choices">
            <legend className="exports-legend">What goes along</legend>
            <NotSaved session={session} workbench={workbench} />
            {hasRelease ? (
              <Radios
                label="Which version"
                choices={[
                  { id: 'release:latest', title: 'The last release' },
                  { id: 'draft', title: 'The files as saved' },
                ]}
                chosen={version}
                onChoose={setVersion}
              />
            ) : (
              <p className="exports-soft">
                Nothing has been published yet, so the files as saved are exported.
              </p>
            )}
            <Checkbox chosen={!withoutSaved} onChange={(along) => setWithoutSaved(!along)}>
              Saved encounters go along for the proof. Look at them first: nothing about a real patient
              belongs in a bundle.
            </Checkbox>
            <Checkbox chosen={mutants} onChange={setMutants}>
              Also make deliberate errors in each export, to show that the proof would notice them. This takes
              minutes.
            </Checkbox>
            {keys.choices.length > 1 ? (
              <Select
                label="Signature"
                choices={keys.choices}
                chosen={signWith ?? 'none'}
                onChoose={setSigning}
              />
            ) : null}
            {signWith === null ? null : (
              <p className="exports-soft">
                Id of the key, to read to your receiver: <code className="exports-key">{signWith}</code>
              </p>
            )}
            {keys.notes.map((note) => (
              <p key={note} className="exports-soft">
                {note}
              </p>
            ))}
          </fieldset>
        )}
        <ul className="exports-targets" aria-label="Targets">
          {rows.map((row) => (
            <li key={row.target.id} className="exports-target">
              <TargetPart
                row={row}
                chosen={!left.has(row.target.id)}
                fixed={isRunning}
                onChoose={(on) => setLeft(changed(left, row.target.id, !on))}
                onJump={(path, line) => workbench.jump({ path, line, column: 1 })}
              />
            </li>
          ))}
        </ul>
      </div>
    </Pane>
  );
}

function TargetPart({
  row: { target, proofs, losses },
  chosen,
  fixed,
  onChoose,
  onJump,
}: {
  readonly row: TargetRow;
  readonly chosen: boolean;
  readonly fixed: boolean;
  readonly onChoose: (on: boolean) => void;
  readonly onJump: (path: string, line: number) => void;
}) {
  return (
    <article aria-label={target.title}>
      {fixed ? (
        <h3 className="exports-title">{target.title}</h3>
      ) : (
        <Checkbox chosen={chosen} onChange={onChoose}>
          <strong>{target.title}</strong>
        </Checkbox>
      )}
      <p className="exports-soft">{target.audience}</p>
      {proofs.map((proof) => (
        <ProofPart key={proof.words} proof={proof} title={target.title} />
      ))}
      {losses.length === 0 ? null : (
        <ul className="exports-losses" aria-label={`What does not go along with ${target.title}`}>
          {losses.map(({ what, at }) => (
            <li key={what}>
              {what}{' '}
              {at === null ? null : (
                <Button look="quiet" onPress={() => onJump(at.path, at.line)}>
                  {at.path}, line {at.line}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

const signs = {
  waiting: 'M8 4.5V8l2.4 1.6M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  running: 'M8 4.5V8l2.4 1.6M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  proven: 'm4.5 8.4 2.4 2.4 4.6-5.4',
  'not-proven': 'm5 5 6 6m0-6-6 6',
  'not-run': 'M4.5 8h7',
} as const satisfies Record<ProofRow['kind'], string>;

function ProofPart({ proof, title }: { readonly proof: ProofRow; readonly title: string }) {
  return (
    <div className={`exports-proof exports-${proof.kind}`}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <path d={signs[proof.kind]} />
      </svg>
      <span>{proof.words}</span>
      {proof.kind === 'running' ? (
        <progress aria-label={`Proof of ${title}`} value={proof.done} max={Math.max(1, proof.total)} />
      ) : null}
    </div>
  );
}

function changed(set: ReadonlySet<string>, id: string, isIn: boolean): ReadonlySet<string> {
  const next = new Set(set);
  if (isIn) next.add(id);
  else next.delete(id);
  return next;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
