import type { ReactNode } from 'react';
import { memo, useEffect, useRef, useState } from 'react';
import { Button, Group, Input, TextField } from 'react-aria-components';

import type {
  FigureForm,
  NamedBlock,
  ParameterForm,
  ParameterValueForm,
  PolicyForm,
  TimeRuleForm,
} from '#engine';
import { policyKinds, timeMethods } from '#engine';

import { kindWords } from '../../marks/words.ts';
import { PlusIcon } from '../../ui/icons.tsx';
import { Picker } from '../../ui/Picker.tsx';
import type { RuleCount } from '../../worker/protocol.ts';
import { Block } from './Conditions.tsx';
import {
  Cites,
  DayOf,
  Instead,
  Items,
  Labelled,
  Leftovers,
  LinesOf,
  Problems,
  Received,
  RemoveButton,
  Row,
  TextOf,
  TypedNumber,
  TypedText,
  WordOf,
  useFill,
} from './fields.tsx';
import { countWords, factItems, figureFacts, nameInWords, shortOf } from './form-view.ts';
import { Named } from './Operand.tsx';
import { RuleCard } from './RuleCard.tsx';
import { useTools } from './use-form.ts';

interface PolicyFormProps {
  readonly form: PolicyForm;
  readonly counts: readonly RuleCount[];
  readonly openRules: ReadonlySet<string>;
  readonly onOpen: (rule: string, open: boolean) => void;
}

/** A policy, from its head to its last rule. */
export function PolicyFormView({ form, counts, openRules, onOpen }: PolicyFormProps) {
  const { perform } = useTools();
  return (
    <>
      <Problems spot="" />
      <Head form={form} />
      <Section title="Parameters" note="Numbers and values with a name, a source and dates.">
        {form.parameters.map((parameter) => (
          <Parameter key={parameter.key} parameter={parameter} />
        ))}
        <AddNamed
          words="Parameter"
          example="minimumMinutes"
          taken={form.parameters.map(({ name }) => name)}
          onAdd={(name) => perform({ kind: 'add-parameter', name, value: '1', unit: null, use: null })}
        />
      </Section>
      {form.timeRule ? (
        <Section title="Time rule" note="How minutes become units.">
          <TimeRule rule={form.timeRule} />
        </Section>
      ) : null}
      {form.figures.length === 0 ? null : (
        <Section title="Figures" note="Counted over lines or earlier visits.">
          {form.figures.map((figure) => (
            <Figure key={figure.key} figure={figure} />
          ))}
        </Section>
      )}
      {form.conditions.length === 0 ? null : (
        <Section title="Named conditions" note="Written once, used by several rules.">
          {form.conditions.map((condition) => (
            <Condition key={condition.key} condition={condition} />
          ))}
        </Section>
      )}
      <More form={form} />
      <Section title="Rules" note={form.rules.length === 1 ? '1 rule' : `${String(form.rules.length)} rules`}>
        {form.rules.map((rule) => {
          const id = rule.id.text ?? rule.key;
          return (
            <RuleCard
              key={`${id} ${String(rule.index)}`}
              rule={rule}
              size={form.rules.length}
              counts={countWords(
                counts.find((each) => each.path === form.path && each.rule === `${form.id.text}/${id}`),
              )}
              open={openRules.has(id)}
              onOpen={onOpen}
            />
          );
        })}
        <Button className="f-add" onPress={() => perform({ kind: 'add-rule', index: form.rules.length })}>
          <PlusIcon />
          Rule
        </Button>
      </Section>
      <Leftovers leftovers={form.leftovers} />
    </>
  );
}

