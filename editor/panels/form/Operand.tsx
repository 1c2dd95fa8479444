import type { BlockSubject, OperandForm, TestForm, WantedValue, YamlPath, YamlValue } from '#engine';

import { ChevronIcon, DownIcon } from '../../ui/icons.tsx';
import { Picker } from '../../ui/Picker.tsx';
import { Instead, Items, TypedDay, TypedNumber, TypedText, WordOf } from './fields.tsx';
import {
  factItems,
  factsFor,
  isPicked,
  nameOf,
  parameterName,
  shortOf,
  sourceItems,
  valueItems,
} from './form-view.ts';
import { useTools } from './use-form.ts';

interface OperandProps {
  readonly test: TestForm;
  readonly subject: BlockSubject;
}

/** What a test compares with: a value, a parameter or list by its name, or another fact. */
export function Operand({ test, subject }: OperandProps) {
  const { perform } = useTools();
  const { wanted, operand, operandPath } = test;
  const set = (value: YamlValue) => perform({ kind: 'set', path: operandPath, value });
  switch (wanted.kind) {
    case 'yes-no':
      // "is documented" and "is not documented" say it all.
      return operand.kind === 'literal' ? null : <Odd operand={operand} test={test} />;
    case 'within':
      return <Within test={test} subject={subject} />;
    case 'pairs':
      return <Pairs test={test} />;
    case 'one':
    case 'several':
      return (
        <span className="f-operand">
          <Value
            operand={operand}
            wanted={wanted.value}
            several={wanted.kind === 'several'}
            test={test}
            onSet={set}
          />
          <Source test={test} subject={subject} wanted={wanted} onSet={set} />
        </span>
      );
  }
}

function Odd({ operand, test }: { readonly operand: OperandForm; readonly test: TestForm }) {
  return <Instead text={operand.kind === 'odd' ? operand.text : '(nothing)'} spot={test.key} />;
}

interface ValueProps {
  readonly operand: OperandForm;
  readonly wanted: WantedValue;
  readonly several: boolean;
  readonly test: TestForm;
  readonly onSet: (value: YamlValue) => void;
}

function Value({ operand, wanted, several, test, onSet }: ValueProps) {
  const { choices } = useTools();
  switch (operand.kind) {
    case 'name':
      return <Named name={operand.name} />;
    case 'fact':
      return (
        <>
          <span className="f-fact-name" title={operand.fact.meaning}>
            {operand.fact.words}
          </span>
          {wanted.type === 'number' || wanted.type === 'date' ? (
            <Plus
              plus={operand.plus}
              unit={wanted.type === 'date' ? 'days' : wanted.unit}
              onChange={(plus) =>
                onSet(
                  plus === ''
                    ? { fact: operand.fact.written }
                    : { fact: operand.fact.written, [wanted.type === 'date' ? 'plusDays' : 'plus']: plus },
                )
              }
            />
          ) : null}
        </>
      );
    case 'items':
      return (
        <Items
          label={`values of ${test.fact.words}`}
          items={operand.items}
          titleOf={(item) => shortOf(choices, item, wanted.type)}
          more={() => valueItems(choices, wanted)}
          {...(wanted.values === null ? { ownWords: asTyped } : {})}
          onChange={onSet}
        />
      );
    case 'literal':
    case 'nothing':
      return several ? (
        <Items
          label={`values of ${test.fact.words}`}
          items={operand.kind === 'literal' ? [operand.text] : []}
          titleOf={(item) => shortOf(choices, item, wanted.type)}
          more={() => valueItems(choices, wanted)}
          ownWords={asTyped}
          onChange={onSet}
        />
      ) : (
        <Literal text={operand.kind === 'literal' ? operand.text : ''} wanted={wanted} onSet={onSet} />
      );
    default:
      return <Odd operand={operand} test={test} />;
  }
}

/** What was typed and is in no list. */
const asTyped = (typed: string) => ({ id: typed, title: typed, detail: 'As it is typed; no list has it.' });

export function Literal({
  text,
  wanted,
  onSet,
}: {
  readonly text: string;
  readonly wanted: WantedValue;
  readonly onSet: (text: string) => void;
}) {
  const { choices } = useTools();
  const fill = (value: string) => {
    if (value !== '') onSet(value);
  };
  if (wanted.type === 'boolean') {
    return (
      <WordOf
        label="Value"
        value={text === 'true' ? 'yes' : text === 'false' ? 'no' : text}
        title={text === 'true' ? 'yes' : text === 'false' ? 'no' : text}
        items={[
          { id: 'true', title: 'yes' },
          { id: 'false', title: 'no' },
        ]}
        onPick={fill}
      />
    );
  }
  if (wanted.type === 'number') {
    return (
      <TypedNumber
        label="Value"
        text={text}
        unit={wanted.unit}
        min={wanted.min}
        max={wanted.max}
        onCommit={fill}
      />
    );
  }
  if (wanted.type === 'date') return <TypedDay label="Date" text={text} onCommit={fill} />;
  if (isPicked(wanted)) {
    const short = shortOf(choices, text, wanted.type);
    return (
      <>
        <Picker
          className="f-word f-word-value"
          label="Value"
          value={text}
          items={() => valueItems(choices, wanted)}
          placeholder={wanted.values ? 'Search' : 'A code, or words of its description'}
          {...(wanted.values ? {} : { ownWords: asTyped })}
          onPick={fill}
        >
          {wanted.values ? text.replace(/-/g, ' ') : text}
        </Picker>
        {short === '' ? null : <span className="f-soft">{short}</span>}
      </>
    );
  }
  return <TypedText label="Value" text={text} onCommit={fill} />;
}

