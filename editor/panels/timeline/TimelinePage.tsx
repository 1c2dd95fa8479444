import { useMemo, useState } from 'react';
import { Button as AriaButton, Input, Label, TextField } from 'react-aria-components';

import { useAnswer } from '../../session/use-answer.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pane } from '../../ui/Pane.tsx';
import type { PanelProps } from '../panel.ts';
import type { LaneRow as Row, Stretch } from './timeline-view.ts';
import { addDays, timelineView } from './timeline-view.ts';
import './timeline.css';

/** Which revision of which policy is in force when: a lane for each policy of each payer. */
export function TimelinePage({ session, workbench }: PanelProps) {
  const { judged, settings } = session;
  const [today] = useState(todayHere);
  const day = settings.asOf ?? today;
  const answer = useAnswer(workbench, 'timeline', { payer: settings.payer, on: day }, judged);
  // The lanes of the day before stay until those of the next are there.
  const [lanes, keep] = useState(answer);
  if (answer !== undefined && answer !== lanes) keep(answer);
  const timeline = useMemo(
    () => timelineView(lanes ?? [], judged?.payers ?? [], day),
    [lanes, judged?.payers, day],
  );
  const choose = (asOf: string | null) => workbench.change({ asOf });
  return (
    <Pane
      name="timeline"
      title="Timeline"
      note="by date of service"
      tools={
        <div className="timeline-day">
          <Button look="quiet" label="A day earlier" onPress={() => choose(addDays(day, -1))}>
            ←
          </Button>
          <TextField
            className="timeline-field"
            type="date"
            value={day}
            onChange={(value) => choose(value === '' ? null : value)}
          >
            <Label className="visually-hidden">In force on</Label>
            <Input className="input" />
          </TextField>
          <Button look="quiet" label="A day later" onPress={() => choose(addDays(day, 1))}>
            →
          </Button>
          <Button look="quiet" disabled={settings.asOf === null} onPress={() => choose(null)}>
            Today
          </Button>
          <Button onPress={() => workbench.showDialog('new-revision')}>New revision…</Button>
        </div>
      }
    >
      {timeline.groups.length === 0 ? (
        <EmptyState
          title={
            judged === null || lanes === undefined ? 'Reading the policies …' : 'There are no policies yet.'
          }
        />
      ) : (
        <div className="pane-body timeline">
          <div className="timeline-axis" aria-hidden="true">
            <span />
            <span className="timeline-scale">
              {timeline.years.map(({ year, left }) => (
                <span key={year} className="timeline-year" style={{ left: `${left}%` }}>
                  {year}
                </span>
              ))}
              <span className="timeline-mark" style={{ left: `${timeline.day.left}%` }} />
            </span>
          </div>
          {timeline.groups.map((group) => (
            <section key={group.id} aria-label={group.title}>
              <h3 className="timeline-payer">{group.title}</h3>
              <ul>
                {group.lanes.map((lane) => (
                  <LaneRow
                    key={lane.id}
                    lane={lane}
                    dayLeft={timeline.day.left}
                    onOpen={(path) => workbench.chooseFile(path)}
                  />
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </Pane>
  );
}

interface LaneRowProps {
  readonly lane: Row;
  readonly dayLeft: number;
  readonly onOpen: (path: string) => void;
}

function LaneRow({ lane, dayLeft, onOpen }: LaneRowProps) {
  return (
    <li className="timeline-lane">
      <span className="timeline-title">{lane.title}</span>
      <span className="timeline-scale">
        {lane.revisions.map((it) => (
          <AriaButton
            key={it.path}
            className={it.current ? 'timeline-revision timeline-current' : 'timeline-revision'}
            style={placed(it)}
            aria-label={`${lane.title}, ${it.words}${it.current ? ', in force on this day' : ''}. Open`}
            onPress={() => onOpen(it.path)}
          >
            {it.words}
          </AriaButton>
        ))}
        {lane.revisions.flatMap(({ changes }) =>
          changes.map(({ words, left }) => (
            <span key={words} className="timeline-change" style={{ left: `${left}%` }} aria-hidden="true" />
          )),
        )}
        {lane.gaps.map((it) => (
          <span key={it.words} className="timeline-gap" style={placed(it)} />
        ))}
        {lane.overlaps.map((it) => (
          <span key={it.words} className="timeline-overlap" style={placed(it)} />
        ))}
        <span className="timeline-mark" style={{ left: `${dayLeft}%` }} aria-hidden="true" />
      </span>
      {lane.troubles.length === 0 ? null : (
        <span className="timeline-trouble">{lane.troubles.join('; ')}</span>
      )}
      {lane.notes.length === 0 ? null : (
        <ul className="timeline-notes">
          {lane.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </li>
  );
}

function placed({ left, width }: Stretch) {
  return { left: `${left}%`, width: `max(4px, ${width}%)` };
}

/** The author's own calendar. */
function todayHere(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
