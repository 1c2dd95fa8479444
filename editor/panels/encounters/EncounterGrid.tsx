/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events --
   A table cannot leave rows out and place the rest by hand, which ten thousand rows need. The roles say the same,
   and the keys are heard by the grid, which keeps the focus. */
import { useVirtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent, ReactNode } from 'react';
import { memo, useEffect, useId, useMemo, useRef } from 'react';

import type { Decision } from '#engine';

import { DecisionMark } from '../../marks/DecisionMark.tsx';
import { decisionWords } from '../../marks/words.ts';
import type { CaseOrder, CaseColumn } from '../../session/case-filters.ts';
import type { CaseRow } from '../../worker/protocol.ts';
import { toRow, typedTo } from './encounters-view.ts';
import type { EncounterRow } from './encounters-view.ts';

const headHeight = 26;
/** After this many milliseconds without a letter, typing begins a new word. */
const typingPause = 800;

interface EncounterGridProps {
  readonly rows: readonly CaseRow[];
  readonly columns: readonly CaseColumn[];
  /** How what everything is compared with is called: “As saved”, “Release 3”. */
  readonly earlier: string;
  /** In pixels; it follows the size of the text. */
  readonly rowHeight: number;
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
  /** Enter, or a double click. */
  readonly onOpen: (key: string) => void;
  /** Null: the columns cannot be sorted here. */
  readonly sorting: { readonly order: CaseOrder; readonly onOrder: (order: CaseOrder) => void } | null;
}

/**
 * Only the rows in sight are in the page; the keyboard reaches all of them, and typing goes to a title.
 * The focus stays on the grid, which names the row it is at: rows move when verdicts change, and would take it along.
 */