/** What a policy can have besides, where it has none yet, and one more of what it has. */
function More({ form }: { readonly form: PolicyForm }) {
  const { choices, perform } = useTools();
  const timedCodes = choices.lists.find(({ of }) => of === 'code')?.id;
  return (
    <div className="form-section f-more">
      <AddNamed
        words="Named condition"
        example="isTimed"
        taken={form.conditions.map(({ name }) => name)}
        onAdd={(name) => perform({ kind: 'add-test', block: ['conditions', name], fact: 'line.code' })}
      />
      <AddNamed
        words="Figure"
        example="timedLines"
        taken={form.figures.map(({ name }) => name)}
        onAdd={(name) => perform({ kind: 'set', path: ['derive', name], value: { count: 'lines' } })}
      />
      {form.timeRule || timedCodes === undefined ? null : (
        <Button
          className="f-add"
          onPress={() =>
            perform({
              kind: 'set',
              path: ['timeRule'],
              value: { method: 'per-service', codes: `$${timedCodes}`, minutesPerUnit: '15' },
            })
          }
        >
          <PlusIcon />
          Time rule
        </Button>
      )}
    </div>
  );
}

export function Section({
  title,
  note,
  children,
}: {
  readonly title: string;
  readonly note?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="form-section" aria-label={title}>
      <h3 className="form-section-head">
        {title} {note === undefined ? null : <span className="f-soft">{note}</span>}
      </h3>
      {children}
    </section>
  );
}

const Head = memo(function Head({ form }: { readonly form: PolicyForm }) {
  const { choices, perform } = useTools();
  const { payers, policyKind } = form;
  // With a time rule, or over a base, only rules are for some dates received.
  const canBeReceived = form.timeRule === null && form.extends.at === null;
  const kind = policyKind.text ?? '';
  const payerItems = choices.codes
    .filter(({ of }) => of === 'payer')
    .map(({ value, short }) => ({ id: value, title: short.split(',')[0] || value, note: value }));
  return (
    <section className="form-section form-head" aria-label="About this policy">
      <Row label="Title" spot={form.title.key}>
        <LinesOf label="Title of the policy" field={form.title} must className="f-typed-title" />
      </Row>
      <Row label="Kind" spot={policyKind.key}>
        <div className="f-sentence">
          <WordOf
            label="Kind of policy"
            value={kindWords[kind] ?? kind}
            title={kindWords[kind] ?? (kind || 'choose')}
            items={policyKinds.map((each) => ({ id: each, title: kindWords[each] ?? each }))}
            onPick={(value) => perform({ kind: 'set', path: policyKind.path, value })}
          />
        </div>
      </Row>
      <Row label="Payers" spot={payers.key}>
        {payers.instead !== null ? (
          <Instead text={payers.instead} spot={payers.key} />
        ) : (
          <div className="f-sentence">
            {payers.items === null ? <span>Every payer</span> : null}
            <Items
              label="payers"
              items={payers.items ?? []}
              titleOf={(payer) => shortOf(choices, payer, 'payer')}
              more={() => payerItems}
              onChange={(items) =>
                perform(
                  items.length === 0
                    ? { kind: 'clear', path: payers.path }
                    : { kind: 'set', path: payers.path, value: items },
                )
              }
            />
          </div>
        )}
      </Row>
      <Row label="In force" spot={[form.from.key, form.to.key, 'effective']}>
        <div className="f-sentence">
          <span className="f-op">for services from</span>
          <DayOf label="First day" field={form.from} must />
          <span className="f-op">until</span>
          <DayOf label="Last day; empty: no end" field={form.to} />
        </div>
      </Row>
      {canBeReceived || form.received.at !== null ? (
        <Row label="Received" spot={[form.received.key, form.received.from.key, form.received.to.key]}>
          <Received field={form.received} nothing="It is for claims whenever they were received." />
        </Row>
      ) : null}
      <Row label="Review" spot={[...Object.values(form.review).map(({ key }) => key), 'review']}>
        <div className="f-sentence f-sentence-wide">
          <Labelled label="notified">
            <DayOf label="Day on which the policy was notified" field={form.review.notified} />
          </Labelled>
          <Labelled label="last">
            <DayOf label="Day of the last review" field={form.review.last} />
          </Labelled>
          <Labelled label="next">
            <DayOf label="Day of the next review" field={form.review.next} />
          </Labelled>
          <Labelled label="by">
            <TextOf label="Who reviews it" field={form.review.owner} placeholder="Compliance" />
          </Labelled>
        </div>
      </Row>
      {form.extends.at === null ? null : (
        <Row label="Extends" spot={form.extends.key}>
          <TextOf label="Policy that this one extends" field={form.extends} must className="mono" />
        </Row>
      )}
      <Row label="Remark" spot={form.remark.key}>
        <LinesOf
          label="Remark about the policy"
          field={form.remark}
          placeholder="For colleagues; no rule reads it"
        />
      </Row>
    </section>
  );
});

