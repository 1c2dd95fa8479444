import { memo } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';

import type { RuleForm } from '#engine';
import { effects } from '#engine';

import { DecisionShape } from '../../marks/DecisionMark.tsx';
import { decisionWords } from '../../marks/words.ts';
import { ChevronIcon, MoreIcon, PlusIcon } from '../../ui/icons.tsx';
import { Picker } from '../../ui/Picker.tsx';
import { Block } from './Conditions.tsx';
import {
  Cites,
  Leftovers,
  LinesOf,
  ProblemShape,
  Problems,
  Received,
  Row,
  TextOf,
  WordOf,
} from './fields.tsx';
import { placeholderItems, problemCount } from './form-view.ts';
import { useTools } from './use-form.ts';

interface RuleCardProps {
  readonly rule: RuleForm;
  /** How often it came out how, in words. */
  readonly counts: string;
  readonly size: number;
  readonly open: boolean;
  readonly onOpen: (rule: string, open: boolean) => void;
}

/** One rule: its head always, and what it says when it is open. */
export const RuleCard = memo(function RuleCard({ rule, counts, size, open, onOpen }: RuleCardProps) {
  const { problems } = useTools();
  const title = rule.title.text ?? rule.id.text ?? 'A rule without a title';
  const wrong = problemCount(problems, rule.key);
  const effect = effects.find((each) => each === rule.outcome.text);
  return (
    <article className={`f-rule${open ? ' f-rule-open' : ''}`} aria-label={title} data-spot={rule.key}>
      <div className="f-rule-head">
        <Button
          className="f-rule-toggle"
          aria-expanded={open}
          onPress={() => onOpen(rule.id.text ?? rule.key, !open)}
        >
          <ChevronIcon />
          <span className="f-rule-title">{title}</span>
          {wrong === 0 ? null : (
            <span className="f-rule-wrong">
              <ProblemShape severity="error" />
              {wrong} {wrong === 1 ? 'problem' : 'problems'}
            </span>
          )}
          <span className="f-rule-count">{counts}</span>
          {effect === undefined ? null : (
            <span className={`decision decision-${effect}`}>
              <DecisionShape decision={effect} />
              {decisionWords[effect]}
            </span>
          )}
        </Button>
        <RuleMenu rule={rule} title={title} size={size} />
      </div>
      {open ? <RuleBody rule={rule} title={title} /> : null}
    </article>
  );
});

function RuleBody({ rule, title }: { readonly rule: RuleForm; readonly title: string }) {
  const { perform } = useTools();
  const judges = rule.scope.text === 'visit' ? 'the visit, once' : 'each billed line';
  const requires = rule.outcome.path.at(-1) === 'otherwise';
  return (
    <div className="f-rule-body">
      <Problems spot={rule.key} />
      <Row label="Says" spot={[rule.title.key]}>
        <LinesOf label="What the rule says" field={rule.title} must className="f-typed-title" />
      </Row>
      <Row label="Judges" spot={rule.scope.key}>
        <div className="f-sentence">
          <WordOf
            label="What the rule judges"
            value={judges}
            title={judges}
            items={[
              { id: 'line', title: 'each billed line' },
              { id: 'visit', title: 'the visit, once' },
            ]}
            onPick={(scope) =>
              perform(
                scope === 'line' && rule.scope.at
                  ? { kind: 'clear', path: rule.scope.path }
                  : { kind: 'set', path: rule.scope.path, value: scope },
              )
            }
          />
        </div>
      </Row>
      <Row label="Received" spot={[rule.received.key, rule.received.from.key, rule.received.to.key]}>
        <Received field={rule.received} nothing="Whenever the claim was received." />
      </Row>
      <Row label="Applies when">
        <Block block={rule.when} label="Applies when" />
        {rule.when.entries.length === 0 ? (
          <p className="f-soft">It applies to everything that it judges.</p>
        ) : null}
      </Row>
      <Row label="Must hold">
        <Block block={rule.require} label="Must hold" add={requires ? 'Condition' : 'Requirement'} />
        {rule.require.entries.length === 0 && !requires ? (
          <p className="f-soft">Nothing: whatever it applies to is not as it should be.</p>
        ) : null}
      </Row>
      <Row label="Unless">
        <Block block={rule.unless} label="Unless" add="Exception" />
      </Row>
      <Row label={requires ? 'Otherwise' : 'Then'} spot={rule.outcome.key}>
        <Outcome rule={rule} />
      </Row>
      <Row label="Message" spot={rule.message.key}>
        <div className="f-message">
          <LinesOf
            label="Message"
            field={rule.message}
            placeholder="What the biller is told; the title where it is empty"
          />
          <Placeholder rule={rule} />
        </div>
      </Row>
      <Row label="Remedy" spot={rule.remedy.key}>
        <LinesOf label="Remedy" field={rule.remedy} placeholder="What the biller can do" />
      </Row>
      <Row label="Cites" spot={rule.cite.key}>
        <Cites field={rule.cite} of={title} />
      </Row>
      <Row label="Remark" spot={rule.remark.key}>
        <LinesOf label="Remark" field={rule.remark} placeholder="For colleagues; no rule reads it" />
      </Row>
      <Row label="Id" spot={rule.id.key}>
        <TextOf label="Id of the rule" field={rule.id} must className="mono" />
      </Row>
      <Leftovers leftovers={rule.leftovers} />
    </div>
  );
}

