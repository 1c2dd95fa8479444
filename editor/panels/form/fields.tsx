import type { KeyboardEvent, ReactNode } from 'react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Button, Group, Input, TextArea, TextField } from 'react-aria-components';

import type { CitesField, Diagnostic, Field, Leftover, PeriodField, YamlPath } from '#engine';

import { sentence } from '../../marks/words.ts';
import { CloseIcon, PlusIcon } from '../../ui/icons.tsx';
import { Picker } from '../../ui/Picker.tsx';
import type { PickerItem } from '../../ui/picker-view.ts';
import { Quoted } from '../../ui/Quoted.tsx';
import { clauseItems, clauseOf } from './form-view.ts';
import { useTools } from './use-form.ts';

/** A line of the form: what it is at the left, what is filled in at the right, and what is wrong below. */
export function Row({
  label,
  spot,
  children,
}: {
  readonly label: string;
  readonly spot?: string | readonly string[];
  readonly children: ReactNode;
}) {
  const spots = spot === undefined ? [] : typeof spot === 'string' ? [spot] : spot;
  return (
    <div className="form-row">
      <div className="form-label">{label}</div>
      <div className="form-value">
        {children}
        {spots.map((key) => (
          <Problems key={key} spot={key} />
        ))}
      </div>
    </div>
  );
}

