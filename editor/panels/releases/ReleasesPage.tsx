import type { ReactNode } from 'react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';

import type { Releases } from '../../session/session.ts';
import type { Workbench } from '../../session/workbench.ts';
import { DirectionMark } from '../../marks/DirectionMark.tsx';
import { directions } from '../../marks/words.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ChevronIcon } from '../../ui/icons.tsx';
import { Pane } from '../../ui/Pane.tsx';
import type { PanelProps } from '../panel.ts';
import type { ApprovedRow, ReleaseDetail, ReleaseRow } from './releases-view.ts';
import { chainWords, otherProblems, releaseDetail, releaseRows } from './releases-view.ts';
import './releases.css';

const TextRead = lazy(() => import('../../monaco/TextRead.tsx'));

/** Everything that was published: who, when, why, what changed, who approved it, and whether it is as it was. */
export function ReleasesPage(props: PanelProps) {
  const { session, workbench } = props;
  const { releases } = session;
  useEffect(() => {
    void workbench.readReleases(false);
  }, [workbench]);
  return (
    <Pane
      name="releases"
      title="Releases"
      tools={
        <>
          <Button onPress={() => workbench.showDialog('approve')}>Approve…</Button>
          <Button look="main" onPress={() => workbench.showDialog('publish')}>
            Publish…
          </Button>
        </>
      }
    >
      {releases === null ? (
        <EmptyState title="Reading what was published …" />
      ) : releases.releases.length === 0 ? (
        <EmptyState title="Nothing has been published yet.">
          <p>
            {releases.unavailable ??
              'A release is a copy of everything that is in force, which nobody can change unnoticed. From then on every change is compared with it.'}
          </p>
          {otherProblems(releases).map((message) => (
            <p key={message} className="releases-problem">
              {message}
            </p>
          ))}
          {releases.unavailable === null ? (
            <Button look="main" onPress={() => workbench.showDialog('publish')}>
              Publish the first release…
            </Button>
          ) : null}
        </EmptyState>
      ) : (
        <Published {...props} releases={releases} />
      )}
    </Pane>
  );
}

function Published({ session, workbench, look, releases }: PanelProps & { readonly releases: Releases }) {
  const [chosen, setChosen] = useState<number | null>(null);
  const [file, setFile] = useState<string | null>(null);
  const rows = releaseRows(releases);
  const number = rows.some((row) => row.number === chosen) ? chosen! : rows[0]!.number;
  const release = releases.releases.find((it) => it.number === number)!;
  const detail = releaseDetail(release);
  const row = rows.find((it) => it.number === number)!;
  return (
    <div className="releases">
      <div className="releases-list">
        <p className={releases.problems.length > 0 ? 'releases-chain releases-broken' : 'releases-chain'}>
          <ChainSign broken={releases.problems.length > 0} />
          <output>{chainWords(releases)}</output>
        </p>
        {otherProblems(releases).map((message) => (
          <p key={message} className="releases-problem">
            {message}
          </p>
        ))}
        <ol reversed aria-label="Releases, the newest first" className="releases-rows">
          {rows.map((it) => (
            <li key={it.number}>
              <AriaButton
                className="releases-row"
                {...(it.number === number ? { 'aria-current': 'true' } : {})}
                onPress={() => {
                  setChosen(it.number);
                  setFile(null);
                }}
              >
                <RowPart row={it} />
              </AriaButton>
            </li>
          ))}
        </ol>
      </div>
      <div className="releases-detail">
        {file === null || detail === null ? (
          <DetailPart workbench={workbench} detail={detail} row={row} onFile={setFile} rows={rows} />
        ) : (
          <FilePart
            key={`${number} ${file}`}
            workbench={workbench}
            number={number}
            path={file}
            onBack={() => setFile(null)}
          >
            {(text) => (
              <TextRead
                text={text}
                name={`${file} in release ${number}`}
                look={look}
                textSize={session.settings.textSize}
              />
            )}
          </FilePart>
        )}
      </div>
    </div>
  );
}

function ChainSign({ broken }: { readonly broken: boolean }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
    >
      <path d="M8 1.8 13.5 4v4.2c0 3-2.3 5-5.5 6-3.2-1-5.5-3-5.5-6V4z" strokeLinejoin="round" />
      {broken ? (
        <path d="M8 5v4M8 11.2v.1" strokeLinecap="round" />
      ) : (
        <path d="m5.6 8 1.7 1.7 3-3.3" strokeLinecap="round" />
      )}
    </svg>
  );
}

function RowPart({ row: { number, byline, why, problems } }: { readonly row: ReleaseRow }) {
  return (
    <>
      <span className="releases-number">Release {number}</span>
      <span className="releases-why">{why ?? 'What it says of itself cannot be read.'}</span>
      {byline === null ? null : <span className="releases-soft">{byline}</span>}
      {problems.length === 0 ? null : <span className="releases-problem">✗ Not as it was published</span>}
    </>
  );
}

interface DetailPartProps {
  readonly workbench: Workbench;
  readonly detail: ReleaseDetail | null;
  readonly row: ReleaseRow;
  readonly rows: readonly ReleaseRow[];
  readonly onFile: (path: string) => void;
}

