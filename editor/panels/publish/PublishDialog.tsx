import { useMemo, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';

import type { OverridableRefusal } from '#engine';

import type { ApprovalPage, Published } from '../../../publishing/publishing.ts';
import { standingOf } from '../../session/standing.ts';
import { useApproval } from '../../session/use-approval.ts';
import { unsavedFiles } from '../../session/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { PanelProps } from '../panel.ts';
import { NotSaved } from './NotSaved.tsx';
import type { RefusalRow } from './publish-view.ts';
import { blocking, refusalRows, willPublish } from './publish-view.ts';
import './publish.css';

/** What will be published, what holds it back, by whom and why; then the number of the release. */
export function PublishDialog(props: PanelProps) {
  const { session, workbench } = props;
  const { page, trouble } = useApproval(workbench);
  const [published, setPublished] = useState<Published | null>(null);
  if (published !== null) return <Done {...props} published={published} />;
  if (trouble !== null || page === null) {
    return (
      <Dialog
        title="Publish"
        onLeave={() => workbench.leaveDialog()}
        buttons={<Button onPress={() => workbench.leaveDialog()}>Close</Button>}
      >
        {trouble === null ? (
          <EmptyState title="Comparing with what was published …" />
        ) : (
          <EmptyState title="Nothing can be published here.">
            <p>{trouble}</p>
          </EmptyState>
        )}
      </Dialog>
    );
  }
  return <Publishing {...props} page={page} key={unsavedFiles(session).length} onPublished={setPublished} />;
}

interface PublishingProps extends PanelProps {
  readonly page: ApprovalPage;
  readonly onPublished: (published: Published) => void;
}

function Publishing({ session, workbench, page, onPublished }: PublishingProps) {
  const [why, setWhy] = useState('');
  const [reasons, setReasons] = useState<ReadonlyMap<OverridableRefusal, string>>(new Map());
  const [refused, setRefused] = useState<ApprovalPage['refusals'] | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { who } = session.settings;
  const refusals = refused ?? page.refusals;
  const rows = useMemo(() => refusalRows({ refusals }), [refusals]);
  const standing = standingOf(session);
  const judged = standing.kind === 'judged' ? standing : { passed: 0, failed: 0 };
  const { number, lines } = willPublish(page, session.files.size, judged);
  const inTheWay = blocking(rows, reasons);
  const unsaved = unsavedFiles(session).length > 0;
  const ready = inTheWay.length === 0 && !unsaved && who.trim() !== '' && why.trim() !== '' && !busy;

  async function publish(): Promise<void> {
    setBusy(true);
    setSaid(null);
    try {
      const answer = await workbench.publishing.publish({
        who: who.trim(),
        why: why.trim(),
        overrides: [...reasons].flatMap(([what, reason]) =>
          reason.trim() === '' ? [] : [{ what, reason: reason.trim() }],
        ),
        seen:
          page.approval === null
            ? null
            : { against: page.approval.against?.sha256 ?? null, files: page.approval.files },
      });
      if (answer.published) {
        onPublished(answer);
        void workbench.readReleases(true);
      } else setRefused(answer.refusals);
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      size="wide"
      title={`Publish release ${number}`}
      note="Policies, lists, sources, encounters and suites are copied as they are saved, and nobody can change the copy unnoticed."
      onLeave={() => workbench.leaveDialog()}
      buttons={
        <>
          <Button look="quiet" onPress={() => workbench.showDialog('approve')}>
            Approve…
          </Button>
          <span className="spacer" />
          <Button onPress={() => workbench.leaveDialog()}>Cancel</Button>
          <Button look="main" disabled={!ready} onPress={() => void publish()}>
            {busy ? 'Publishing …' : `Publish release ${number}`}
          </Button>
        </>
      }
    >
      <form
        className="publish"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void publish();
        }}
      >
        <NotSaved session={session} workbench={workbench} />
        <dl className="publish-facts">
          {lines.map(({ what, words }) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        {rows.length === 0 ? (
          <p className="publish-clear">
            <span aria-hidden="true">✓</span> Nothing holds it back.
          </p>
        ) : (
          <section aria-label="What holds it back">
            <h3 className="publish-head">What holds it back</h3>
            <ul className="publish-refusals">
              {rows.map((row) => (
                <RefusalPart
                  key={row.what}
                  row={row}
                  reason={row.override === null ? '' : (reasons.get(row.override) ?? '')}
                  onReason={(reason) =>
                    row.override !== null && setReasons(new Map(reasons).set(row.override, reason))
                  }
                  onLead={() => lead(row)}
                />
              ))}
            </ul>
          </section>
        )}
        <div className="publish-fields">
          <TextField
            className="field"
            value={who}
            onChange={(value) => workbench.change({ who: value })}
            isRequired
          >
            <Label className="field-label">Your name</Label>
            <Input className="input" />
          </TextField>
          <TextField className="field" value={why} onChange={setWhy} isRequired>
            <Label className="field-label">Why there is a new release</Label>
            <Input className="input" placeholder="New minimum from July on" />
          </TextField>
        </div>
        {said === null ? null : (
          <p role="alert" className="publish-said">
            {said}
          </p>
        )}
      </form>
    </Dialog>
  );

  function lead({ leads }: RefusalRow): void {
    if (leads === 'approve') {
      workbench.showDialog('approve');
      return;
    }
    workbench.leaveDialog();
    if (leads === 'problems') workbench.showDock('problems');
    if (leads === 'failing') workbench.filter('failing');
    if (leads === 'releases') workbench.showPage('releases');
  }
}

const leadWords = {
  approve: 'Approve…',
  problems: 'Show the problems',
  failing: 'Show the encounters',
  releases: 'Show the releases',
} as const;

interface RefusalPartProps {
  readonly row: RefusalRow;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly onLead: () => void;
}

function RefusalPart({ row, reason, onReason, onLead }: RefusalPartProps) {
  const answered = row.override !== null && reason.trim() !== '';
  return (
    <li className={answered ? 'publish-refusal publish-answered' : 'publish-refusal'}>
      <div className="publish-refusal-head">
        <strong>{row.sentence}</strong>
        {row.leads === null ? null : <Button onPress={onLead}>{leadWords[row.leads]}</Button>}
      </div>
      {row.details.length === 0 ? null : (
        <ul className="publish-details">
          {row.details.map((line) => (
            <li key={line}>{line}</li>
          ))}
          {row.more > 0 ? <li>and {row.more} more</li> : null}
        </ul>
      )}
      <p className="publish-soft">{row.next}</p>
      {row.override === null ? null : (
        <TextField className="field publish-override" value={reason} onChange={onReason}>
          <Label className="field-label">Or publish all the same, because</Label>
          <Input className="input" placeholder="The reason stands in the release, under your name" />
        </TextField>
      )}
    </li>
  );
}

/** What was published, and the hash that is worth keeping elsewhere. */
function Done({ workbench, published }: PanelProps & { readonly published: Published }) {
  const { number, sha256, manifest, interrupted } = published;
  return (
    <Dialog
      size="wide"
      title={`Release ${number} is published`}
      note={`${manifest.files.length} files, by ${manifest.who}: ${manifest.why}`}
      onLeave={() => workbench.leaveDialog()}
      buttons={
        <>
          <Button
            onPress={() => {
              workbench.leaveDialog();
              workbench.showPage('releases');
            }}
          >
            Show all releases
          </Button>
          <Button look="main" onPress={() => workbench.leaveDialog()}>
            Done
          </Button>
        </>
      }
    >
      <div className="publish">
        <p>
          Everything is compared with it from now on. Keep this hash somewhere else, in a mail or a ticket: it
          proves later that nothing was changed.
        </p>
        <p className="publish-hash">
          <code>{sha256}</code>
          <Button onPress={() => void navigator.clipboard.writeText(sha256)}>Copy</Button>
        </p>
        {interrupted.releases.length === 0 ? null : (
          <p className="publish-soft">What an interrupted publish had left was removed.</p>
        )}
      </div>
    </Dialog>
  );
}
