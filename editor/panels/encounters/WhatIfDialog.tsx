import { useEffect, useMemo, useState } from 'react';
import { Label, Tab, TabList, TabPanel, Tabs, TextArea, TextField } from 'react-aria-components';

import type { Subject } from '#engine';

import { DecisionMark, DecisionShape } from '../../marks/DecisionMark.tsx';
import { decisionWords } from '../../marks/words.ts';
import { subjectOf, subjectTitle } from '../../session/subjects.ts';
import type { Workbench } from '../../session/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { TrialState } from '../../worker/queries/trial.ts';
import type { PanelProps } from '../panel.ts';
import { createChangeQueue } from './change-queue.ts';
import { EncounterForm } from './EncounterForm.tsx';
import { trialView } from './trial-view.ts';
import type { TrialSubject, TrialView } from './trial-view.ts';
import './what-if.css';

/** An encounter to change and see at once what would come of it. Nothing is saved by it. */
export function WhatIfDialog(props: PanelProps) {
  const { session, workbench } = props;
  const subject = session.trial?.subject ?? subjectOf(session);
  if (!subject) return <NothingToTry workbench={workbench} />;
  return <Trying key={JSON.stringify(subject)} {...props} subject={subject} />;
}

function NothingToTry({ workbench }: { readonly workbench: Workbench }) {
  return (
    <Dialog
      title="What if…"
      onLeave={() => workbench.leaveDialog()}
      buttons={
        <Button look="main" onPress={() => workbench.leaveDialog()}>
          Close
        </Button>
      }
    >
      <EmptyState title="No encounter is chosen.">
        <p>Choose a saved encounter in the list, and try a change of it here.</p>
      </EmptyState>
    </Dialog>
  );
}

function Trying({ session, workbench, subject }: PanelProps & { readonly subject: Subject }) {
  const [begun] = useState(session.trial?.text ?? null);
  const [state, setState] = useState<TrialState | null | 'reading'>('reading');
  const trying = useMemo(() => tryingOf(workbench, subject, begun, setState), [workbench, subject, begun]);
  useEffect(() => trying.refresh(), [trying]);
  const name = subjectTitle(session, subject);
  const changed =
    state !== 'reading' && state !== null && (state.trial.facts.length > 0 || state.trial.verdict === null);
  return (
    <Dialog
      title={`What if… ${name}`}
      note="Change anything and see at once what would come of it. Nothing is saved until you ask for it."
      size="full"
      onLeave={() => workbench.leaveDialog()}
      buttons={
        <>
          <Button look="quiet" disabled={!changed} onPress={() => trying.restart()}>
            Back to how it was
          </Button>
          <span className="spacer" />
          <Button onPress={() => workbench.leaveDialog()}>Close</Button>
          <Button
            look="main"
            disabled={state === 'reading' || state === null || state.trial.verdict === null}
            onPress={() => workbench.showDialog('save-case')}
          >
            Save as a case…
          </Button>
        </>
      }
    >
      {state === 'reading' ? (
        <EmptyState title="Reading the encounter …" />
      ) : state === null ? (
        <EmptyState title="This encounter cannot be tried.">
          <p>It has a mistake, or was removed meanwhile. Open its place and mend it first.</p>
        </EmptyState>
      ) : (
        <div className="what-if">
          <Tabs className="what-if-form" defaultSelectedKey={state.form ? 'form' : 'text'}>
            <TabList className="tabs" aria-label="How to change it">
              <Tab id="form" className="tab">
                Form
              </Tab>
              <Tab id="text" className="tab">
                YAML
              </Tab>
            </TabList>
            <TabPanel id="form" className="what-if-part">
              {state.form ? (
                <EncounterForm form={state.form} onChange={(change) => trying.add(change)} onPlace={null} />
              ) : (
                <EmptyState title="This text cannot be read as an encounter.">
                  <p>Mend it as YAML, or go back to how it was.</p>
                </EmptyState>
              )}
            </TabPanel>
            <TabPanel id="text" className="what-if-part">
              <TrialText text={state.text} onChange={trying.write} />
            </TabPanel>
          </Tabs>
          <Outcome
            view={trialView(state.trial)}
            mistakes={state.trial.diagnostics.map(({ message }) => message)}
          />
        </div>
      )}
    </Dialog>
  );
}

