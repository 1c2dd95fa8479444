/** For who receives the export. */
export function writeReadme(): string {
  return `# The policies as tables

For people who read, compare and key in; no engine runs them.

- \`rules.csv\`: one row per rule and period: for whom, from when, for which codes, what is required, what happens otherwise.
- \`units.csv\`: how many minutes make how many units.
- \`terms.csv\`: what the terms and figures in quotation marks mean.
- \`lists.csv\`: the entries of the lists that rules name.

Comma-separated, UTF-8, after RFC 4180. From and To are dates of service, both included; an empty To is open.
An empty Codes cell means that the rule does not name its codes; the column Where says what it asks.
A rule that cannot be decided because the record is incomplete leaves the line waiting for the record.
Values in brackets within a message come from the claim. Import codes as text: spreadsheets drop leading zeros of numbers.
A text that a spreadsheet would take for a formula has an apostrophe in front.
`;
}
