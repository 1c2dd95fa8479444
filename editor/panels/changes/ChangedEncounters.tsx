import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';

import { DecisionMark } from '../../marks/DecisionMark.tsx';
import { count, sentence } from '../../marks/words.ts';
import { openCase } from '../../session/subjects.ts';
import type { Workbench } from '../../session/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { ArrowIcon } from '../../ui/icons.tsx';
import type { ComparedVersions } from '../../worker/queries/compare.ts';
import { encounterRow } from './changes-view.ts';

/** So many are in sight until all are asked for. */
const few = 6;

interface ChangedEncountersProps {
  readonly comparison: ComparedVersions;
  readonly workbench: Workbench;
}

/** The saved encounters and cases that come out otherwise, each with the rule and the condition that made the difference. */
export function ChangedEncounters({ comparison, workbench }: ChangedEncountersProps) {
  const [all, setAll] = useState(false);
  const { encounters, moreEncounters } = comparison;
  if (encounters.length === 0) return null;
  const rows = (all ? encounters : encounters.slice(0, few)).map(encounterRow);
  const left = encounters.length - rows.length;
  return (
    <section className="changes-section" aria-label="Saved encounters that change">
      <h3>
        Saved encounters that change <span>{encounters.length + moreEncounters}</span>
      </h3>
      <ul className="changes-encounters">
        {rows.map(({ key, title, before, after, causes }) => (
          <li key={key}>
            <div className="changes-encounter">
              <AriaButton
                className="link changes-encounter-title"
                onPress={() => {
                  workbench.chooseCase(key);
                  openCase(workbench, key);
                }}
              >
                {title}
              </AriaButton>
              <span className="change-decisions">
                {before === after ? (
                  <span className="changes-soft">for other reasons</span>
                ) : (
                  <>
                    <DecisionMark decision={before} />
                    <span className="change-arrow">
                      <ArrowIcon />
                      <span className="visually-hidden">now</span>
                    </span>
                  </>
                )}
                <DecisionMark decision={after} />
              </span>
            </div>
            {causes.map((cause) => (
              <p key={cause} className="changes-soft">
                {sentence(cause)}
              </p>
            ))}
          </li>
        ))}
      </ul>
      <div className="changes-more">
        {left > 0 ? (
          <Button look="quiet" onPress={() => setAll(true)}>
            Show {count(left, 'more', 'more')}
          </Button>
        ) : null}
        {moreEncounters > 0 && left === 0 ? (
          <span className="changes-soft">{count(moreEncounters, 'more is', 'more are')} in the list.</span>
        ) : null}
        <Button
          look="quiet"
          onPress={() => {
            workbench.filter('changed');
            workbench.showPage('encounters');
          }}
        >
          Show them in the list of encounters
        </Button>
      </div>
    </section>
  );
}
