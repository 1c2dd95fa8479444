import { useState } from 'react';
import { Button } from 'react-aria-components';

import { subjectOfRow } from '../../session/subjects.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { ArrowIcon } from '../../ui/icons.tsx';
import type { PanelProps } from '../panel.ts';
import type { RuleView } from './explanation-view.ts';

interface SatisfyingProps extends Pick<PanelProps, 'session' | 'workbench'> {
  readonly caseKey: string;
  readonly rule: RuleView;
  readonly atOnce: boolean;
}

/** What would satisfy the rule: at once, or when it is asked for. */
export function Satisfying(props: SatisfyingProps) {
  const [asked, setAsked] = useState(props.atOnce);
  if (asked) return <Ways {...props} />;
  return (
    <Button className="link" onPress={() => setAsked(true)}>
      What would satisfy it?
    </Button>
  );
}

function Ways({ session, workbench, caseKey, rule }: SatisfyingProps) {
  const params = { caseKey, rule: rule.id, line: rule.line };
  const answer = useAnswer(workbench, 'satisfy', params, session);
  if (!answer) return null;
  const { proposals, nothing } = answer;
  // As a trial: the encounter itself is left as it is.
  const tryIt = (text: string): void => {
    const row = session.judged?.cases.find(({ key }) => key === caseKey);
    if (!row) return;
    workbench.tryOut(subjectOfRow(row));
    workbench.changeTrial(text);
  };
  const first = proposals.find(({ headline }) => headline !== null)?.headline;
  return (
    <section className="ways" aria-label={`What would satisfy: ${rule.title}`}>
      {first ? <p className="ways-head">{first}</p> : null}
      {nothing === null ? null : <p className="ways-head">{nothing}</p>}
      {proposals.some(({ kind }) => kind === 'record') ? (
        <p className="why-soft">If the record supports it, and it was only not entered:</p>
      ) : null}
      <ul className="ways-list">
        {proposals.map((proposal, at) => (
          <li key={at} className="way">
            {proposal.kind === 'units' ? <p className="why-soft">Or leave the record as it is:</p> : null}
            {proposal.steps.map((step) => (
              <p key={step}>{step}</p>
            ))}
            <p className="why-soft">
              {proposal.outcome}
              {proposal.worse.map((words) => ` ${words}`)}
            </p>
            <Button
              className="link"
              aria-label={`Try it: ${proposal.steps.join(' ')}`}
              onPress={() => tryIt(proposal.text)}
            >
              Try it <ArrowIcon />
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