function TrialText({ text, onChange }: { readonly text: string; readonly onChange: (text: string) => void }) {
  const [typing, setTyping] = useState<string | null>(null);
  return (
    <TextField
      className="what-if-text"
      value={typing ?? text}
      onFocusChange={(focused) => setTyping(focused ? text : null)}
      onChange={(now) => {
        setTyping(now);
        onChange(now);
      }}
    >
      <Label className="visually-hidden">The encounter as YAML</Label>
      <TextArea className="what-if-area mono" spellCheck={false} />
    </TextField>
  );
}

function Outcome({ view, mistakes }: { readonly view: TrialView; readonly mistakes: readonly string[] }) {
  const { decision, before, facts, effects, subjects } = view;
  return (
    // It scrolls, so the keyboard must be able to stop at it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="what-if-outcome" aria-label="What would come of it" tabIndex={0}>
      <output className="what-if-decision">
        {decision === null ? (
          <span>Not judged while there is a mistake</span>
        ) : (
          <>
            <DecisionMark decision={decision} />
            {before === null ? null : (
              <span className="what-if-soft">
                <span aria-hidden="true">← </span>
                <span className="visually-hidden">before: </span>
                {decisionWords[before]}
              </span>
            )}
          </>
        )}
      </output>
      {mistakes.length === 0 ? null : (
        <ul className="what-if-mistakes">
          {mistakes.map((message) => (
            <li key={message}>{message.replaceAll('`', '')}</li>
          ))}
        </ul>
      )}
      <h3>What is recorded otherwise</h3>
      {facts.length === 0 ? (
        <p className="what-if-soft">Nothing yet: it is as it was saved.</p>
      ) : (
        <ul className="what-if-list">
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      {facts.length === 0 || decision === null ? null : (
        <>
          <h3>What comes of it</h3>
          {effects.length === 0 ? (
            <p className="what-if-soft">Nothing: every decision stays as it was.</p>
          ) : (
            <ul className="what-if-list">
              {effects.map(({ where, before: was, after, notes }) => (
                <li key={where}>
                  <span className="what-if-effect">
                    <strong>{where}</strong>
                    {after === null ? 'is gone' : <DecisionMark decision={after} />}
                    {was === null ? null : (
                      <span className="what-if-soft">
                        <span aria-hidden="true">← </span>
                        <span className="visually-hidden">before: </span>
                        {decisionWords[was]}
                      </span>
                    )}
                  </span>
                  {notes.map((note) => (
                    <span key={note} className="what-if-note">
                      {note}
                    </span>
                  ))}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      {decision === null ? null : (
        <>
          <h3>The verdict</h3>
          {subjects.map((subject) => (
            <SubjectVerdict key={subject.title} subject={subject} />
          ))}
        </>
      )}
    </section>
  );
}

function SubjectVerdict({ subject: { title, decision, rules } }: { readonly subject: TrialSubject }) {
  return (
    <div className="what-if-subject">
      <div className="what-if-effect">
        <strong>{title}</strong>
        <span className="spacer" />
        {decision === null ? null : <DecisionMark decision={decision} />}
      </div>
      {rules.map(({ rule, title: words, decision: effect, message, remedy }) => (
        <div key={rule} className="what-if-rule">
          <DecisionShape decision={effect} />
          <div>
            <p>{words}</p>
            <p className="what-if-soft">{[message, remedy].filter(Boolean).join(' ')}</p>
          </div>
        </div>
      ))}
    </div>
  );
}

/** The changes of one trial, each judged as it is typed; the text stays in the session, so that leaving loses nothing. */
function tryingOf(
  workbench: Workbench,
  subject: Subject,
  begun: string | null,
  show: (state: TrialState | null) => void,
) {
  let text = begun;
  // What was written while an answer was on its way is not overwritten by it.
  let writings = 0;
  const queue = createChangeQueue(
    async (changes) => {
      const at = writings;
      return { at, state: await workbench.ask('trial', { subject, text, changes }) };
    },
    ({ at, state }) => {
      if (at !== writings) return;
      if (state) {
        text = state.text;
        if (state.trial.facts.length > 0 || state.trial.verdict === null) workbench.changeTrial(state.text);
      }
      show(state);
    },
  );
  const write = (now: string | null): void => {
    text = now;
    writings += 1;
    workbench.changeTrial(now);
    queue.refresh();
  };
  return { ...queue, write, restart: () => write(null) };
}