const outcomeMeanings = {
  deny: 'The line is not paid.',
  review: 'Somebody looks at it before it is paid.',
  reduce: 'The units are lowered to what the record supports.',
  advise: 'It is paid, with a hint for the next time.',
} as const;

function Outcome({ rule }: { readonly rule: RuleForm }) {
  const { perform } = useTools();
  const effect = effects.find((each) => each === rule.outcome.text);
  return (
    <div className="f-sentence">
      <WordOf
        className={`f-word decision ${effect ? `decision-${effect}` : ''}`}
        label="Outcome"
        value={effect ? decisionWords[effect] : (rule.outcome.text ?? 'none')}
        title={
          <>
            {effect ? <DecisionShape decision={effect} /> : null}
            {effect ? decisionWords[effect] : (rule.outcome.text ?? 'choose what follows')}
          </>
        }
        items={effects.map((each) => ({
          id: each,
          title: decisionWords[each],
          detail: outcomeMeanings[each],
        }))}
        onPick={(value) => perform({ kind: 'set', path: rule.outcome.path, value })}
      />
      {effect ? <span className="f-soft">{outcomeMeanings[effect]}</span> : null}
    </div>
  );
}

/** Puts a value of the claim or the record into the message. */
function Placeholder({ rule }: { readonly rule: RuleForm }) {
  const { choices, hasTimeRule, perform } = useTools();
  const { text, path } = rule.message;
  return (
    <Picker
      className="f-add"
      label="Put a value into the message"
      items={() => placeholderItems(choices, rule, hasTimeRule)}
      placeholder="A fact or a parameter"
      onPick={(name) => perform({ kind: 'set', path, value: `${text ?? ''} {${name}}`.trimStart() })}
    >
      <PlusIcon />
      Value
    </Picker>
  );
}

function RuleMenu({
  rule,
  title,
  size,
}: {
  readonly rule: RuleForm;
  readonly title: string;
  readonly size: number;
}) {
  const { perform, showText } = useTools();
  const { index, path } = rule;
  const deeds = {
    copy: () => perform({ kind: 'duplicate-rule', index }),
    up: () => perform({ kind: 'move', list: ['rules'], from: index, to: index - 1 }),
    down: () => perform({ kind: 'move', list: ['rules'], from: index, to: index + 1 }),
    below: () => perform({ kind: 'add-rule', index: index + 1 }),
    text: () => showText(rule.key),
    remove: () => perform({ kind: 'clear', path }),
  };
  const entries: readonly (readonly [keyof typeof deeds, string])[] = [
    ['below', 'Add a rule below'],
    ['copy', 'Duplicate'],
    ...(index > 0 ? [['up', 'Move up'] as const] : []),
    ...(index < size - 1 ? [['down', 'Move down'] as const] : []),
    ['text', 'Show in the YAML'],
    ['remove', 'Remove this rule'],
  ];
  return (
    <MenuTrigger>
      <Button className="button button-quiet button-icon" aria-label={`What can be done with: ${title}`}>
        <MoreIcon />
      </Button>
      <Popover className="menu-popover" placement="bottom end">
        <Menu aria-label={title} onAction={(id) => deeds[id as keyof typeof deeds]()}>
          {entries.map(([id, words]) => (
            <MenuItem key={id} id={id} className="menu-item">
              {words}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