function DetailPart({ workbench, detail, row, rows, onFile }: DetailPartProps) {
  const { number, why, byline, problems } = row;
  const compare = async (base: number, shown: number | null): Promise<void> => {
    await workbench.compareWith({ kind: 'release', number: base }, shown);
    workbench.showPage('changes');
  };
  const others = rows.filter((it) => it.number !== number && it.problems.length === 0);
  return (
    <article aria-label={`Release ${number}`} className="releases-article">
      <h3>Release {number}</h3>
      {why === null ? null : <p className="releases-lead">{why}</p>}
      {byline === null ? null : <p className="releases-soft">Published {byline}</p>}
      {problems.length === 0 ? null : (
        <div className="releases-tampered" role="alert">
          <strong>This release is not as it was published.</strong>
          <ul>
            {problems.map((message) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
          <p>Bring back what was published, from git or a backup. Until then nothing new can be published.</p>
        </div>
      )}
      {problems.length > 0 ? null : (
        <div className="releases-buttons">
          <Button onPress={() => void compare(number, null)}>Compare with what I have now</Button>
          {others.map((it) => (
            <Button
              key={it.number}
              look="quiet"
              onPress={() => void compare(Math.min(it.number, number), Math.max(it.number, number))}
            >
              Compare with release {it.number}
            </Button>
          ))}
        </div>
      )}
      {detail === null ? null : (
        <>
          <dl className="releases-facts">
            <div>
              <dt>Suites</dt>
              <dd>{detail.suites}</dd>
            </div>
            {detail.approvers.length === 0 ? null : (
              <div>
                <dt>Approved</dt>
                <dd>by {detail.approvers.join(' and ')}</dd>
              </div>
            )}
            <div>
              <dt>Follows</dt>
              <dd>{detail.previous === null ? 'nothing: it is the first' : `release ${detail.previous}`}</dd>
            </div>
            <div>
              <dt>Hash</dt>
              <dd className="mono releases-hash">{detail.sha256}</dd>
            </div>
          </dl>
          <Listed title="What was decided, and by whom" rows={detail.approvals} />
          <Named title="Published all the same" rows={detail.overrides} />
          <Named title="Known gaps" rows={detail.gaps} />
          {detail.encounters.length === 0 ? null : (
            <Fold title="Saved encounters that came out otherwise" many={detail.encounters.length}>
              <Rows rows={detail.encounters} />
            </Fold>
          )}
          <Fold title="Files" many={detail.files.length}>
            <ul className="releases-files">
              {detail.files.map((path) => (
                <li key={path}>
                  <AriaButton className="link mono" onPress={() => onFile(path)}>
                    {path}
                  </AriaButton>
                </li>
              ))}
            </ul>
          </Fold>
        </>
      )}
    </article>
  );
}

interface FoldProps {
  readonly title: string;
  readonly many: number;
  readonly children: ReactNode;
}

function Fold({ title, many, children }: FoldProps) {
  return (
    <Disclosure className="fold releases-section">
      <Heading level={4} className="fold-head">
        <AriaButton slot="trigger" className="fold-button">
          <ChevronIcon />
          {title} <span className="fold-count">{many}</span>
        </AriaButton>
      </Heading>
      <DisclosurePanel>{children}</DisclosurePanel>
    </Disclosure>
  );
}

function Listed({ title, rows }: { readonly title: string; readonly rows: readonly ApprovedRow[] }) {
  if (rows.length === 0) return null;
  return (
    <section aria-label={title} className="releases-section">
      <h4>{title}</h4>
      <Rows rows={rows} />
    </section>
  );
}

function Rows({ rows }: { readonly rows: readonly ApprovedRow[] }) {
  return (
    <ul>
      {rows.map(({ title, change, direction, by }) => {
        const way = directions.find((it) => it === direction);
        return (
          <li key={`${title} ${change}`}>
            <p>{title}</p>
            <p className="releases-change">
              {way === undefined ? null : <DirectionMark direction={way} />}
              {change}
            </p>
            {by.map((line) => (
              <p key={line} className="releases-soft">
                {line}
              </p>
            ))}
          </li>
        );
      })}
    </ul>
  );
}

interface NamedProps {
  readonly title: string;
  readonly rows: readonly { readonly title: string; readonly words: string }[];
}

function Named({ title, rows }: NamedProps) {
  if (rows.length === 0) return null;
  return (
    <section aria-label={title} className="releases-section">
      <h4>{title}</h4>
      <ul>
        {rows.map(({ title: what, words }) => (
          <li key={what}>
            <p>{what}</p>
            <p className="releases-soft">{words}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface FilePartProps {
  readonly workbench: Workbench;
  readonly number: number;
  readonly path: string;
  readonly onBack: () => void;
  readonly children: (text: string) => ReactNode;
}

/** A file as it was published, to be read and not to be changed. */
function FilePart({ workbench, number, path, onBack, children }: FilePartProps) {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    let wanted = true;
    workbench.publishing.release(number).then(
      ({ files }) => wanted && setText(files.find((it) => it.path === path)?.text ?? ''),
      (error: unknown) => {
        const told = error instanceof Error ? error.message : String(error);
        workbench.notice({ tone: 'problem', text: told });
        onBack();
      },
    );
    return () => {
      wanted = false;
    };
    // Another file is another part.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [workbench, number, path]);
  return (
    <div className="releases-file">
      <div className="releases-file-head">
        <Button look="quiet" onPress={onBack}>
          ← Release {number}
        </Button>
        <span className="mono">{path}</span>
        <span className="releases-soft">to be read: nobody can change it</span>
      </div>
      <div className="releases-text">
        {text === null ? (
          <EmptyState title="Reading it …" />
        ) : (
          <Suspense fallback={<EmptyState title="Making it ready …" />}>{children(text)}</Suspense>
        )}
      </div>
    </div>
  );
}