/** A parameter or list, by its name. */
export function Named({ name }: { readonly name: string }) {
  const { choices } = useTools();
  const { title, detail } = nameOf(choices, name);
  return (
    <span className="f-named">
      <span className="f-named-title">{title}</span> <span className="f-soft">{detail}</span>
    </span>
  );
}

function Plus({
  plus,
  unit,
  onChange,
}: {
  readonly plus: string | null;
  readonly unit: string | null;
  readonly onChange: (plus: string) => void;
}) {
  if (plus !== null && plus.startsWith('$')) {
    return (
      <>
        <span className="f-op">plus</span> <Named name={plus.slice(1)} />
      </>
    );
  }
  return (
    <>
      <span className="f-op">plus</span>
      <TypedNumber label="Plus" text={plus ?? ''} unit={unit} min={null} max={null} onCommit={onChange} />
    </>
  );
}

/** What else it can be compared with. */
function Source({
  test,
  subject,
  wanted,
  onSet,
}: {
  readonly test: TestForm;
  readonly subject: BlockSubject;
  readonly wanted: { readonly kind: 'one' | 'several'; readonly value: WantedValue };
  readonly onSet: (value: YamlValue) => void;
}) {
  const { choices, hasTimeRule, perform } = useTools();
  const { operand, operandPath } = test;
  return (
    <Picker
      className="f-source"
      label={`What ${test.fact.words} is compared with`}
      items={() => sourceItems(choices, subject, hasTimeRule, wanted, operand, test.fact.written)}
      placeholder="A parameter, a list, another fact"
      onPick={(id) => {
        const [kind, name = ''] = id.split(' ');
        if (kind === 'name') onSet(`$${name}`);
        else if (kind === 'fact') onSet({ fact: name });
        else if (kind === 'parameter') {
          const taken = choices.parameters.map((parameter) => parameter.name);
          const value =
            operand.kind === 'literal' ? operand.text : operand.kind === 'items' ? operand.items : '';
          perform({
            kind: 'add-parameter',
            name: parameterName(test, taken),
            value,
            unit: wanted.value.unit,
            use: operandPath,
          });
        } else onSet(ownValue(wanted, choices, operand));
      }}
    >
      <DownIcon />
    </Picker>
  );
}

/** The value that a name stood for, or else the first there is. */
function ownValue(
  { kind, value }: { readonly kind: 'one' | 'several'; readonly value: WantedValue },
  { parameters, codes }: ReturnType<typeof useTools>['choices'],
  operand: OperandForm,
): YamlValue {
  const parameter =
    operand.kind === 'name' ? parameters.find(({ name }) => name === operand.name) : undefined;
  const stood = parameter?.words.split(/[ ,]/)[0];
  const first =
    value.values?.[0] ??
    codes.find(({ of }) => of === value.type)?.value ??
    (value.type === 'number'
      ? String(Math.max(1, value.min ?? 1))
      : value.type === 'date'
        ? '2024-01-01'
        : 'text');
  return kind === 'several' ? [stood ?? first] : (stood ?? first);
}

/** "is within 28 days of the first visit". */
function Within({ test, subject }: OperandProps) {
  const { choices, hasTimeRule, perform } = useTools();
  const { operand, operandPath } = test;
  if (operand.kind !== 'within') return <Odd operand={operand} test={test} />;
  const set = (path: YamlPath, value: YamlValue) => perform({ kind: 'set', path, value });
  const { of, days } = operand;
  const facts = factsFor(choices, subject, hasTimeRule).filter(
    ({ scalar, type }) => scalar === 'date' && !type.endsWith(' list'),
  );
  const daysText = days.kind === 'literal' ? days.text : '';
  return (
    <>
      {days.kind === 'name' ? (
        <Named name={days.name} />
      ) : (
        <TypedNumber
          label="How many days"
          text={daysText}
          unit="days"
          min={0}
          max={null}
          onCommit={(value) => value !== '' && set([...operandPath, 'days'], value)}
        />
      )}
      <span className="f-op">of</span>
      {of.kind === 'literal' ? (
        <TypedDay
          label="Date"
          text={of.text}
          onCommit={(value) => value !== '' && set([...operandPath, 'date'], value)}
        />
      ) : of.kind === 'name' ? (
        <Named name={of.name} />
      ) : null}
      <Picker
        className={of.kind === 'fact' ? 'f-word f-word-fact' : 'f-source'}
        label="Which date"
        value={of.kind === 'fact' ? of.fact.words : 'a date'}
        items={() => factItems(facts)}
        placeholder="A date of the record"
        onPick={(fact) =>
          set(operandPath, {
            fact,
            days: days.kind === 'name' ? `$${days.name}` : daysText === '' ? '28' : daysText,
          })
        }
      >
        {of.kind === 'fact' ? of.fact.words : <ChevronIcon />}
      </Picker>
    </>
  );
}

/** "is paired with the procedure code in the list …". */
function Pairs({ test }: { readonly test: TestForm }) {
  const { choices, perform } = useTools();
  const { operand, operandPath } = test;
  if (operand.kind !== 'pairs') return <Odd operand={operand} test={test} />;
  return (
    <>
      <span className="f-fact-name">{operand.fact.words}</span>
      <span className="f-op">in</span>
      <WordOf
        className="f-word f-word-value"
        label="List of pairs"
        value={nameOf(choices, operand.list).title}
        title={nameOf(choices, operand.list).title}
        items={choices.lists
          .filter(({ of }) => of === 'pair')
          .map(({ id, title }) => ({ id, title, also: id }))}
        onPick={(list) => perform({ kind: 'set', path: [...operandPath, 'in'], value: `$${list}` })}
      />
    </>
  );
}
