import { Checkbox } from '../../ui/Checkbox.tsx';
import { Placed } from './Placed.tsx';
import type { Gauge, ProofRow, ProofState, TargetRow } from './exports-view.ts';
import { proofWords } from './exports-view.ts';

interface TargetPartProps {
  readonly row: TargetRow;
  readonly chosen: boolean;
  /** Nothing can be chosen while an export runs. */
  readonly fixed: boolean;
  readonly onChoose: (on: boolean) => void;
  readonly onJump: (path: string, line: number) => void;
}

/** One target: for whom it is, what its proofs say, and what does not go along. */
export function TargetPart({ row, chosen, fixed, onChoose, onJump }: TargetPartProps) {
  const { target, note, proofs, losses, refused } = row;
  return (
    <article aria-label={target.title}>
      <div className="exports-name">
        {fixed ? (
          <h4>{target.title}</h4>
        ) : (
          <Checkbox chosen={chosen} onChange={onChoose}>
            <strong>{target.title}</strong>
          </Checkbox>
        )}
      </div>
      <p className="exports-under">{target.audience}</p>
      {note === null ? null : <p className="exports-under exports-note">{note}</p>}
      {proofs.length === 0 ? null : (
        <ul className="exports-proofs" aria-label={`Proofs of ${target.title}`}>
          {proofs.map((proof) => (
            <ProofPart key={proof.engine} proof={proof} />
          ))}
        </ul>
      )}
      {[
        [refused, `Why ${target.title} was not written`, 'exports-refused'] as const,
        [losses, `What does not go along with ${target.title}`, 'exports-losses'] as const,
      ].map(([all, label, look]) =>
        all.length === 0 ? null : (
          <ul key={look} className={`exports-under ${look}`} aria-label={label}>
            {all.map(({ what, at }) => (
              <li key={what}>
                <Placed what={what} at={at} onJump={onJump} />
              </li>
            ))}
          </ul>
        ),
      )}
    </article>
  );
}

const signs = {
  'to-come': 'M8 4.8V8l2.2 1.5',
  running: 'M8 4.8V8l2.2 1.5',
  asked: 'M5.4 8h5.2',
  proven: 'm5 8.3 2.1 2.1 4-4.6',
  'falls-short': 'm5.6 5.6 4.8 4.8m0-4.8-4.8 4.8',
} as const satisfies Record<ProofState, string>;

function ProofPart({ proof: { state, engine, answers, errors, time } }: { readonly proof: ProofRow }) {
  return (
    <li className={`exports-proof exports-${state}`}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.6" />
        <path d={signs[state]} />
      </svg>
      <span className="exports-engine">
        <strong>{proofWords[state]}</strong> <span>{engine}</span>
        {time === null ? null : <span className="exports-time">, {time}</span>}
      </span>
      <GaugePart gauge={answers} />
      <GaugePart gauge={errors} />
    </li>
  );
}

/** The words say all that the bar shows. */
function GaugePart({ gauge }: { readonly gauge: Gauge | null }) {
  if (gauge === null) return null;
  return (
    <span className="exports-gauge">
      <span className="exports-gauge-bar" aria-hidden="true">
        {gauge.parts.map(({ kind, share }) => (
          <span key={kind} className={`exports-share-${kind}`} style={{ width: `${share * 100}%` }} />
        ))}
      </span>
      <span>{gauge.words}</span>
    </span>
  );
}
