import { useMemo } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';

import type { ExplainedCondition } from '#engine';

import { DecisionMark, DecisionShape } from '../../marks/DecisionMark.tsx';
import { TruthMark } from '../../marks/TruthMark.tsx';
import { decisionWords, outcomeWords } from '../../marks/words.ts';
import type { Jump, Why } from '../../session/session.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ArrowIcon, ChevronIcon } from '../../ui/icons.tsx';
import { Pane } from '../../ui/Pane.tsx';
import type { CaseRow } from '../../worker/protocol.ts';
import type { RuleGroup, RuleView, Subject } from './explanation-view.ts';
import { citeWords, whyView } from './explanation-view.ts';
import './explanation.css';

type OnJump = (place: Omit<Jump, 'focus'>) => void;

interface ExplanationPanelProps {
  readonly row: CaseRow | null;
  readonly why: Why | null;
  readonly onJump: OnJump;
  readonly onCite: (cite: string) => void;
}

export function ExplanationPanel({ row, why, onJump, onCite }: ExplanationPanelProps) {
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
  return (
    <Pane
      name="why"
      title="Why"
      tools={
        <Button
          className="link"
          onPress={() => onJump({ path: row.path, line: row.place.line, column: row.place.column })}
        >
          Open the encounter <ArrowIcon />
        </Button>
      }
    >
      {/* It scrolls, so the keyboard must be able to stop at it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="pane-body why" data-pane-focus="" tabIndex={0} aria-label={`Why: ${view.title}`}>
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
          <SubjectPart key={subject.id} subject={subject} onJump={onJump} onCite={onCite} />
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
      </section>
    </Pane>
  );
}

interface PartProps {
  readonly onJump: OnJump;
  readonly onCite: (cite: string) => void;
}

function SubjectPart({ subject, ...on }: PartProps & { readonly subject: Subject }) {
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

function FoldedGroup({ group, ...on }: PartProps & { readonly group: RuleGroup }) {
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

function RulePart({ rule, onJump, onCite }: PartProps & { readonly rule: RuleView }) {
  const answer = rule.outcome === 'violated' || rule.outcome === 'undetermined';
  const decision = rule.outcome === 'undetermined' ? 'needs-record' : rule.effect;
  return (
    <article className={answer ? `rule rule-answer rule-${decision}` : 'rule'} aria-label={rule.title}>
      <div className="rule-head">
        {answer ? <DecisionShape decision={decision} /> : null}
        <Button className="rule-title" onPress={() => onJump(rule.place)}>
          {rule.title}
        </Button>
        <span className="rule-outcome">{outcomeWords[rule.outcome]}</span>
      </div>
      {rule.message === '' ? null : <p className="rule-message">{rule.message}</p>}
      {rule.remedy === '' ? null : (
        <p className="rule-remedy">
          <span>What to do:</span> {rule.remedy}
        </p>
      )}
      {rule.parts.map((part) => (
        <div key={part.title} className="rule-part">
          <h5>{part.title}</h5>
          <ul>
            {part.conditions.map((condition, at) => (
              <ConditionLine key={at} condition={condition} onJump={onJump} />
            ))}
          </ul>
        </div>
      ))}
      {answer ? (
        <p className="rule-cites">
          {rule.cites.map((cite) => (
            <Button key={cite} className="link" onPress={() => onCite(cite)}>
              {citeWords(cite)}
            </Button>
          ))}
        </p>
      ) : null}
    </article>
  );
}

function ConditionLine({
  condition,
  onJump,
}: {
  readonly condition: ExplainedCondition;
  readonly onJump: OnJump;
}) {
  const { otherLine, sentence, result, found, needs, children } = condition;
  return (
    <li>
      <Button className="condition" onPress={() => onJump(condition.place)}>
        <TruthMark truth={result} />
        <span className="condition-words">
          {otherLine === null ? '' : `Line ${otherLine}: `}
          {sentence}
        </span>
        {found === null ? null : (
          <span className="condition-value">
            {found}
            {needs === null ? '' : `, needs ${needs}`}
          </span>
        )}
      </Button>
      {children.length === 0 ? null : (
        <ul>
          {children.map((child, at) => (
            <ConditionLine key={at} condition={child} onJump={onJump} />
          ))}
        </ul>
      )}
    </li>
  );
}
