import { useEffect, useMemo, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';

import type { CaseRequest, Diagnostic, Subject, WrittenCase } from '#engine';

import { DecisionMark } from '../../marks/DecisionMark.tsx';
import { count } from '../../marks/words.ts';
import { chooseOnceJudged, placeOfCase, subjectTitle } from '../../session/subjects.ts';
import type { Workbench } from '../../session/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import type { SuiteRow } from '../../worker/queries/suites.ts';
import type { TrialState } from '../../worker/queries/trial.ts';
import type { PanelProps } from '../panel.ts';
import { newSuite, noSuite, suiteChoices, suiteToBegin } from './save-case-view.ts';
import { suggestedTitle } from './trial-view.ts';
import './save-case.css';

/** An encounter becomes a case: in which suite, by what title, and what exactly must come out from now on. */
export function SaveCaseDialog(props: PanelProps) {
  const { trial } = props.session;
  return trial ? <Saving key={JSON.stringify(trial.subject)} {...props} trial={trial} /> : null;
}

interface SavingProps extends PanelProps {
  readonly trial: { readonly subject: Subject; readonly text: string | null };
}

interface Known {
  readonly suites: readonly SuiteRow[];
  readonly state: TrialState | null;
}

function Saving({ session, workbench, trial }: SavingProps) {
  const { subject, text } = trial;
  const [known, setKnown] = useState<Known | null>(null);
  useEffect(() => {
    let wanted = true;
    const asked = [
      workbench.ask('suites', undefined),
      workbench.ask('trial', { subject, text, changes: [] }),
    ] as const;
    void Promise.all(asked).then(([suites, state]) => wanted && setKnown({ suites, state }));
    return () => {
      wanted = false;
    };
  }, [workbench, subject, text]);
  const title = subjectTitle(session, subject);
  if (!known) return null;
  return <SavingKnown workbench={workbench} trial={trial} known={known} name={title} />;
}

interface SavingKnownProps {
  readonly workbench: Workbench;
  readonly trial: SavingProps['trial'];
  readonly known: Known;
  readonly name: string;
}

function SavingKnown({ workbench, trial, known, name }: SavingKnownProps) {
  const { subject, text } = trial;
  const facts = known.state?.trial.facts ?? [];
  const [suite, setSuite] = useState(() => suiteToBegin(known.suites, subject));
  const [title, setTitle] = useState(suggestedTitle(facts) || name);
  const [units, setUnits] = useState(true);
  const [messages, setMessages] = useState(false);
  const [told, setTold] = useState<Told | null>(null);

  const request = useMemo(
    (): Omit<CaseRequest, 'text'> => ({
      from: subject,
      suite: suite === newSuite ? { title, folder: folderOf(known.suites, subject) } : suite,
      title,
      detail: { units, messages },
    }),
    [known, subject, suite, title, units, messages],
  );

  useEffect(() => {
    if (suite === noSuite) return undefined;
    let wanted = true;
    void workbench.ask('writeCase', { ...request, text }).then((answer) => wanted && setTold(answer));
    return () => {
      wanted = false;
    };
  }, [workbench, request, text, suite]);

  async function save(): Promise<void> {
    if (suite === noSuite) {
      const edits = await workbench.ask('newEncounter', {
        from: { text: known.state?.text ?? '' },
        title,
        payer: null,
        date: null,
      });
      if (!edits) return;
      leave(workbench);
      workbench.applyEdits(`New encounter “${title}”`, [edits]);
      workbench.chooseFile(edits.path);
      chooseOnceJudged(workbench, edits.path);
      return;
    }
    // What is shown may be of the title before the last key.
    const { written } = await workbench.ask('writeCase', { ...request, text });
    if (!written) return;
    leave(workbench);
    workbench.applyEdits(`Save the case “${written.title}”`, written.edits);
    chooseOnceJudged(workbench, `${written.suite}/${written.id}`);
    const place = placeOfCase(workbench.store.get(), written.edits.at(-1)!.path, written.id);
    // What had the focus before the dialog gets it back first.
    if (place) requestAnimationFrame(() => workbench.jump(place));
  }

  const own = suite === noSuite;
  return (
    <Dialog
      title="Save as a case"
      note="The verdict of today becomes what must come out. If a policy ever decides otherwise, the case says so."
      onLeave={() => workbench.leaveDialog()}
      buttons={
        <>
          <Button look="quiet" onPress={() => workbench.showDialog('what-if')}>
            Change something first…
          </Button>
          <span className="spacer" />
          <Button onPress={() => workbench.leaveDialog()}>Cancel</Button>
          <Button look="main" disabled={!own && !told?.written} onPress={() => void save()}>
            {own ? 'Save as an encounter' : 'Save the case'}
          </Button>
        </>
      }
    >
      <form
        className="save-case"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {/* Whoever opened it wants to name it. */}
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
        <TextField className="field" value={title} onChange={setTitle} autoFocus>
          <Label className="field-label">What is special about it</Label>
          <Input className="input" />
        </TextField>
        <Select label="Suite" choices={suiteChoices(known.suites)} chosen={suite} onChoose={setSuite} />
        {own ? (
          <p className="save-case-soft">
            It becomes an encounter file of its own, without an expectation. Cases can start from it.
          </p>
        ) : (
          <>
            <div className="save-case-checks">
              <Checkbox chosen={units} onChange={setUnits}>
                Expect the supportable units as well
              </Checkbox>
              <Checkbox chosen={messages} onChange={setMessages}>
                Expect the messages word for word
              </Checkbox>
            </div>
            {told ? <Preview told={told} /> : null}
          </>
        )}
      </form>
    </Dialog>
  );
}

interface Told {
  readonly written: WrittenCase | null;
  readonly diagnostics: readonly Diagnostic[];
}

function Preview({ told: { written, diagnostics } }: { readonly told: Told }) {
  if (!written) {
    return (
      <output className="save-case-wrong">
        It cannot be saved while there is a mistake.{' '}
        {diagnostics.map(({ message }) => message.replaceAll('`', '')).join(' ')}
      </output>
    );
  }
  const stated = written.difference.given.length + written.difference.without.length;
  return (
    <>
      <p className="save-case-verdict">
        <DecisionMark decision={written.verdict.decision} />
        <span className="save-case-soft">
          {written.newBase
            ? `It differs from every saved encounter, so a new one is written: ${written.base}`
            : stated === 0
              ? `The same as ${written.base}`
              : `${count(stated, 'statement')} beyond ${written.base}`}
        </span>
      </p>
      {/* It scrolls, so the keyboard must be able to stop at it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="save-case-text mono" tabIndex={0} aria-label="The case as it will stand in the suite">
        {written.text}
      </pre>
    </>
  );
}

function leave(workbench: Workbench): void {
  workbench.leaveDialog();
  workbench.endTrial();
}

/** A new suite stands beside the one that the encounter belongs to. */
function folderOf(suites: readonly SuiteRow[], subject: Subject): string {
  const path =
    subject.kind === 'encounter'
      ? subject.path.replace(/\/encounters\/[^/]*$/, '/')
      : (suites.find(({ id }) => id === subject.suite)?.path ?? 'testcases/');
  return path.slice(0, path.lastIndexOf('/'));
}