const Condition = memo(function Condition({ condition }: { readonly condition: NamedBlock }) {
  const words = nameInWords(condition.name);
  return (
    <Row label={words}>
      <Block block={condition.block} label={words} />
      <Problems spot={condition.key} />
    </Row>
  );
});

// ---- parameters ----

const Parameter = memo(function Parameter({ parameter }: { readonly parameter: ParameterForm }) {
  const { perform } = useTools();
  const { name, dated, values, unit, path, key } = parameter;
  const last = values.at(-1);
  return (
    <Group className="f-parameter" aria-label={`Parameter ${name}`} data-spot={key}>
      <div className="f-sentence">
        <strong className="f-parameter-name">{name}</strong>
        {dated ? <span className="f-op">by date of service</span> : <span className="f-op">is</span>}
        {!dated && last ? <ParameterValue value={last} unit={unit} name={name} /> : null}
        <RemoveButton
          label={`Remove the parameter ${name}`}
          onPress={() => perform({ kind: 'clear', path })}
        />
      </div>
      <Problems spot={key} />
      {dated ? (
        <ul className="f-dated">
          {values.map((value) => (
            <li key={value.key} data-spot={value.key}>
              <div className="f-sentence">
                <span className="f-op">from</span>
                <DayOf label={`${name}: first day`} field={value.from} must />
                <span className="f-op">until</span>
                <DayOf label={`${name}: last day; empty: until the next begins`} field={value.to} />
                <span className="f-op">it is</span>
                <ParameterValue value={value} unit={unit} name={name} />
                <RemoveButton
                  label={`Remove this value of ${name}`}
                  onPress={() => perform({ kind: 'clear', path: value.path })}
                />
              </div>
              <Problems spot={value.from.key} />
              <Problems spot={value.key} />
              <Cites field={value.cite} of={`${name} from ${value.from.text ?? ''}`} />
              <Problems spot={value.cite.key} />
              <Leftovers leftovers={value.leftovers} />
            </li>
          ))}
        </ul>
      ) : last ? (
        <>
          <Cites field={last.cite} of={name} />
          <Problems spot={last.cite.key} />
          <Leftovers leftovers={last.leftovers} />
        </>
      ) : null}
      <Button
        className="f-add"
        onPress={() =>
          perform({
            kind: 'date-parameter',
            path,
            from: dayAfter(values),
            value: last?.value.items ?? last?.value.text ?? '',
          })
        }
      >
        <PlusIcon />
        New value from a date
      </Button>
    </Group>
  );
});

/** The first day of the next month, or of the year after the latest value, whichever is later. */
function dayAfter(values: readonly ParameterValueForm[]): string {
  const now = new Date();
  const next = new Date(Date.UTC(now.getFullYear(), now.getMonth() + 1, 1)).toISOString().slice(0, 10);
  const latest =
    values
      .map(({ from }) => from.text ?? '')
      .toSorted()
      .at(-1) ?? '';
  return latest < next ? next : `${String(Number(latest.slice(0, 4)) + 1)}-01-01`;
}

