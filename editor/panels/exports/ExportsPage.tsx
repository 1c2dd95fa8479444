import { useEffect, useSyncExternalStore } from 'react';

import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Quoted } from '../../ui/Quoted.tsx';
import { count } from '../../marks/words.ts';
import type { PanelProps } from '../panel.ts';
import { Choices } from './Choices.tsx';
import { PackedPart } from './PackedPart.tsx';
import { TargetPart } from './TargetPart.tsx';
import { Placed } from './Placed.tsx';
import { asked, exportSummary, notProven, targetRows } from './exports-view.ts';
import './exports.css';

/** The policies for other systems: which ones, what each export proves, and the bundle to give away. */
export function ExportsPage({ session, workbench }: PanelProps) {
  const { exports } = workbench;
  const state = useSyncExternalStore(exports.subscribe, exports.get);
  useEffect(() => {
    void exports.readTargets();
    void exports.readKeys();
  }, [exports]);

  if (exports.unavailable !== null)
    return (
      <Pane name="exports" title="Export">
        <EmptyState title="Policies for other systems">
          <p>
            <Quoted text={exports.unavailable} />
          </p>
        </EmptyState>
      </Pane>
    );

  const { choices, isRunning, keys, result } = state;
  const rows = targetRows(state);
  const ids = (state.targets ?? []).map(({ id }) => id);
  const wanted = ids.filter((id) => !choices.left.has(id));
  const hasRelease = (session.releases?.releases.length ?? 0) > 0;
  const version = choices.version ?? (hasRelease ? 'release:latest' : 'draft');
  // A key that went away meanwhile is chosen no longer.
  const signWith = keys?.keys.find(({ keyId }) => keyId === choices.signWith)?.keyId ?? null;
  const { mutants, withoutSaved } = choices;
  const packed = result?.kind === 'packed' ? result : null;
  const reasons = result?.kind === 'refused' ? result.reasons : [];
  const doubts = notProven(state);
  const jump = (path: string, line: number) => workbench.jump({ path, line, column: 1 });
  const leave = (left: readonly string[]) => exports.choose({ left: new Set(left) });
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
            Prove and pack
          </Button>
        )
      }
    >
      <div className="exports">
        <div className="exports-inner">
          <output className="exports-summary">{exportSummary(state)}</output>
          {isRunning ? <Strip rows={rows} /> : null}
          {reasons.length === 0 ? null : (
            <ul className="exports-reasons" aria-label="What is in the way">
              {reasons.map(({ target, what, at }) => (
                <li key={`${target} ${what}`}>
                  {target === null ? null : (
                    <strong>{state.targets?.find(({ id }) => id === target)?.title ?? target}: </strong>
                  )}
                  <Placed what={what} at={at} onJump={jump} />
                </li>
              ))}
            </ul>
          )}
          {packed === null ? null : (
            <PackedPart packed={packed} version={state.asked?.version ?? version} doubts={doubts} />
          )}
          <div className={`exports-columns ${isRunning || result !== null ? 'exports-told' : ''}`}>
            <section className="exports-along" aria-labelledby="exports-along">
              <h3 id="exports-along" className="exports-head">
                What goes along
              </h3>
              {isRunning && state.asked !== null ? (
                <ul className="exports-going">
                  {asked(state.asked, keys).map((words) => (
                    <li key={words}>{words}</li>
                  ))}
                </ul>
              ) : (
                <Choices
                  session={session}
                  workbench={workbench}
                  version={hasRelease ? version : null}
                  signWith={signWith}
                  state={state}
                />
              )}
            </section>
            <section className="exports-which" aria-labelledby="exports-which">
              <div className="exports-bar">
                <h3 id="exports-which" className="exports-head">
                  For which systems
                </h3>
                {isRunning ? null : (
                  <>
                    <span className="exports-soft">
                      {wanted.length} of {count(ids.length, 'export')} chosen
                    </span>
                    <span className="exports-spring" />
                    <Button look="quiet" onPress={() => leave([])}>
                      All
                    </Button>
                    <Button look="quiet" onPress={() => leave(ids)}>
                      None
                    </Button>
                  </>
                )}
              </div>
              <ul className="exports-targets" aria-label="Targets">
                {rows.map((row) => (
                  <li key={row.target.id} className="exports-target">
                    <TargetPart
                      row={row}
                      chosen={!choices.left.has(row.target.id)}
                      fixed={isRunning}
                      onChoose={(on) =>
                        leave(
                          on
                            ? [...choices.left].filter((id) => id !== row.target.id)
                            : [...choices.left, row.target.id],
                        )
                      }
                      onJump={jump}
                    />
                  </li>
                ))}
              </ul>
            </section>
          </div>
        </div>
      </div>
    </Pane>
  );
}

/** A picture of the sentence above it: a piece for each proof, in the order of the rows. */
function Strip({ rows }: { readonly rows: ReturnType<typeof targetRows> }) {
  return (
    <div className="exports-strip" aria-hidden="true">
      {rows.flatMap(({ target, proofs }) =>
        proofs.map(({ engine, state, answers }) => (
          <span key={`${target.id} ${engine}`} className={`exports-piece exports-piece-${state}`}>
            {state === 'running' ? (
              <span style={{ width: `${(answers?.parts[0]?.share ?? 0) * 100}%` }} />
            ) : null}
          </span>
        )),
      )}
    </div>
  );
}
