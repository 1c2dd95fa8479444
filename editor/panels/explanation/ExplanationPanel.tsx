import { useMemo } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';

import { DecisionMark, DecisionShape } from '../../marks/DecisionMark.tsx';
import { decisionWords, outcomeWords } from '../../marks/words.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ArrowIcon, ChevronIcon } from '../../ui/icons.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Scrolling } from '../../ui/Scrolling.tsx';
import type { PanelProps } from '../panel.ts';
import { CitationPart } from './CitationPart.tsx';
import type { RuleGroup, RuleView, Subject } from './explanation-view.ts';
import { saysAtOnce, whyView } from './explanation-view.ts';
import { Satisfying } from './Satisfying.tsx';
import { WhyTree } from './WhyTree.tsx';
import './explanation.css';

/** Why the chosen encounter is judged as it is: line by line, rule by rule, with what would satisfy each. */
export function ExplanationPanel({ session, workbench }: PanelProps) {
  const { judged, chosenCase, why } = session;
  const row = judged?.cases.find((it) => it.key === chosenCase) ?? null;
  const view = useMemo(() => row && whyView(row, why), [row, why]);
  if (!row || !view) {
    return (
      <Pane name="why" title="Why">
        <EmptyState title="Choose a saved encounter.">
          <p>
            Here you read why it is judged as it is: each rule, the value found, and where the rule comes
            from.
          </p>
        </EmptyState>
      </Pane>
    );
  }
  const on: Asking = { session, workbench, caseKey: row.key, atOnce: saysAtOnce(view) };
  return (
    <Pane
      name="why"
      title="Why"
      tools={
        <Button
          className="link"
          onPress={() => workbench.jump({ path: row.path, line: row.place.line, column: row.place.column })}
        >
          Open the encounter <ArrowIcon />
        </Button>
      }
    >
      <Scrolling className="pane-body why" focus label={`Why: ${view.title}`}>
        <div className="why-head">
          <h3>{view.title}</h3>
          <p>
            {view.decision === null ? null : <DecisionMark decision={view.decision} />}
            {view.before === null ? null : (
              <span className="why-soft">was {decisionWords[view.before]} before your change</span>
            )}
          </p>
        </div>
        {view.subjects.map((subject) => (
          <SubjectPart key={subject.id} subject={subject} {...on} />
        ))}
        {view.differences.length > 0 ? (
          <div className="why-differences">
            <h4>Not as the suite expects</h4>
            <ul>
              {view.differences.map((difference) => (
                <li key={difference}>{difference}</li>
              ))}
            </ul>
          </div>
        ) : null}
      </Scrolling>
    </Pane>
  );
}

interface Asking extends Pick<PanelProps, 'session' | 'workbench'> {
  readonly caseKey: string;
  /** Whether rules that are not met say at once what would satisfy them. */
  readonly atOnce: boolean;
}

function SubjectPart({ subject, ...on }: Asking & { readonly subject: Subject }) {
  return (
    <section className="why-subject" aria-label={subject.title}>
      <div className="why-subject-head">
        <h4>{subject.title}</h4>
        {subject.detail === null ? null : <span className="why-soft">{subject.detail}</span>}
        <span className="spacer" />
        {subject.decision === null ? null : <DecisionMark decision={subject.decision} />}
      </div>
      {subject.groups.map((group) =>
        group.open ? (
          group.rules.map((rule) => <RulePart key={rule.id} rule={rule} {...on} />)
        ) : (
          <FoldedGroup key={group.outcome} group={group} {...on} />
        ),
      )}
    </section>
  );
}

function FoldedGroup({ group, ...on }: Asking & { readonly group: RuleGroup }) {
  return (
    <Disclosure className="fold">
      <Heading level={5} className="fold-head">
        <Button slot="trigger" className="fold-button">
          <ChevronIcon />
          {group.title}
          <span className="fold-count">{group.rules.length}</span>
        </Button>
      </Heading>
      <DisclosurePanel>
        {group.rules.map((rule) => (
          <RulePart key={rule.id} rule={rule} {...on} />
        ))}
      </DisclosurePanel>
    </Disclosure>
  );
}

function RulePart({ rule, ...on }: Asking & { readonly rule: RuleView }) {
  const { workbench } = on;
  const answer = rule.outcome === 'violated' || rule.outcome === 'undetermined';
  const decision = rule.outcome === 'undetermined' ? 'needs-record' : rule.effect;
  return (
    <article className={answer ? `rule rule-answer rule-${decision}` : 'rule'} aria-label={rule.title}>
      <div className="rule-head">
        {answer ? <DecisionShape decision={decision} /> : null}
        <Button className="rule-title" onPress={() => workbench.jump(rule.place)}>
          {rule.title}
        </Button>
        <span className="rule-outcome">{outcomeWords[rule.outcome]}</span>
      </div>
      {rule.message === '' ? null : <p className="rule-message">{rule.message}</p>}
      {rule.parts.length === 0 ? null : (
        <WhyTree
          label={`Conditions of: ${rule.title}`}
          nodes={rule.parts}
          onJump={(place) => workbench.jump(place)}
        />
      )}
      {answer ? <Satisfying rule={rule} {...on} /> : null}
      {rule.remedy === '' ? null : (
        <p className="rule-remedy">
          <span>What to do:</span> {rule.remedy}
        </p>
      )}
      {answer
        ? rule.citations.map((citation) => (
            <CitationPart
              key={`${citation.source}#${citation.clause}`}
              citation={citation}
              onOpen={() => workbench.showClause({ source: citation.source, clause: citation.clause })}
            />
          ))
        : null}
    </article>
  );
}