function ParameterValue({
  value,
  unit,
  name,
}: {
  readonly value: ParameterValueForm;
  readonly unit: string | null;
  readonly name: string;
}) {
  const { choices, perform } = useTools();
  const field = value.value;
  const fill = useFill(field.path, true);
  const text = field.text ?? '';
  if (field.instead !== null) return <Instead text={field.instead} spot={field.key} />;
  return (
    <>
      {field.items ? (
        <Items
          label={`values of ${name}`}
          items={field.items}
          titleOf={(item) => choices.codes.find((code) => code.value === item)?.short ?? ''}
          more={() => choices.codes.map(({ value: id, short }) => ({ id, title: id, detail: short }))}
          ownWords={(typed) => ({ id: typed, title: typed })}
          onChange={(items) => items.length > 0 && perform({ kind: 'set', path: field.path, value: items })}
        />
      ) : /^-?\d+(?:\.\d+)?$/.test(text) ? (
        <TypedNumber
          label={`Value of ${name}`}
          text={text}
          unit={unit}
          min={null}
          max={null}
          onCommit={fill}
        />
      ) : (
        <>
          <TypedText label={`Value of ${name}`} text={text} onCommit={fill} />
          {unit === null ? null : <span className="f-unit">{unit}</span>}
        </>
      )}
      <Problems spot={field.key} />
    </>
  );
}

/** Something new that needs a name first. */
function AddNamed({
  words,
  example,
  taken,
  onAdd,
}: {
  readonly words: string;
  readonly example: string;
  readonly taken: readonly string[];
  readonly onAdd: (name: string) => void;
}) {
  const [name, setName] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const asked = name !== null;
  useEffect(() => {
    // Whoever asked for it wants to type its name.
    if (asked) field.current?.focus();
  }, [asked]);
  if (name === null) {
    return (
      <Button className="f-add" onPress={() => setName('')}>
        <PlusIcon />
        {words}
      </Button>
    );
  }
  const isName = /^[a-z][A-Za-z0-9]*$/.test(name) && !taken.includes(name);
  return (
    <form
      className="f-sentence"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isName) return;
        onAdd(name);
        setName(null);
      }}
    >
      <TextField className="f-typed" aria-label={`Name: ${words}`} value={name} onChange={setName}>
        <Input ref={field} className="f-typed-input" placeholder={example} />
      </TextField>
      <Button type="submit" className="button" isDisabled={!isName}>
        Add
      </Button>
      <Button className="button button-quiet" onPress={() => setName(null)}>
        Cancel
      </Button>
      <span className="f-soft">
        {taken.includes(name) ? 'There is one of this name.' : 'One word that begins with a small letter.'}
      </span>
    </form>
  );
}

// ---- time rule and figures ----

const methodWords = {
  'per-service': 'each service by itself',
  'total-time': 'all timed minutes together',
  'full-units': 'completed units only',
} as const satisfies Record<(typeof timeMethods)[number], string>;

const TimeRule = memo(function TimeRule({ rule }: { readonly rule: TimeRuleForm }) {
  const { choices, perform } = useTools();
  const method = timeMethods.find((each) => each === rule.method.text);
  const { codes, minimumMinutes } = rule;
  return (
    <div className="f-parameter" data-spot={rule.key}>
      <Row label="Method" spot={rule.method.key}>
        <div className="f-sentence">
          <WordOf
            label="Method of the time rule"
            value={method ? methodWords[method] : (rule.method.text ?? '')}
            title={method ? methodWords[method] : (rule.method.text ?? 'choose')}
            items={timeMethods.map((each) => ({ id: each, title: methodWords[each], also: each }))}
            onPick={(value) => perform({ kind: 'set', path: rule.method.path, value })}
          />
        </div>
      </Row>
      <Row label="Timed codes" spot={codes.key}>
        <div className="f-sentence">
          {codes.kind === 'name' ? (
            <Named name={codes.name} />
          ) : codes.kind === 'items' ? (
            <Items
              label="timed codes"
              items={codes.items}
              titleOf={(item) => shortOf(choices, item, 'code')}
              more={() =>
                choices.codes
                  .filter(({ of }) => of === 'code')
                  .map(({ value, short }) => ({ id: value, title: value, detail: short }))
              }
              onChange={(items) => perform({ kind: 'set', path: codes.path, value: items })}
            />
          ) : codes.kind === 'odd' ? (
            <Instead text={codes.text} spot={codes.key} />
          ) : null}
          <Picker
            className="f-source"
            label="List of timed codes"
            items={() =>
              choices.lists
                .filter(({ of }) => of === 'code')
                .map(({ id, title, size }) => ({ id, title, note: String(size), also: id }))
            }
            placeholder="A list of codes"
            onPick={(list) => perform({ kind: 'set', path: codes.path, value: `$${list}` })}
          >
            Another list
          </Picker>
        </div>
      </Row>
      <Row label="A unit has" spot={rule.minutesPerUnit.key}>
        <Minutes
          label="Minutes of a unit"
          text={rule.minutesPerUnit.text ?? '15'}
          path={rule.minutesPerUnit.path}
        />
      </Row>
      <Row label="At least" spot={minimumMinutes.key}>
        <div className="f-sentence">
          {minimumMinutes.kind === 'name' ? (
            <Named name={minimumMinutes.name} />
          ) : minimumMinutes.kind === 'odd' ? (
            <Instead text={minimumMinutes.text} spot={minimumMinutes.key} />
          ) : (
            <Minutes
              label="Minutes below which a service is not billed"
              text={minimumMinutes.kind === 'literal' ? minimumMinutes.text : ''}
              path={minimumMinutes.path}
            />
          )}
          {minimumMinutes.kind === 'nothing' ? <span className="f-soft">no floor</span> : null}
        </div>
      </Row>
      <Row label="Cites" spot={rule.cite.key}>
        <Cites field={rule.cite} of="the time rule" />
      </Row>
      <Problems spot={rule.key} />
      <Leftovers leftovers={rule.leftovers} />
    </div>
  );
});

