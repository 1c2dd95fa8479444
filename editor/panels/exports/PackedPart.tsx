import type { ExportResult, ExportVersion } from '../../../publishing/exporting.ts';
import { Button } from '../../ui/Button.tsx';
import { download } from '../../ui/download.ts';
import { kibibytes, versionWords } from './exports-view.ts';

interface PackedPartProps {
  readonly packed: ExportResult & { readonly kind: 'packed' };
  readonly version: ExportVersion;
  readonly doubts: readonly string[];
}

/** The bundle to give away: what it is called, by what it is known, who vouches for it, and what it does not say. */
export function PackedPart({ packed, version, doubts }: PackedPartProps) {
  const { name, bundle, revision, signedBy } = packed;
  return (
    <section className="exports-packed" aria-label="The bundle">
      <div className="exports-bar">
        <Button look="main" onPress={() => download(name, bytesOf(bundle), 'application/gzip')}>
          Download {name}
        </Button>
        <span className="exports-soft">{kibibytes(bundle)}</span>
      </div>
      <dl className="exports-facts">
        <dt>Holds</dt>
        <dd>{versionWords[version]}</dd>
        <dt>Revision</dt>
        <dd>
          <code>{revision}</code>
          <span className="exports-soft">
            Of exactly these bytes. Told to the receiver by another way, it vouches for the whole bundle.
          </span>
        </dd>
        <dt>Signature</dt>
        <dd>
          {signedBy === null ? (
            'Not signed'
          ) : (
            <>
              Signed; the id of the key is <code>{signedBy}</code>
            </>
          )}
        </dd>
        <dt>To check it</dt>
        <dd>
          The receiver gives <code>proviso verify {name}</code>, or without Proviso, where it is unpacked,{' '}
          <code>node conformance/verify.mjs</code>
        </dd>
      </dl>
      <details className="exports-doubts">
        <summary>What this does not prove</summary>
        <ul>
          {doubts.map((doubt) => (
            <li key={doubt}>{doubt}</li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
