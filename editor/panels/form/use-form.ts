import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react';

import type { Diagnostic, FileForm, FormAction, FormChoices } from '#engine';

import type { Workbench } from '../../session/workbench.ts';
import type { WorkFile } from '../../session/session.ts';
import type { Found } from './form-view.ts';
import { placesIn, shared } from './share.ts';

/** What every field of a form needs: what can be chosen, what is wrong, and how to change something. */
export interface FormTools {
  readonly choices: FormChoices;
  readonly problems: { readonly [key: string]: readonly Diagnostic[] };
  /** What the chosen encounter says, by the key of a test or group. */
  readonly found: { readonly [key: string]: readonly Found[] };
  readonly hasTimeRule: boolean;
  readonly perform: (action: FormAction) => void;
  /** Applies the fix of one of the problems of a spot. */
  readonly mend: (spot: string, index: number) => void;
  /** Shows where something stands in the text. */
  readonly showText: (spot: string) => void;
}

const Tools = createContext<FormTools | null>(null);
export const ToolsProvider = Tools.Provider;

export function useTools(): FormTools {
  const tools = useContext(Tools);
  if (!tools) throw new Error('a field stands outside a form');
  return tools;
}

type Shown = { readonly form: FileForm; readonly choices: FormChoices };

export interface LoadedForm {
  readonly path: string;
  /** The text of which it is the form. */
  readonly text: string;
  /** What was known of mistakes when it was made. */
  readonly judged: unknown;
  /** With the parts of the one before that say the same; null where the text cannot be read. */
  readonly shown: Shown | null;
  /** Where everything stands now. */
  readonly places: ReturnType<typeof placesIn>;
  /** The problems with their places of now. */
  readonly problems: FileForm['problems'];
}

/** The form of a file, made anew by the worker whenever its text, or what is known of it, has changed. */
export function useLoadedForm(workbench: Workbench, file: WorkFile, judged: unknown): LoadedForm | null {
  const { path, text } = file;
  const [loaded, setLoaded] = useState<LoadedForm | null>(null);
  useEffect(() => {
    let current = true;
    const show = async () => {
      const shown = await workbench.ask('fileForm', { path });
      if (!current) return;
      const places = shown ? placesIn(shown.form) : new Map();
      const problems = shown?.form.problems ?? {};
      setLoaded((before) => {
        return { path, text, judged, shown: shared(before?.shown, shown), places, problems };
      });
    };
    void show();
    return () => {
      current = false;
    };
  }, [workbench, path, text, judged]);
  return loaded?.path === path ? loaded : null;
}

export interface Deeds {
  readonly perform: (action: FormAction) => void;
  /** Does something after every action so far. */
  readonly afterwards: (deed: () => void) => void;
}

/** Actions one after the other, each on the text that the one before it left. */
export function usePerform(
  workbench: Workbench,
  path: string,
  onDone: (focus: string | null) => void,
): Deeds {
  const queue = useRef<Promise<void>>(Promise.resolve());
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  }, [onDone]);
  const perform = useCallback(
    (action: FormAction) => {
      const one = async () => {
        const textNow = () => workbench.store.get().files.get(path)?.text;
        // A text that changes while the worker thinks is asked about again; typing ends at some time.
        for (let text = textNow(); text !== undefined; text = textNow()) {
          const { label, edits, focus } = await workbench.ask('fileFormEdits', { path, text, action });
          if (textNow() !== text) continue;
          if (edits.length > 0) workbench.applyEdits(label, [{ path, edits }]);
          done.current(focus);
          return;
        }
      };
      queue.current = queue.current.then(one, one);
    },
    [workbench, path],
  );
  const afterwards = useCallback((deed: () => void) => {
    queue.current = queue.current.then(deed, deed);
  }, []);
  return { perform, afterwards };
}
