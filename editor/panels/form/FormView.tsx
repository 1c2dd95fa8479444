import type { RefObject } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';

import type { Diagnostic, FileForm } from '#engine';
import { createSource, positionAt } from '#engine';

import { EmptyState } from '../../ui/EmptyState.tsx';
import { Button } from '../../ui/Button.tsx';
import type { FilePanelProps } from '../panel.ts';
import { foundAt, isWithin } from './form-view.ts';
import { ListFormView } from './ListFormView.tsx';
import { PolicyFormView } from './PolicyFormView.tsx';
import type { FormTools } from './use-form.ts';
import { ToolsProvider, useLoadedForm, usePerform } from './use-form.ts';
import './form.css';

/** The open policy or list as a form. Every change is a small change of the text, and the other way round. */
export default function FormView(props: FilePanelProps) {
  // What is open and where the focus goes belongs to one file.
  return <FormOfFile key={props.file.path} {...props} />;
}

function FormOfFile({ session, workbench, file }: FilePanelProps) {
  const { judged, why, chosenCase } = session;
  const { path } = file;
  const host = useRef<HTMLElement>(null);
  const loaded = useLoadedForm(workbench, file, judged?.diagnostics);
  const [openRules, setOpenRules] = useState<ReadonlySet<string> | null>(null);
  const [focus, setFocus] = useState<string | null>(null);
  const { perform, afterwards } = usePerform(workbench, path, setFocus);
  const shown = loaded?.shown ?? null;
  const form = shown?.form ?? null;
  const isCurrent = loaded?.text === file.text;
  const open = openRules ?? firstOpen(form);
  useFocus(
    host,
    focus,
    form,
    isCurrent,
    (rule) => setOpenRules(new Set([...open, rule])),
    () => setFocus(null),
  );

  useUndoKeys(host, workbench, afterwards);

  const found = useMemo(
    () => foundAt(why && why.caseKey === chosenCase ? why : null, path),
    [why, chosenCase, path],
  );
  const tools = useMemo((): FormTools | null => {
    if (!shown) return null;
    return {
      choices: shown.choices,
      problems: shown.form.problems,
      found,
      hasTimeRule: shown.form.kind === 'policy' && shown.form.timeRule !== null,
      perform: (action) => {
        // A rule that gets another id stays open.
        const value = action.kind === 'set' && action.path.at(-1) === 'id' ? action.value : null;
        if (typeof value === 'string') setOpenRules(new Set([...open, value]));
        perform(action);
      },
      mend: (title, place, text) =>
        workbench.applyEdits(title, [
          { path: place.path, edits: [{ from: place.from, to: place.to, text }] },
        ]),
      showText: (offset) => {
        const { line, column } = positionAt(createSource(path, file.text), offset);
        workbench.jump({ path, line, column });
      },
    };
  }, [shown, found, perform, workbench, path, file.text, open]);

  if (!loaded) return <EmptyState title="Making the form …" />;
  if (!shown || !tools || !form) {
    return (
      <EmptyState title="The text cannot be read, so there is no form of it.">
        <p>{firstMistake(judged?.diagnostics ?? [], path)}</p>
        <Button onPress={() => workbench.showView('text')}>Mend it in the YAML</Button>
      </EmptyState>
    );
  }
  return (
    <section ref={host} className="form-page" aria-label={`Form of ${form.title.text ?? path}`}>
      <ToolsProvider value={tools}>
        {form.kind === 'policy' ? (
          <PolicyFormView
            form={form}
            counts={judged?.rules ?? []}
            openRules={open}
            onOpen={(rule, isOpen) => {
              const next = new Set(open);
              if (isOpen) next.add(rule);
              else next.delete(rule);
              setOpenRules(next);
            }}
          />
        ) : (
          <ListFormView form={form} />
        )}
      </ToolsProvider>
    </section>
  );
}

/** A short policy is open at its first rule, so that one sees what a rule looks like. */
function firstOpen(form: FileForm | null): ReadonlySet<string> {
  const first = form?.kind === 'policy' ? form.rules[0] : undefined;
  return new Set(first ? [first.id.text ?? first.key] : []);
}

function firstMistake(diagnostics: readonly Diagnostic[], path: string): string {
  const first = diagnostics.find(({ place, severity }) => place.path === path && severity === 'error');
  return first ? `Line ${String(first.place.line)}: ${first.message.replaceAll('`', '')}.` : '';
}

/** What was done in the form is taken back in the form, with the keys that one knows. */
function useUndoKeys(
  host: RefObject<HTMLElement | null>,
  workbench: FilePanelProps['workbench'],
  afterwards: (deed: () => void) => void,
): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey;
      const inside = event.target instanceof Node && host.current?.contains(event.target);
      if (!mod || event.altKey || !inside) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      const again = key === 'y' || event.shiftKey;
      // The field hears of the key after this, and says what was typed in it.
      setTimeout(() => afterwards(() => (again ? workbench.redoStep() : workbench.undoStep())));
    };
    // Fields keep their keys to themselves: this comes before them.
    addEventListener('keydown', onKeyDown, { capture: true });
    return () => removeEventListener('keydown', onKeyDown, { capture: true });
  }, [host, workbench, afterwards]);
}

/** After an action the focus goes to what it was about, in the rule that then is open. */
function useFocus(
  host: RefObject<HTMLElement | null>,
  focus: string | null,
  form: FileForm | null,
  isCurrent: boolean,
  onOpen: (rule: string) => void,
  onDone: () => void,
): void {
  useEffect(() => {
    if (focus === null || !form || !isCurrent) return;
    const rule = form.kind === 'policy' ? form.rules.find(({ key }) => isWithin(focus, key)) : undefined;
    const card = rule && host.current?.querySelector(`[data-spot="${CSS.escape(rule.key)}"]`);
    if (rule && card && !card.classList.contains('f-rule-open')) {
      onOpen(rule.id.text ?? rule.key);
      return;
    }
    const target = closest(host.current, focus);
    target?.focus();
    target?.scrollIntoView({ block: 'nearest' });
    onDone();
  });
}

/** The thing itself, or the block that it stands in. */
function closest(host: HTMLElement | null, focus: string): HTMLElement | null {
  const spots = [...(host?.querySelectorAll<HTMLElement>('[data-spot]') ?? [])];
  const inside = spots.filter(({ dataset }) => isWithin(dataset['spot']!, focus));
  const around = spots.filter(({ dataset }) => isWithin(focus, dataset['spot']!));
  const spot = inside[0] ?? around.at(-1);
  const wanted = ['.f-typed-title', '.f-word-op', 'input, textarea', 'button'];
  return (
    wanted.map((selector) => spot?.querySelector<HTMLElement>(selector)).find((target) => target) ?? null
  );
}
