import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import {
  Button,
  ComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
  TextField,
} from 'react-aria-components';

import type { Choices, FactField, FormChange } from '#engine';

import { Chips } from '../../ui/Chips.tsx';
import { DownIcon } from '../../ui/icons.tsx';
import { Select } from '../../ui/Select.tsx';
import { changeOf, changeOfItems, controlOf, helpOf, typedIn } from './form-view.ts';
import type { FieldControl } from './form-view.ts';

interface FactInputProps {
  readonly field: FactField;
  readonly choices: Choices;
  /** What an empty field means here. */
  readonly nothing: string;
  readonly onChange: (change: FormChange) => void;
}

/** One fact of an encounter, filled in by what its type asks for. */
export function FactInput(props: FactInputProps) {
  const { field, choices, nothing, onChange } = props;
  const control = controlOf(field, choices);
  const wrong = field.diagnostics
    .map(({ message, help }) => `${sentence(message)} ${sentence(help)}`)
    .join(' ');
  if (control.kind === 'one-of') {
    return (
      <div className="fact" data-wrong={wrong !== '' || undefined}>
        <Select
          label={field.label}
          choices={[{ id: none, title: nothing }, ...control.choices]}
          chosen={typeof field.value === 'string' ? field.value : none}
          onChoose={(id) => onChange(changeOf(field, id === none ? '' : id))}
        />
        <Notes wrong={wrong} help={helpOf(field)} />
      </div>
    );
  }
  if (control.kind === 'any-of') {
    return (
      <div className="fact fact-wide" data-wrong={wrong !== '' || undefined}>
        <span className="field-label" aria-hidden="true">
          {field.label}
        </span>
        <Chips
          label={field.label}
          chips={control.choices.map(({ id, title }) => ({ id, label: title, count: null }))}
          chosen={Array.isArray(field.value) ? field.value : []}
          onChoose={(items) => onChange(changeOfItems(field, items))}
        />
        <Notes wrong={wrong} help={helpOf(field)} />
      </div>
    );
  }
  return control.kind === 'code' ? (
    <CodeInput {...props} control={control} wrong={wrong} />
  ) : (
    <PlainInput {...props} control={control} wrong={wrong} />
  );
}

const none = '*';

interface TypedInputProps extends FactInputProps {
  readonly wrong: string;
}

/** While one types, the field holds what is typed; the file may say it in another way. */
function useTyping(field: FactField, onChange: (change: FormChange) => void) {
  const [typing, setTyping] = useState<string | null>(null);
  return {
    text: typing ?? typedIn(field),
    type: (text: string): void => {
      setTyping(text);
      onChange(changeOf(field, text));
    },
    onFocusChange: (focused: boolean) => setTyping(focused ? typedIn(field) : null),
  };
}

function PlainInput({
  field,
  control,
  nothing,
  wrong,
  onChange,
}: TypedInputProps & { readonly control: FieldControl }) {
  const { text, type, onFocusChange } = useTyping(field, onChange);
  const number = control.kind === 'number' ? control : null;

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (!number || step === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const now = Number(text.trim() === '' ? (number.min ?? 0) - step : text);
    if (!Number.isFinite(now)) return;
    const next = Math.min(number.max ?? Infinity, Math.max(number.min ?? -Infinity, now + step));
    type(String(Math.round(next * 100) / 100));
  }

  return (
    <TextField
      className={`fact field${isWide(field) ? ' fact-wide' : ''}`}
      value={text}
      onChange={type}
      onFocusChange={onFocusChange}
      isInvalid={wrong !== ''}
      type={control.kind === 'date' ? 'date' : 'text'}
      {...(number ? { inputMode: 'decimal' as const } : {})}
    >
      <Label className="field-label">
        {field.label}
        {number?.unit ? <span className="fact-unit"> in {number.unit}</span> : null}
      </Label>
      <Input className="input" placeholder={control.kind === 'date' ? '' : nothing} onKeyDown={onKeyDown} />
      <FieldError className="fact-wrong">{wrong}</FieldError>
      <Text slot="description" className="fact-help">
        {helpOf(field)}
        {control.kind === 'several' ? ' Several are separated by commas.' : ''}
      </Text>
    </TextField>
  );
}

interface CodeInputProps extends TypedInputProps {
  readonly control: Extract<FieldControl, { kind: 'code' }>;
}

function CodeInput({ field, control, nothing, wrong, onChange }: CodeInputProps) {
  const { text, type, onFocusChange } = useTyping(field, onChange);
  return (
    <ComboBox
      className="fact field"
      allowsCustomValue
      inputValue={text}
      onInputChange={type}
      onFocusChange={onFocusChange}
      onChange={(key) => key !== null && type(String(key))}
      isInvalid={wrong !== ''}
      defaultItems={control.choices}
    >
      <Label className="field-label">{field.label}</Label>
      <div className="fact-combo">
        <Input className="input" placeholder={nothing} />
        <Button className="button button-quiet button-icon">
          <DownIcon />
        </Button>
      </div>
      <FieldError className="fact-wrong">{wrong}</FieldError>
      <Text slot="description" className="fact-help">
        {helpOf(field)}
      </Text>
      <Popover className="menu-popover select-popover">
        <ListBox className="select-list" items={control.choices}>
          {({ id, title, detail }) => (
            <ListBoxItem id={id} className="menu-item" textValue={`${title} ${detail ?? ''}`}>
              <span className="mono">{title}</span>
              <span className="key">{detail}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

function Notes({ wrong, help }: { readonly wrong: string; readonly help: string }) {
  return (
    <>
      {wrong === '' ? null : <span className="fact-wrong">{wrong}</span>}
      <span className="fact-help">{help}</span>
    </>
  );
}

/** Sentences of the record need room. */
function isWide({ fact }: FactField): boolean {
  return fact.type.scalar === 'text' && /^(?:record|note|plan)\./.test(fact.path);
}

function sentence(text: string): string {
  const plain = text.replaceAll('`', '');
  return plain === ''
    ? ''
    : `${plain.charAt(0).toUpperCase()}${plain.slice(1)}${/[.?!]$/.test(plain) ? '' : '.'}`;
}
