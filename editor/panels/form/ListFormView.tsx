import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useRef, useState } from 'react';
import { Button, Group, Input, TextField } from 'react-aria-components';

import type { ListEntryForm, ListForm } from '#engine';

import { SearchField } from '../../ui/SearchField.tsx';
import { Cites, Leftovers, LinesOf, Period, Problems, RemoveButton, Row, TextOf } from './fields.tsx';
import { entriesFor } from './form-view.ts';
import { Section } from './PolicyFormView.tsx';
import { useTools } from './use-form.ts';

const kindWords: Readonly<Record<string, string>> = {
  code: 'procedure codes',
  modifier: 'modifiers',
  diagnosis: 'diagnoses',
  payer: 'payers',
  text: 'words',
  pair: 'pairs of procedure codes',
};

/** A list: its head, and its entries in rows that one can search. */
export function ListFormView({ form }: { readonly form: ListForm }) {
  const [search, setSearch] = useState('');
  const shown = entriesFor(form, search);
  const pair = form.of.text === 'pair';
  return (
    <>
      <Problems spot="" />
      <section className="form-section form-head" aria-label="About this list">
        <Row label="Title" spot={form.title.key}>
          <LinesOf label="Title of the list" field={form.title} must className="f-typed-title" />
        </Row>
        <Row label="Lists" spot={form.of.key}>
          <div className="f-sentence">{kindWords[form.of.text ?? ''] ?? form.of.text}</div>
        </Row>
        <Row label="Cites" spot={form.cite.key}>
          <Cites field={form.cite} of="the list" />
        </Row>
        <Row label="Remark" spot={form.remark.key}>
          <LinesOf
            label="Remark about the list"
            field={form.remark}
            placeholder="For colleagues; no rule reads it"
          />
        </Row>
      </section>
      <Section title="Entries" note={`${String(shown.length)} of ${String(form.entries.length)}`}>
        <div className="f-entries-tools">
          <SearchField label="Search the entries" value={search} onChange={setSearch} />
          <AddEntry pair={pair} onAdded={() => setSearch('')} />
        </div>
        <Entries entries={shown} />
      </Section>
      <Leftovers leftovers={form.leftovers} />
    </>
  );
}

/** Only the rows that can be seen are drawn: a list may have thousands. */
function Entries({ entries }: { readonly entries: readonly ListEntryForm[] }) {
  const host = useRef<HTMLUListElement>(null);
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => host.current?.closest<HTMLElement>('.form-page') ?? null,
    estimateSize: () => 58,
    overscan: 6,
    getItemKey: (index) => entries[index]!.key,
    scrollMargin: host.current?.offsetTop ?? 0,
  });
  return (
    <ul ref={host} className="f-entries" aria-label="Entries" style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map(({ index, start, key }) => {
        const entry = entries[index]!;
        return (
          <li
            key={key}
            ref={rows.measureElement}
            data-index={index}
            aria-setsize={entries.length}
            aria-posinset={index + 1}
            className="f-entry"
            style={{ transform: `translateY(${String(start - rows.options.scrollMargin)}px)` }}
          >
            <Entry entry={entry} />
          </li>
        );
      })}
    </ul>
  );
}

const Entry = memo(function Entry({ entry }: { readonly entry: ListEntryForm }) {
  const { perform } = useTools();
  const name = [entry.value.text, entry.columnTwo?.text].filter(Boolean).join(' with ');
  return (
    <Group aria-label={`Entry ${name}`} data-spot={entry.key}>
      <div className="f-sentence">
        <TextOf label="Value" field={entry.value} must className="mono f-typed-code" />
        {entry.columnTwo === null ? null : (
          <>
            <span className="f-op">with</span>
            <TextOf label="Column two" field={entry.columnTwo} must className="mono f-typed-code" />
          </>
        )}
        <TextOf
          label={`Short description of ${name}`}
          field={entry.short}
          placeholder="Short description"
          className="f-typed-short"
        />
        <Period of={name} from={entry.from} to={entry.to} />
        <RemoveButton
          label={`Remove the entry ${name}`}
          onPress={() => perform({ kind: 'clear', path: entry.path })}
        />
      </div>
      {[
        entry.value,
        ...(entry.columnTwo ? [entry.columnTwo] : []),
        entry.short,
        entry.from,
        entry.to,
        entry.cite,
        entry,
      ].map(({ key }) => (
        <Problems key={key} spot={key} />
      ))}
      <Cites field={entry.cite} of={name} compact />
      {entry.remark.at === null ? null : <LinesOf label={`Remark about ${name}`} field={entry.remark} />}
      <Leftovers leftovers={entry.leftovers} />
    </Group>
  );
});

function AddEntry({ pair, onAdded }: { readonly pair: boolean; readonly onAdded: () => void }) {
  const { perform } = useTools();
  const [value, setValue] = useState('');
  const [second, setSecond] = useState('');
  const [short, setShort] = useState('');
  const ready = value.trim() !== '' && (!pair || second.trim() !== '');
  return (
    <form
      className="f-sentence"
      aria-label="New entry"
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        perform({
          kind: 'add-entry',
          value: value.trim(),
          columnTwo: pair ? second.trim() : null,
          short: short.trim(),
        });
        setValue('');
        setSecond('');
        setShort('');
        onAdded();
      }}
    >
      <TextField
        className="f-typed"
        aria-label={pair ? 'Column one of the new pair' : 'Value of the new entry'}
        value={value}
        onChange={setValue}
      >
        <Input className="f-typed-input f-typed-code mono" placeholder={pair ? 'Column one' : 'Value'} />
      </TextField>
      {pair ? (
        <TextField
          className="f-typed"
          aria-label="Column two of the new pair"
          value={second}
          onChange={setSecond}
        >
          <Input className="f-typed-input f-typed-code mono" placeholder="Column two" />
        </TextField>
      ) : null}
      <TextField
        className="f-typed"
        aria-label="Short description of the new entry"
        value={short}
        onChange={setShort}
      >
        <Input className="f-typed-input f-typed-short" placeholder="Short description" />
      </TextField>
      <Button type="submit" className="button" isDisabled={!ready}>
        Add entry
      </Button>
    </form>
  );
}