export function EncounterGrid(props: EncounterGridProps) {
  const { rows, columns, earlier, rowHeight, chosen, onChoose, onOpen, sorting } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', at: 0 });
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
  const at = useMemo(() => rows.findIndex((row) => row.key === chosen), [rows, chosen]);
  const items = virtual.getVirtualItems();

  useEffect(() => {
    // Only on choosing: while the author scrolls elsewhere, a new verdict must not pull the list back.
    const chosenAt = rows.findIndex((row) => row.key === chosen);
    if (chosenAt !== -1) virtual.scrollToIndex(chosenAt);
    // oxlint-disable-next-line react/exhaustive-deps
  }, [chosen]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== event.currentTarget) return;
    if (event.key === 'Enter' && chosen !== null) {
      event.preventDefault();
      onOpen(chosen);
      return;
    }
    const target = targetOf(event.key);
    if (target === null) return;
    event.preventDefault();
    const row = rows[Math.max(0, Math.min(rows.length - 1, target))];
    if (row) onChoose(row.key);
  }

  /** The row to which a key leads; null: it leads nowhere. */
  function targetOf(key: string): number | null {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 2);
    switch (key) {
      case 'ArrowDown':
        return at + 1;
      case 'ArrowUp':
        return at - 1;
      case 'PageDown':
        return at + page;
      case 'PageUp':
        return at - page;
      case 'Home':
        return 0;
      case 'End':
        return rows.length - 1;
    }
    const now = performance.now();
    const goesOn = now - typed.current.at < typingPause;
    if (key.length !== 1 || (key === ' ' && !goesOn)) return null;
    typed.current = { text: (goesOn ? typed.current.text : '') + key, at: now };
    const found = typedTo(rows, typed.current.text, at);
    return found === -1 ? null : found;
  }

  return (
    <div
      ref={scroller}
      className={`encounters-grid encounters-grid-${columns.length}`}
      role="grid"
      tabIndex={0}
      data-pane-focus=""
      aria-label="Saved encounters"
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={items.some(({ index }) => index === at) ? `${name}-${at}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="encounters-head">
        <div role="row" aria-rowindex={1} className="encounters-columns">
          {columns.map((column, position) => (
            <ColumnHead
              key={column}
              column={column}
              title={column === 'saved' ? earlier : columnTitles[column]}
              position={position}
              sorting={sorting}
            />
          ))}
        </div>
      </div>
      <div role="rowgroup" className="encounters-rows" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rows[index]!;
          return (
            <GridRow
              key={row.key}
              id={`${name}-${index}`}
              index={index}
              top={start - headHeight}
              height={rowHeight}
              row={toRow(row)}
              columns={columns}
              selected={row.key === chosen}
              onChoose={onChoose}
              onOpen={onOpen}
            />
          );
        })}
      </div>
    </div>
  );
}

const columnTitles = {
  title: 'Encounter',
  expected: 'Expected',
  actual: 'Verdict',
  payer: 'Payer',
  date: 'Date',
  codes: 'Codes',
  suite: 'Suite',
} as const satisfies Record<Exclude<CaseColumn, 'saved'>, string>;

interface ColumnHeadProps {
  readonly column: CaseColumn;
  readonly title: string;
  readonly position: number;
  readonly sorting: EncounterGridProps['sorting'];
}

function ColumnHead({ column, title, position, sorting }: ColumnHeadProps) {
  const place = { 'aria-colindex': position + 1, className: `encounters-column encounters-${column}` };
  if (!sorting) {
    return (
      <span role="columnheader" {...place}>
        {title}
      </span>
    );
  }
  const { order, onOrder } = sorting;
  const sorted = order?.column === column ? (order.descending ? 'descending' : 'ascending') : undefined;
  return (
    <span role="columnheader" aria-sort={sorted} {...place}>
      <button type="button" className="encounters-sort" onClick={() => onOrder(nextOrder(order, column))}>
        {title}
        <span aria-hidden="true" className="encounters-sort-sign">
          {sorted === 'ascending' ? '↑' : sorted === 'descending' ? '↓' : ''}
        </span>
      </button>
    </span>
  );
}

/** Up, then down, then as it was. */
function nextOrder(order: CaseOrder, column: CaseColumn): CaseOrder {
  if (order?.column !== column) return { column, descending: false };
  return order.descending ? null : { column, descending: true };
}

interface GridRowProps {
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly row: EncounterRow;
  readonly columns: readonly CaseColumn[];
  readonly selected: boolean;
  readonly onChoose: (key: string) => void;
  readonly onOpen: (key: string) => void;
}

const GridRow = memo(function GridRow(props: GridRowProps) {
  const { id, index, top, height, row, columns, selected, onChoose, onOpen } = props;
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className="encounters-row"
      style={{ transform: `translateY(${top}px)`, height }}
      title={row.trouble ?? `${row.title} · ${row.suite}`}
      onClick={() => onChoose(row.key)}
      onDoubleClick={() => onOpen(row.key)}
    >
      {columns.map((column, position) => (
        <span
          key={column}
          role="gridcell"
          aria-colindex={position + 1}
          className={`encounters-cell encounters-${column}`}
        >
          {cells[column](row)}
        </span>
      ))}
    </div>
  );
});

const signs = {
  'as expected': '✓',
  'not as expected': '✗',
  'not checked': '–',
  'cannot be judged': '✗',
} as const;

const cells = {
  title: (row) => {
    const sign = signs[row.expectation];
    return (
      <>
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
      </>
    );
  },
  expected: ({ expected }) => decisionOr(expected, 'nothing expected'),
  actual: (row) => (
    <>
      {row.decision === null ? (
        <span className="encounters-none">Not judged</span>
      ) : (
        <DecisionMark decision={row.decision} />
      )}
      {row.before === null ? null : <Before decision={row.before} />}
      {row.changed && row.before === null ? <span className="encounters-before">other reasons</span> : null}
    </>
  ),
  saved: ({ saved, before }) =>
    before === null ? (
      decisionOr(saved, 'not there')
    ) : (
      <span className="encounters-changed-from">
        <span aria-hidden="true">←</span>
        <span className="visually-hidden">before: </span>
        <DecisionMark decision={before} />
      </span>
    ),
  payer: ({ payer }) => payer,
  date: ({ date }) => date,
  codes: ({ codes }) => codes,
  suite: ({ suite }) => suite,
} as const satisfies Record<CaseColumn, (row: EncounterRow) => ReactNode>;

function Before({ decision }: { readonly decision: Decision }) {
  return (
    <span className="encounters-before">
      <span aria-hidden="true">←</span>
      <span className="visually-hidden">before: </span>
      {decisionWords[decision]}
    </span>
  );
}

function decisionOr(decision: Decision | null, none: string) {
  return decision === null ? (
    <span className="encounters-none">
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">{none}</span>
    </span>
  ) : (
    <DecisionMark decision={decision} />
  );
}
