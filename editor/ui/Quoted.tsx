/** A sentence in which the words between backticks are set as what they are: names out of a file. */
export function Quoted({ text }: { readonly text: string }) {
  const parts = text.split(/`([^`]+)`/);
  return parts.map((part, at) =>
    at % 2 === 1 ? (
      <code key={at} className="quoted">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
