const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Text as UTF-8 in base64, as FHIR holds an attachment. */
export function base64(text: string): string {
  // Percent-encoding is UTF-8, and the language itself has no other way to it.
  const bytes = encodeURIComponent(text).replaceAll(/%([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [one, two, three] = [0, 1, 2].map((next) => bytes.charCodeAt(at + next));
    const group = (one! << 16) | ((two || 0) << 8) | (three || 0);
    const marks = [18, 12, 6, 0].map((shift) => alphabet[(group >> shift) & 63]!);
    parts.push(
      marks
        .slice(0, 1 + Math.min(3, bytes.length - at))
        .join('')
        .padEnd(4, '='),
    );
  }
  return parts.join('');
}
