import { useState } from 'react';
import {
  Button as AriaButton,
  Disclosure,
  DisclosurePanel,
  Heading,
  Input,
  Label,
  TextField,
} from 'react-aria-components';

import type { Choices, EncounterForm as Form, FormChange, FormSection, TextField as FormText } from '#engine';

import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { ChevronIcon } from '../../ui/icons.tsx';
import { FactInput } from './FactInput.tsx';
import { lineTitle, shownFields, supplyWords } from './form-view.ts';
import './encounter-form.css';

interface EncounterFormProps {
  readonly form: Form;
  readonly onChange: (change: FormChange) => void;
  /** To the place in the text; null where there is no text to go to. */
  readonly onPlace: ((line: number) => void) | null;
}

/** An encounter to fill in: what was supplied, what was not, and what stands in it. */
export function EncounterForm({ form, onChange, onPlace }: EncounterFormProps) {
  const parts = { choices: form.choices, onChange, onPlace };
  return (
    <div className="encounter-form">
      {form.diagnostics.length === 0 ? null : (
        <ul className="encounter-form-wrong" aria-label="Problems of the whole encounter">
          {form.diagnostics.map(({ message, help, place }) => (
            <li key={`${place.from} ${message}`}>
              {message.replaceAll('`', '')}: {help.replaceAll('`', '')}
            </li>
          ))}
        </ul>
      )}
      <section className="encounter-section" aria-label="Name">
        <div className="facts">
          <HeadText label="What is special about it" field={form.title} onChange={onChange} />
          <HeadText label="Remark" field={form.remark} onChange={onChange} />
        </div>
      </section>
      <Section section={form.visit} {...parts} />
      {form.lines.map(({ path, claim, record }, index) => (
        <Line
          // Lines have no names of their own; their place is what they are known by.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          title={lineTitle(form, index)}
          open={form.lines.length <= 4}
          tools={
            <>
              <Button look="quiet" onPress={() => onChange({ kind: 'copy-line', index })}>
                Once more
              </Button>
              {form.lines.length > 1 ? (
                <Button look="quiet" onPress={() => onChange({ kind: 'remove', path })}>
                  Remove
                </Button>
              ) : null}
            </>
          }
        >
          <Section section={claim} of={`, line ${index + 1}`} {...parts} />
          <Section section={record} of={`, line ${index + 1}`} {...parts} />
        </Line>
      ))}
      <div className="encounter-form-more">
        <Button onPress={() => onChange({ kind: 'add-line' })}>Add a line</Button>
      </div>
      {form.sections.map((section) => (
        <Section key={section.section} section={section} {...parts} />
      ))}
      <PriorVisits form={form} {...parts} />
    </div>
  );
}

interface PartProps {
  readonly choices: Choices;
  readonly onChange: (change: FormChange) => void;
  readonly onPlace: EncounterFormProps['onPlace'];
}

function HeadText({
  label,
  field,
  onChange,
}: {
  readonly label: string;
  readonly field: FormText;
  readonly onChange: (change: FormChange) => void;
}) {
  const [typing, setTyping] = useState<string | null>(null);
  return (
    <TextField
      className="fact fact-wide field"
      value={typing ?? field.text ?? ''}
      onFocusChange={(focused) => setTyping(focused ? (field.text ?? '') : null)}
      onChange={(text) => {
        setTyping(text);
        onChange(
          text.trim() === ''
            ? { kind: 'clear', path: field.path }
            : { kind: 'set', path: field.path, value: text },
        );
      }}
    >
      <Label className="field-label">{label}</Label>
      <Input className="input" />
    </TextField>
  );
}

/** The claim itself is always there; everything else was supplied or not. */
const alwaysThere: ReadonlySet<FormSection['section']> = new Set(['visit', 'line']);

interface SectionProps extends PartProps {
  readonly section: FormSection;
  /** Behind its title for those who hear it: `, line 2`. */
  readonly of?: string;
}

