import { useEffect, useMemo, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';

import { addImpacts, impactOfRows, noImpact, rowsOfImpact } from '#engine';

import { againstWords } from '../../marks/against.ts';
import { DecisionMark } from '../../marks/DecisionMark.tsx';
import { count } from '../../marks/words.ts';
import { openCase } from '../../session/subjects.ts';
import type { Workbench } from '../../session/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ArrowIcon } from '../../ui/icons.tsx';
import type { ImpactPart } from '../../worker/queries/impact.ts';
import type { PanelProps } from '../panel.ts';
import { impactView } from './impact-view.ts';
import type { ImpactView, MoveRow } from './impact-view.ts';
import './impact.css';

/** So many encounters are counted between two looks at whether to stop. */
const inPart = 250;
/** So many changed encounters are named here; the list of encounters has all of them. */
const few = 12;

type Counting = Pick<ImpactPart, 'rows' | 'changed' | 'done' | 'total' | 'differing'> & {
  readonly state: 'counting' | 'whole' | 'stopped' | 'failed';
};

const nothingYet: Counting = {
  state: 'counting',
  rows: rowsOfImpact(noImpact),
  changed: [],
  done: 0,
  total: 0,
  differing: [],
};

/** What the change does to the open encounters, counted with what is charged for them. */
export function ImpactDialog({ session, workbench }: PanelProps) {
  const [counting, setCounting] = useState(nothingYet);
  const { state, rows, changed, done, total, differing } = counting;
  const isWanted = useRef(true);
  useEffect(() => {
    isWanted.current = true;
    void countAll(workbench, () => isWanted.current, setCounting);
    return () => {
      isWanted.current = false;
    };
  }, [workbench]);
  const stop = () => {
    isWanted.current = false;
    setCounting((so) => ({ ...so, state: 'stopped' }));
  };
  const titles = useMemo(
    () => new Map(session.judged?.rules.map(({ rule, title }) => [rule, title])),
    [session.judged],
  );
  const view = useMemo(
    () => impactView(rows, done, (rule) => titles.get(rule) ?? rule),
    [rows, done, titles],
  );
  return (
    <Dialog
      title="What the change comes to"
      note={`Against ${againstWords(session.against)}, over every saved encounter and case, by all policies in force, also where a suite asks some of them alone. The command “proviso impact” counts the same over files of your own claims.`}
      size="wide"
      onLeave={() => workbench.leaveDialog()}
      buttons={
        <>
          {state === 'counting' ? (
            <Button look="quiet" onPress={stop}>
              Stop
            </Button>
          ) : null}
          <Button look="main" onPress={() => workbench.leaveDialog()}>
            Close
          </Button>
        </>
      }
    >
      <div className="impact">
        <output className="impact-sentence">
          {state === 'counting' ? 'Counting …' : null}
          {state === 'failed' ? 'This could not be counted. Close this and try again.' : null}
          {differing.length > 0
            ? `The fact ${differing[0]} is another kind of thing in the two versions, so nothing can be counted.`
            : state === 'whole' || state === 'stopped'
              ? view.sentence
              : null}
        </output>
        {session.judged?.stale ? (
          <p className="impact-soft">
            The text has a mistake at the moment. This is of the last text without one.
          </p>
        ) : null}
        {state === 'counting' ? (
          <progress aria-label="Encounters counted" value={done} max={Math.max(1, total)} />
        ) : null}
        {state === 'stopped' && done < total ? (
          <p className="impact-soft">
            Stopped: {count(total - done, 'encounter is', 'encounters are')} not counted.
          </p>
        ) : null}
        {state === 'counting' || state === 'failed' || differing.length > 0 ? null : (
          <>
            <Totals totals={view.totals} />
            <Moves title="Decided otherwise as a whole" of="Encounters" rows={view.moves} />
            <Moves title="Claim lines by procedure code" of="Lines" rows={view.codes} />
            <Rules rules={view.rules} />
            <Changed changed={changed} session={session} workbench={workbench} />
            {view.notes.map((note) => (
              <p key={note} className="impact-soft">
                {note}
              </p>
            ))}
          </>
        )}
      </div>
    </Dialog>
  );
}

/** Asks for one part after the other, and no more once nobody wants to know. */
async function countAll(
  workbench: Workbench,
  isWanted: () => boolean,
  tell: (so: Counting) => void,
): Promise<void> {
  let so = nothingYet;
  let sum = noImpact;
  try {
    while (so.state === 'counting') {
      const part = await workbench.ask('impact', { from: so.done, count: inPart });
      if (!isWanted()) return;
      sum = addImpacts(sum, impactOfRows(part.rows));
      so = {
        ...part,
        state: part.done >= part.total ? 'whole' : 'counting',
        changed: [...so.changed, ...part.changed],
        rows: rowsOfImpact(sum),
      };
      tell(so);
    }
  } catch {
    // The workbench has told of it already.
    tell({ ...so, state: 'failed' });
  }
}

function Totals({ totals }: Pick<ImpactView, 'totals'>) {
  if (totals.length === 0) return null;
  return (
    <table>
      <caption>Encounters by decision</caption>
      <thead>
        <tr>
          <th scope="col">Decision</th>
          <th scope="col">Before</th>
          <th scope="col">Charged</th>
          <th scope="col">After</th>
          <th scope="col">Charged</th>
          <th scope="col">Difference</th>
        </tr>
      </thead>
      <tbody>
        {totals.map(({ decision, before, after, difference }) => (
          <tr key={decision}>
            <th scope="row">
              <DecisionMark decision={decision} />
            </th>
            <td>{before.number}</td>
            <td className="impact-soft">{before.charged}</td>
            <td>{after.number}</td>
            <td className="impact-soft">{after.charged}</td>
            <td className={difference === '0' ? 'impact-soft' : 'impact-strong'}>{difference}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface MovesProps {
  readonly title: string;
  readonly of: string;
  readonly rows: readonly MoveRow[];
}

function Moves({ title, of, rows }: MovesProps) {
  if (rows.length === 0) return null;
  const hasHead = rows.some(({ head }) => head !== '');
  return (
    <table>
      <caption>{title}</caption>
      <thead>
        <tr>
          {hasHead ? <th scope="col">Code</th> : null}
          <th scope="col" className="impact-words">
            Was, and is now
          </th>
          <th scope="col">{of}</th>
          <th scope="col">Charged</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, head, before, after, number, charged }) => (
          <tr key={key}>
            {hasHead ? <th scope="row">{head}</th> : null}
            <td className="impact-words">
              <span className="impact-move">
                <DecisionMark decision={before} />
                <ArrowIcon />
                <span className="visually-hidden">now</span>
                <DecisionMark decision={after} />
              </span>
            </td>
            <td>{number}</td>
            <td className="impact-soft">{charged}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Rules({ rules }: Pick<ImpactView, 'rules'>) {
  if (rules.length === 0) return null;
  return (
    <table>
      <caption>Rules that say otherwise</caption>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col">Not met before</th>
          <th scope="col">Not met after</th>
          <th scope="col">Difference</th>
        </tr>
      </thead>
      <tbody>
        {rules.map(({ rule, title, before, after, difference }) => (
          <tr key={rule}>
            <th scope="row" className="impact-words">
              {title}
            </th>
            <td>{before}</td>
            <td>{after}</td>
            <td className="impact-strong">{difference}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ChangedProps extends Pick<Counting, 'changed'>, Pick<PanelProps, 'session' | 'workbench'> {}

function Changed({ changed, session, workbench }: ChangedProps) {
  if (changed.length === 0) return null;
  const titles = new Map(session.judged?.cases.map(({ key, title }) => [key, title]));
  const more = changed.length - few;
  return (
    <section aria-label="Encounters that are decided otherwise">
      <h3>Encounters that are decided otherwise</h3>
      <ul className="impact-encounters">
        {changed.slice(0, few).map(({ key, before, after }) => (
          <li key={key}>
            <AriaButton
              className="link"
              onPress={() => {
                workbench.leaveDialog();
                workbench.chooseCase(key);
                openCase(workbench, key);
              }}
            >
              {titles.get(key) ?? key}
            </AriaButton>
            <span className="impact-move">
              {before === after ? (
                <span className="impact-soft">in a line</span>
              ) : (
                <>
                  <DecisionMark decision={before} />
                  <ArrowIcon />
                  <span className="visually-hidden">now</span>
                </>
              )}
              <DecisionMark decision={after} />
            </span>
          </li>
        ))}
      </ul>
      {more > 0 ? (
        <p className="impact-soft">And {count(more, 'more', 'more')} in the list of encounters.</p>
      ) : null}
    </section>
  );
}
