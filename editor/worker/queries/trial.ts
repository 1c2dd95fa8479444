import { encounterForm, trialText, tryText } from '#engine';
import type { EncounterForm, FormChange, Subject, Trial } from '#engine';

import type { Memory } from '../memory.ts';
import { changedText } from './encounter-form.ts';

export interface TrialParams {
  readonly subject: Subject;
  /** Null: as the subject has it. */
  readonly text: string | null;
  readonly changes: readonly FormChange[];
}

export interface TrialState {
  readonly text: string;
  readonly form: EncounterForm | null;
  readonly trial: Trial;
}

/** A changed encounter, judged without being saved; null where what it was made from is gone or has mistakes. */
export function trial({ draft }: Memory, { subject, text, changes }: TrialParams): TrialState | null {
  const begun = text ?? trialText(draft, subject);
  if (begun === null) return null;
  const after = changedText(begun, changes, draft);
  return {
    text: after,
    form: encounterForm('trial.encounter.yaml', after, draft),
    trial: tryText(draft, subject, after),
  };
}
