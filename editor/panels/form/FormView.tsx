import type { RefObject } from 'react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import type { Diagnostic, FileForm } from '#engine';
import { createSource, positionAt } from '#engine';

import { EmptyState } from '../../ui/EmptyState.tsx';
import { Button } from '../../ui/Button.tsx';
import type { FilePanelProps } from '../panel.ts';
import { foundIn, isWithin } from './form-view.ts';
import { ListFormView } from './ListFormView.tsx';
import { PolicyFormView } from './PolicyFormView.tsx';
import { shared } from './share.ts';
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
  const [changedRules, setChangedRules] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [focus, setFocus] = useState<string | null>(null);
  const { perform, afterwards } = usePerform(workbench, path, setFocus);
  const shown = loaded?.shown ?? null;
  const form = shown?.form ?? null;
  const isCurrent = loaded?.text === file.text;
  const openRules = useMemo(() => rulesOpen(form, changedRules), [form, changedRules]);
  const onOpen = useCallback(
    (rule: string, open: boolean) => setChangedRules((before) => new Map(before).set(rule, open)),
    [],
  );
  useFocus(host, focus, form, isCurrent, onOpen, setFocus);
  useUndoKeys(host, workbench, afterwards);

  // What fields do with places is asked of the newest form when it is done, so that fields need not be drawn for it.
  const newest = useRef({ loaded, text: file.text });
  useEffect(() => {
    newest.current = { loaded, text: file.text };
  });
  const places = loaded?.places;
  const found = useMemo(
    () => (places ? foundIn(why && why.caseKey === chosenCase ? why : null, path, places) : {}),
    [places, why, chosenCase, path],
  );
  const [steadyFound, setSteadyFound] = useState(found);
  if (steadyFound !== found) {
    const steady = shared(steadyFound, found);
    if (steady !== steadyFound) setSteadyFound(steady);
  }
  const choices = shown?.choices ?? null;
  const problems = form?.problems ?? null;
  const hasTimeRule = form?.kind === 'policy' && form.timeRule !== null;
  const tools = useMemo((): FormTools | null => {
    if (!choices || !problems) return null;
    return {
      choices,
      problems,
      found: steadyFound,
      hasTimeRule,
      perform: (action) => {
        // A rule that gets another id stays open.
        const value = action.kind === 'set' && action.path.at(-1) === 'id' ? action.value : null;
        if (typeof value === 'string') onOpen(value, true);
        perform(action);
      },
      mend: (spot, index) => {
        const problem = newest.current.loaded?.problems[spot]?.[index];
        if (!problem?.fix) return;
        const { from, to } = problem.place;
        workbench.applyEdits(problem.fix.title, [{ path, edits: [{ from, to, text: problem.fix.text }] }]);
      },
      showText: (spot) => {
        const { loaded: current, text } = newest.current;
        const offset = current?.places.get(spot)?.from ?? 0;
        const { line, column } = positionAt(createSource(path, text), offset);
        workbench.jump({ path, line, column });
      },
    };
  }, [choices, problems, steadyFound, hasTimeRule, perform, onOpen, workbench, path]);

  if (!loaded) return <EmptyState title="Making the form …" />;
  if (!form) {
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
          <PolicyFormView form={form} counts={judged?.rules ?? []} openRules={openRules} onOpen={onOpen} />
        ) : (
          <ListFormView form={form} />
        )}
      </ToolsProvider>
    </section>
  );
}

/** The first rule is open until it is closed, so that one sees what a rule looks like. */
function rulesOpen(form: FileForm | null, changed: ReadonlyMap<string, boolean>): ReadonlySet<string> {
  if (form?.kind !== 'policy') return new Set();
  const ids = form.rules.map(({ id, key }) => id.text ?? key);
  return new Set(ids.filter((id, index) => changed.get(id) ?? index === 0));
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
  onOpen: (rule: string, open: boolean) => void,
  onFocus: (focus: string | null) => void,
): void {
  useEffect(() => {
    if (focus === null || !form || !isCurrent) return;
    const rule = form.kind === 'policy' ? form.rules.find(({ key }) => isWithin(focus, key)) : undefined;
    const card = rule && host.current?.querySelector(`[data-spot="${CSS.escape(rule.key)}"]`);
    if (rule && card && !card.classList.contains('f-rule-open')) {
      onOpen(rule.id.text ?? rule.key, true);
      return;
    }
    const target = closest(host.current, focus);
    target?.focus();
    target?.scrollIntoView({ block: 'nearest' });
    onFocus(null);
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
