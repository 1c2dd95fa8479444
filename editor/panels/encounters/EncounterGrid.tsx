/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events --
   A table cannot leave rows out and place the rest by hand, which ten thousand rows need. The roles say the same,
   and the keys are heard by the grid, which keeps the focus. */
import { useVirtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent } from 'react';
import { useEffect, useId, useRef } from 'react';

import { DecisionMark } from '../../marks/DecisionMark.tsx';
import { decisionWords } from '../../marks/words.ts';
import type { EncounterRow } from './encounters-view.ts';

const rowHeight = 28;
const headHeight = 24;

interface EncounterGridProps {
  readonly rows: readonly EncounterRow[];
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
}

/**
 * Only the rows in sight are in the page; the keyboard reaches all of them.
 * The focus stays on the grid, which names the row it is at: rows move when verdicts change, and would take it along.
 */
export function EncounterGrid({ rows, chosen, onChoose }: EncounterGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const name = useId();
  // oxlint-disable-next-line react/incompatible-library -- its functions are called while drawing and not handed on
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  });
  const at = rows.findIndex((row) => row.key === chosen);
  const items = virtual.getVirtualItems();

  useEffect(() => {
    // Only on choosing: while the author scrolls elsewhere, a new verdict must not pull the list back.
    const chosenAt = rows.findIndex((row) => row.key === chosen);
    if (chosenAt !== -1) virtual.scrollToIndex(chosenAt);
    // oxlint-disable-next-line react/exhaustive-deps
  }, [chosen]);

  function onKeyDown(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 2);
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: rows.length - 1,
    };
    const target = targets[event.key];
    if (target === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const row = rows[Math.max(0, Math.min(rows.length - 1, target))];
    if (row) onChoose(row.key);
  }

  return (
    <div
      ref={scroller}
      className="encounters-grid"
      role="grid"
      tabIndex={0}
      data-pane-focus=""
      aria-label="Saved encounters"
      aria-rowcount={rows.length + 1}
      aria-colcount={3}
      aria-activedescendant={items.some(({ index }) => index === at) ? `${name}-${at}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="encounters-head">
        <div role="row" aria-rowindex={1} className="encounters-columns">
          <span role="columnheader">Encounter</span>
          <span role="columnheader">Date</span>
          <span role="columnheader">Verdict</span>
        </div>
      </div>
      <div role="rowgroup" className="encounters-rows" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rows[index]!;
          return (
            <div
              key={row.key}
              id={`${name}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={row.key === chosen}
              className="encounters-row"
              style={{ transform: `translateY(${start - headHeight}px)` }}
              title={row.trouble ?? `${row.title} · ${row.suite}`}
              onClick={() => onChoose(row.key)}
            >
              <EncounterCells row={row} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

const signs = {
  'as expected': '✓',
  'not as expected': '✗',
  'not checked': '–',
  'cannot be judged': '✗',
} as const;

function EncounterCells({ row }: { readonly row: EncounterRow }) {
  const sign = signs[row.expectation];
  return (
    <>
      <span role="gridcell" className="encounters-title">
        <span
          className={sign === '✗' ? 'encounters-sign encounters-sign-failing' : 'encounters-sign'}
          aria-hidden="true"
        >
          {sign}
        </span>
        <span className={row.changed ? 'encounters-words encounters-words-changed' : 'encounters-words'}>
          {row.title}
        </span>
        <span className="visually-hidden">, {row.expectation}</span>
      </span>
      <span role="gridcell" className="encounters-date">
        {row.date}
      </span>
      <span role="gridcell" className="encounters-verdict">
        {row.decision === null ? (
          <span className="encounters-none">Not judged</span>
        ) : (
          <DecisionMark decision={row.decision} />
        )}
        {row.before === null ? null : (
          <span className="encounters-before">
            <span aria-hidden="true">←</span>
            <span className="visually-hidden">before: </span>
            {decisionWords[row.before]}
          </span>
        )}
        {row.changed && row.before === null ? <span className="encounters-before">other reasons</span> : null}
      </span>
    </>
  );
}