/** The mistakes at one place, each with what mends it. */
export function Problems({ spot }: { readonly spot: string }) {
  const { problems, mend } = useTools();
  const found = problems[spot] ?? [];
  if (found.length === 0) return null;
  return (
    <ul className="form-problems">
      {found.map((problem, index) => (
        <li key={`${problem.code} ${problem.message}`} className={`form-problem form-${problem.severity}`}>
          <ProblemShape severity={problem.severity} />
          <span>
            <span className="visually-hidden">{severityWords[problem.severity]}: </span>
            <Quoted text={sentence(problem.message)} />{' '}
            <span className="form-help">
              <Quoted text={sentence(problem.help)} />
            </span>
          </span>
          {problem.fix ? (
            <Button className="button form-fix" onPress={() => mend(spot, index)}>
              {problem.fix.title}
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

const severityWords = { error: 'Mistake', warning: 'Warning', info: 'Note' } as const;

export function ProblemShape({ severity }: { readonly severity: Diagnostic['severity'] }) {
  return (
    <svg
      className={`form-shape form-shape-${severity}`}
      width="12"
      height="12"
      viewBox="0 0 12 12"
      aria-hidden="true"
    >
      {severity === 'error' ? (
        <path d="M6 .5 11.5 6 6 11.5.5 6Zm0 2.6v3.6m0 1.5v.2" />
      ) : (
        <path d="M6 1 11.5 11H.5Zm0 3v3.2m0 1.4v.2" />
      )}
    </svg>
  );
}

/** How long an author pauses before what is typed counts. */
const pause = 250;

interface Typed {
  readonly value: string;
  /** The text from which it was typed: as long as that stands, what was typed is shown. */
  readonly from: string;
  /** Not told yet: it is shown whatever arrives. */
  readonly waits: boolean;
}

/** What is typed, kept here until a pause; what changes elsewhere appears at once. */
export function useTyped(text: string, onCommit: (text: string) => void, must = false) {
  const [typed, setTyped] = useState<Typed | null>(null);
  const held = useRef<{ timer: number; waiting: string | null; commit: (text: string) => void }>({
    timer: 0,
    waiting: null,
    commit: onCommit,
  });
  useEffect(() => {
    held.current.commit = onCommit;
  }, [onCommit]);
  const flush = useCallback(() => {
    const { timer, waiting, commit } = held.current;
    clearTimeout(timer);
    if (waiting === null) return;
    held.current.waiting = null;
    setTyped((now) => now && { ...now, waits: false });
    commit(waiting);
  }, []);
  // Nothing that was typed is lost with the field.
  useEffect(() => flush, [flush]);
  // What was typed has arrived, or something newer has: from now on the text is shown.
  if (typed && !typed.waits && typed.from !== text) setTyped(null);
  const shown = typed && (typed.waits || typed.from === text) ? typed.value : text;
  return {
    shown,
    type: (value: string) => {
      setTyped({ value, from: text, waits: true });
      clearTimeout(held.current.timer);
      held.current.waiting = value;
      held.current.timer = window.setTimeout(flush, pause);
    },
    leave: () => {
      flush();
      // What must stand cannot be emptied: it comes back.
      if (must && shown === '') setTyped(null);
    },
  };
}

interface TypedProps {
  readonly label: string;
  readonly text: string;
  readonly onCommit: (text: string) => void;
  readonly must?: boolean;
  readonly className?: string;
  readonly placeholder?: string;
}

/** Words in a line. */
export function TypedText({ label, text, onCommit, must, className = '', placeholder = '' }: TypedProps) {
  const { shown, type, leave } = useTyped(text, onCommit, must);
  return (
    <TextField className="f-typed" aria-label={label} value={shown} onChange={type} onBlur={leave}>
      <Input
        className={`f-typed-input ${className}`}
        placeholder={placeholder}
        onKeyDown={leaveOnEnter(leave)}
      />
    </TextField>
  );
}

/** Words over several lines; they stand in one paragraph of the text. */
export function TypedLines({ label, text, onCommit, must, className = '', placeholder = '' }: TypedProps) {
  const { shown, type, leave } = useTyped(text, onCommit, must);
  return (
    <TextField
      className="f-typed f-typed-wide"
      aria-label={label}
      value={shown}
      onChange={(value) => type(value.replace(/\s*\n\s*/g, ' '))}
      onBlur={leave}
    >
      <TextArea
        className={`f-typed-input f-typed-lines ${className}`}
        placeholder={placeholder}
        rows={1}
        onKeyDown={leaveOnEnter(leave)}
      />
    </TextField>
  );
}

/** Enter ends typing; what is typed also counts before something is taken back, so that it can be taken back. */
function leaveOnEnter(leave: () => void) {
  return (event: KeyboardEvent) => {
    const undo = (event.ctrlKey || event.metaKey) && /^[zy]$/i.test(event.key);
    if (event.key !== 'Enter' && !undo) return;
    event.preventDefault();
    leave();
  };
}

export function TypedNumber({
  label,
  text,
  unit,
  min,
  max,
  must,
  onCommit,
}: TypedProps & { readonly unit: string | null; readonly min: number | null; readonly max: number | null }) {
  const { shown, type, leave } = useTyped(text, onCommit, must);
  const isNumber = text === '' || /^-?\d+(?:\.\d+)?$/.test(text);
  return (
    <span className="f-typed-number">
      <TextField
        className="f-typed"
        aria-label={unit === null ? label : `${label}, in ${unit}`}
        value={shown}
        onChange={type}
        onBlur={leave}
      >
        <Input
          className="f-typed-input f-typed-digits"
          type={isNumber ? 'number' : 'text'}
          step="any"
          {...(min === null ? {} : { min })}
          {...(max === null ? {} : { max })}
          onKeyDown={leaveOnEnter(leave)}
        />
      </TextField>
      {unit === null ? null : <span className="f-unit">{unit}</span>}
    </span>
  );
}

/** A day. One that is written wrongly is shown as it is written. */
export function TypedDay({ label, text, must, onCommit }: TypedProps) {
  const isDay = text === '' || /^\d{4}-\d{2}-\d{2}$/.test(text);
  const { shown, type, leave } = useTyped(text, onCommit, must);
  return (
    <TextField className="f-typed" aria-label={label} value={shown} onChange={type} onBlur={leave}>
      <Input
        className={`f-typed-input f-typed-day${shown === '' ? ' f-typed-empty' : ''}`}
        type={isDay ? 'date' : 'text'}
        onKeyDown={leaveOnEnter(leave)}
      />
    </TextField>
  );
}

/** Fills a field in; an emptied one is taken out of the text, except where it must stand. */
export function useFill(path: YamlPath, must = false): (text: string) => void {
  const { perform } = useTools();
  return (text) => {
    if (text === '' && must) return;
    perform(text === '' ? { kind: 'clear', path } : { kind: 'set', path, value: text });
  };
}

/** When something holds; the fields are there once they are asked for, or filled in. */
export function Period({ of, from, to }: { readonly of: string; readonly from: Field; readonly to: Field }) {
  const [asked, setAsked] = useState(false);
  const host = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    // Whoever asked for the days wants to type the first.
    if (asked) host.current?.querySelector('input')?.focus();
  }, [asked]);
  if (!asked && from.at === null && to.at === null) {
    return (
      <Button className="f-add" aria-label={`Say from when until when: ${of}`} onPress={() => setAsked(true)}>
        <PlusIcon />
        Dates
      </Button>
    );
  }
  return (
    <span ref={host} className="f-period">
      <span className="f-op">from</span>
      <DayOf label={`First day of ${of}; empty: always`} field={from} />
      <span className="f-op">until</span>
      <DayOf label={`Last day of ${of}; empty: no end`} field={to} />
    </span>
  );
}

interface FieldProps {
  readonly label: string;
  readonly field: Field;
  /** It may be changed and not emptied. */
  readonly must?: boolean;
  readonly className?: string;
  readonly placeholder?: string;
}

export function TextOf({ label, field, must, className, placeholder }: FieldProps) {
  const fill = useFill(field.path, must);
  if (field.instead !== null) return <Instead text={field.instead} spot={field.key} />;
  const given = { ...(className ? { className } : {}), ...(placeholder ? { placeholder } : {}) };
  return <TypedText label={label} text={field.text ?? ''} onCommit={fill} must={must ?? false} {...given} />;
}

export function LinesOf({ label, field, must, className, placeholder }: FieldProps) {
  const fill = useFill(field.path, must);
  if (field.instead !== null) return <Instead text={field.instead} spot={field.key} />;
  return (
    <TypedLines
      label={label}
      text={field.text ?? ''}
      onCommit={fill}
      must={must ?? false}
      className={className ?? ''}
      placeholder={placeholder ?? ''}
    />
  );
}

export function DayOf({ label, field, must }: FieldProps) {
  const fill = useFill(field.path, must);
  if (field.instead !== null) return <Instead text={field.instead} spot={field.key} />;
  return <TypedDay label={label} text={field.text ?? ''} must={must ?? false} onCommit={fill} />;
}

/** When the payer received the claims that something is for; both ends may be left out. */
export function Received({ field, nothing }: { readonly field: PeriodField; readonly nothing: string }) {
  const { from, to } = field;
  return (
    <div className="f-sentence">
      <span className="f-op">for claims received from</span>
      <DayOf label="First day received; empty: any day before" field={from} />
      <span className="f-op">until</span>
      <DayOf label="Last day received; empty: no end" field={to} />
      {from.text === null && to.text === null ? <span className="f-soft">{nothing}</span> : null}
    </div>
  );
}

/** What the form cannot show stands here as it is written, with a way to it. */
export function Instead({ text, spot }: { readonly text: string; readonly spot: string }) {
  const { showText } = useTools();
  return (
    <span className="f-instead">
      <code className="f-instead-text">{text}</code>
      <Button className="button button-quiet" onPress={() => showText(spot)}>
        Change it in the YAML
      </Button>
    </span>
  );
}

export function Leftovers({ leftovers }: { readonly leftovers: readonly Leftover[] }) {
  if (leftovers.length === 0) return null;
  return (
    <div className="f-leftovers">
      {leftovers.map(({ key, text }) => (
        <div key={key}>
          <Instead text={text} spot={key} />
          <Problems spot={key} />
        </div>
      ))}
    </div>
  );
}

export function RemoveButton({ label, onPress }: { readonly label: string; readonly onPress: () => void }) {
  return (
    <Button className="f-remove" aria-label={label} onPress={onPress}>
      <CloseIcon />
    </Button>
  );
}

/** The clauses that something rests on, by what they say; and the choice of one more. */
export function Cites({
  field,
  of,
  compact = false,
}: {
  readonly field: CitesField;
  readonly of: string;
  /** One line each, where many stand below each other. */
  readonly compact?: boolean;
}) {
  const { choices, perform } = useTools();
  const { cites, path, instead } = field;
  if (instead !== null) return <Instead text={instead} spot={field.key} />;
  return (
    <div className={`f-cites${compact ? ' f-cites-compact' : ''}`} data-spot={field.key}>
      {cites.map((cite) => {
        const clause = clauseOf(choices, cite);
        return (
          <div key={cite} className="f-cite">
            <span className="f-cite-text">
              {clause ? clause.text : 'No source has this clause.'}{' '}
              <span className="f-cite-source">
                {clause ? `${clause.source} · ` : ''}
                <span className="mono">{cite}</span>
              </span>
            </span>
            <RemoveButton
              label={`Remove the citation ${cite} of ${of}`}
              onPress={() =>
                perform({ kind: 'set-cites', path, cites: cites.filter((each) => each !== cite) })
              }
            />
          </div>
        );
      })}
      <Picker
        className="f-add"
        label={`Add a citation to ${of}`}
        items={() => clauseItems(choices, cites)}
        placeholder="Words of the clause, or its source"
        onPick={(cite) => perform({ kind: 'set-cites', path, cites: [...cites, cite] })}
      >
        <PlusIcon />
        Citation
      </Picker>
    </div>
  );
}

/** Several values, each with what it means, and the choice of one more. */
export function Items({
  label,
  items,
  titleOf,
  more,
  ownWords,
  onChange,
}: {
  readonly label: string;
  readonly items: readonly string[];
  readonly titleOf: (item: string) => string;
  readonly more: () => readonly PickerItem[];
  readonly ownWords?: (typed: string) => PickerItem | null;
  readonly onChange: (items: readonly string[]) => void;
}) {
  return (
    <Group className="f-items" aria-label={label}>
      {items.map((item, index) => (
        <span key={`${item} ${String(index)}`} className="f-item" title={titleOf(item)}>
          {item}
          <RemoveButton
            label={`Remove ${item} ${titleOf(item)}`.trim()}
            onPress={() => onChange(items.filter((_, at) => at !== index))}
          />
        </span>
      ))}
      <Picker
        className="f-add f-add-small"
        label={`Add to ${label}`}
        items={() => more().filter(({ id }) => !items.includes(id))}
        placeholder="Search"
        {...(ownWords ? { ownWords } : {})}
        onPick={(item) => onChange([...items, item])}
      >
        <PlusIcon />
      </Picker>
    </Group>
  );
}

/** One word out of a few. */
export function WordOf({
  label,
  value,
  title,
  items,
  onPick,
  className = 'f-word',
}: {
  readonly label: string;
  readonly value: string;
  readonly title: ReactNode;
  readonly items: readonly PickerItem[];
  readonly onPick: (id: string) => void;
  readonly className?: string;
}) {
  return (
    <Picker
      className={className}
      label={label}
      value={value}
      items={() => items}
      placeholder="Search"
      onPick={onPick}
    >
      {title}
    </Picker>
  );
}

export function Labelled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <span className="f-labelled">
      <span className="f-labelled-label" aria-hidden="true">
        {label}
      </span>
      {children}
    </span>
  );
}