function Section({ section, of = '', choices, onChange, onPlace }: SectionProps) {
  const [all, setAll] = useState(false);
  const { shown, hidden } = shownFields(section, all);
  const fixed = alwaysThere.has(section.section);
  const words = fixed ? null : supplyWords(section);
  const { title, path, place, supplied } = section;
  return (
    <section className="encounter-section" aria-label={title + of}>
      <div className="encounter-section-head">
        <h3>{title}</h3>
        {fixed || section.section === 'priorVisits' ? null : (
          <Checkbox
            chosen={supplied}
            onChange={(chosen) => onChange({ kind: chosen ? 'supply' : 'withhold', path })}
          >
            Supplied<span className="visually-hidden">: {title}</span>
          </Checkbox>
        )}
        {words === null ? null : <span className="encounter-supply">{words}</span>}
        <span className="spacer" />
        {onPlace && place ? (
          <AriaButton className="link" onPress={() => onPlace(place.line)}>
            Line {place.line}
            <span className="visually-hidden"> of the text: {title}</span>
          </AriaButton>
        ) : null}
      </div>
      {section.diagnostics.map(({ message, help, place: at }) => (
        <p key={`${at.from} ${message}`} className="fact-wrong">
          {message.replaceAll('`', '')}: {help.replaceAll('`', '')}
        </p>
      ))}
      {supplied ? (
        <div className="facts">
          {shown.map((field) => (
            <FactInput
              key={field.fact.path}
              field={field}
              choices={choices}
              nothing={fixed ? 'Not stated' : 'Not documented'}
              onChange={onChange}
            />
          ))}
        </div>
      ) : null}
      {supplied && (hidden > 0 || all) ? (
        <Button look="quiet" onPress={() => setAll(!all)}>
          {all ? 'Hide what is empty' : `Show ${hidden} empty fields`}
        </Button>
      ) : null}
    </section>
  );
}

interface LineProps {
  readonly title: string;
  readonly open: boolean;
  readonly tools: React.ReactNode;
  readonly children: React.ReactNode;
}

function Line({ title, open, tools, children }: LineProps) {
  const [expanded, setExpanded] = useState(open);
  return (
    <Disclosure className="encounter-line" isExpanded={expanded} onExpandedChange={setExpanded}>
      <div className="encounter-line-head">
        <Heading level={3}>
          <AriaButton slot="trigger" className="fold-button">
            <ChevronIcon />
            {title}
          </AriaButton>
        </Heading>
        <span className="spacer" />
        {tools}
      </div>
      {/* A claim can have fifty lines: only what is open is drawn. */}
      <DisclosurePanel>{expanded ? children : null}</DisclosurePanel>
    </Disclosure>
  );
}

function PriorVisits({ form, ...parts }: PartProps & { readonly form: Form }) {
  const { priorVisits } = form;
  const { onChange } = parts;
  return (
    <section className="encounter-section" aria-label="Earlier visits">
      <div className="encounter-section-head">
        <h3>Earlier visits</h3>
        <Checkbox
          chosen={priorVisits !== null}
          onChange={(chosen) => onChange({ kind: chosen ? 'supply' : 'withhold', path: ['priorVisits'] })}
        >
          Supplied<span className="visually-hidden">: earlier visits</span>
        </Checkbox>
        <span className="encounter-supply">
          {priorVisits === null
            ? 'Never supplied: rules that read them stay undecided.'
            : priorVisits.length === 0
              ? 'Supplied: there were none.'
              : null}
        </span>
      </div>
      {(priorVisits ?? []).map((visit, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="encounter-prior">
          <Section section={{ ...visit, title: `Earlier visit ${index + 1}` }} {...parts} />
          <Button
            look="quiet"
            label={`Remove earlier visit ${index + 1}`}
            onPress={() => onChange({ kind: 'remove', path: visit.path })}
          >
            Remove
          </Button>
        </div>
      ))}
      {priorVisits === null ? null : (
        <Button onPress={() => onChange({ kind: 'add-prior-visit' })}>Add an earlier visit</Button>
      )}
    </section>
  );
}
