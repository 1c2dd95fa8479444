import { count } from '../../marks/words.ts';
import type { Session } from '../../session/session.ts';
import { unsavedFiles } from '../../session/session.ts';
import type { Progress } from '../../worker/protocol.ts';

/** `Judging the encounters: 4,000 of 10,000`. */
export function progressWords({ doing, done, total }: Progress): string {
  const what = { reading: 'Reading the files', judging: 'Judging the encounters' }[doing];
  return `${what}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
}

/** `2 files not saved`, or null. */
export function unsavedWords(session: Session): string | null {
  const files = unsavedFiles(session);
  if (files.length === 0) return null;
  const conflicts = files.filter((file) => file.conflict).length;
  const words = `${count(files.length, 'file')} not saved`;
  return conflicts > 0 ? `${words}, ${conflicts} changed on disk` : words;
}

/** What the author is about: `Health Network Solutions, 2024-03-04`, or `All payers and dates`. */
export function scopeWords({ settings, judged }: Pick<Session, 'settings' | 'judged'>): string {
  const { payer, asOf } = settings;
  if (payer === null && asOf === null) return 'All payers and dates';
  const title = judged?.payers.find((it) => it.id === payer)?.title ?? payer ?? 'All payers';
  return asOf === null ? title : `${title}, ${asOf}`;
}
