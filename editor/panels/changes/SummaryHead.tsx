import type { ReactNode } from 'react';

import type { Summary } from './changes-view.ts';

/** What the change does in one sentence; that two versions are proven equal is worth saying aloud. */
export function SummaryHead({ summary, stale }: { readonly summary: Summary; readonly stale: boolean }) {
  const { kind, sentence, note } = summary;
  return (
    <div className={`changes-summary changes-summary-${kind}`}>
      <span className="changes-sign" aria-hidden="true">
        <svg width="22" height="22" viewBox="0 0 22 22" fill="none" strokeWidth="1.8" strokeLinecap="round">
          {signs[kind]}
        </svg>
      </span>
      <div>
        <output className="changes-sentence">{sentence}</output>
        {note === null ? null : <p className="changes-soft">{note}</p>}
        {stale ? (
          <p className="changes-stale">
            The text has a mistake at the moment. This is of the last text without one.
          </p>
        ) : null}
      </div>
    </div>
  );
}

const signs = {
  nothing: <path d="M5 8.5h12M5 13.5h12" stroke="currentColor" />,
  equal: (
    <>
      <circle cx="11" cy="11" r="9.2" stroke="currentColor" />
      <path d="M6.8 9.2h8.4M6.8 13h8.4" stroke="currentColor" />
    </>
  ),
  changes: <path d="M7 3v6M4 6h6M4 18h6M17.5 3.5l-13 15" stroke="currentColor" transform="translate(1 0)" />,
  open: (
    <>
      <circle cx="11" cy="11" r="9.2" stroke="currentColor" strokeDasharray="3 3.4" />
      <path d="M11 6.4v5.4M11 15.2v.1" stroke="currentColor" />
    </>
  ),
} as const satisfies Record<Summary['kind'], ReactNode>;