function Minutes({
  label,
  text,
  path,
}: {
  readonly label: string;
  readonly text: string;
  readonly path: TimeRuleForm['path'];
}) {
  const fill = useFill(path);
  return <TypedNumber label={label} text={text} unit="minutes" min={0} max={1440} onCommit={fill} />;
}

const calculationWords: Readonly<Record<string, string>> = {
  count: 'the number of',
  countDistinct: 'the number of different values of',
  sum: 'the sum of',
  min: 'the least of',
  max: 'the greatest of',
};

const countedWords: Readonly<Record<string, string>> = {
  lines: 'billed lines',
  priorVisits: 'earlier visits',
};

const Figure = memo(function Figure({ figure }: { readonly figure: FigureForm }) {
  const { choices, perform } = useTools();
  const over = figure.of.text ?? '';
  const fact = choices.facts.find(({ written }) => written === over);
  const calculation = figure.calculation ?? '';
  const words = nameInWords(figure.name);
  return (
    <Group className="f-parameter" aria-label={`Figure ${words}`} data-spot={figure.key}>
      <div className="f-sentence">
        <strong className="f-parameter-name">{words}</strong>
        <span className="f-op">is</span>
        <WordOf
          className="f-word f-word-op"
          label="Calculation"
          value={calculationWords[calculation] ?? calculation}
          title={calculationWords[calculation] ?? 'choose how it is calculated'}
          items={Object.entries(calculationWords).map(([id, title]) => ({ id, title, also: id }))}
          onPick={(to) => perform({ kind: 'change-calculation', path: figure.path, to })}
        />
        <Picker
          className="f-word f-word-fact"
          label="Of what"
          value={countedWords[over] ?? fact?.words ?? over}
          items={() =>
            calculation === 'count'
              ? Object.entries(countedWords).map(([id, title]) => ({ id, title }))
              : factItems(figureFacts(choices, calculation))
          }
          placeholder="A fact of a line or of an earlier visit"
          onPick={(value) => perform({ kind: 'set', path: figure.of.path, value })}
        >
          {countedWords[over] ?? fact?.words ?? (over || 'choose')}
        </Picker>
        <RemoveButton
          label={`Remove the figure ${words}`}
          onPress={() => perform({ kind: 'clear', path: figure.path })}
        />
      </div>
      <Row label="Where">
        <Block block={figure.where} label={`${words}, where`} />
      </Row>
      <Problems spot={figure.of.key} />
      <Problems spot={figure.key} />
      <Leftovers leftovers={figure.leftovers} />
    </Group>
  );
});
