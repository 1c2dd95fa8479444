import { afterEach, expect, test } from 'vitest';

import { accessibleInBothSchemes, expectAccessible } from './accessible.ts';
import { acceptOpen, dialog, press, publish, write } from './publishing.ts';
import type { OpenWorkbench } from './workbench.ts';
import { changeMinimum, openTimePolicy, openWorkbench, selectInEditor } from './workbench.ts';

/** From a changed number to a release that others can rely on. */
let open: OpenWorkbench | null = null;

afterEach(async () => {
  const complaints = open?.complaints ?? [];
  await open?.close();
  open = null;
  expect(complaints).toEqual([]);
});

test(
  '8 becomes 10: exactly the claims of 8 and 9 minutes, an example kept as a case, approved by two, published',
  walkToRelease,
  180_000,
);

async function walkToRelease() {
  open = await openWorkbench();
  const { page, read } = open;
  page.setDefaultTimeout(20_000);

  await page.keyboard.press('Alt+R');
  await dialog(page, 'Publish release 1').getByText('Nothing holds it back.').waitFor();
  await publish(page, 1, 'As it is in force');
  await page.keyboard.press('Escape');

  await openTimePolicy(page);
  await changeMinimum(page);
  await page.keyboard.press('Shift+Alt+6');
  const changes = page.getByRole('region', { name: 'Changes', exact: true });
  await changes
    .getByText(
      /^Against release 1: 2 kinds of claim are judged otherwise, both stricter; 14 of \d+ saved encounters change\.$/,
    )
    .waitFor();
  const cards = changes.getByRole('article');
  expect(await cards.count()).toBe(2);
  for (const card of await cards.all()) {
    const text = (await card.textContent())!;
    expect(text).toContain('Stricter');
    expect(text).toContain(
      'where the treatment time is 8 or 9 minutes, for dates of service from 1 May 2019.',
    );
  }
  await page.locator('.monaco-diff-editor .view-line').first().waitFor();
  await accessibleInBothSchemes(page, 'the changes');

  // From card to card, and the example becomes a case in one step.
  await page.keyboard.press('Alt+J');
  expect(await cards.first().evaluate((it) => it === document.activeElement)).toBe(true);
  await press(page, cards.first().getByRole('button', { name: /^Keep as a test case/ }));
  await page.getByRole('region', { name: 'Why: 97110, 8 minutes: was pay, now deny' }).waitFor();

  await page.keyboard.press('Control+s');
  await page.getByText('All saved').waitFor();
  expect(await read('testcases/hns/hns-97530-time.suite.yaml')).toContain('was pay, now deny');

  await page.keyboard.press('Alt+R');
  const publishing = dialog(page, 'Publish release 2');
  await publishing.getByText(/^\d+ cases came out otherwise than expected\.$/).waitFor();
  await expectAccessible(page, 'what holds a release back');
  expect(await publishing.getByRole('button', { name: 'Publish release 2' }).isDisabled()).toBe(true);
  await press(page, publishing.getByRole('button', { name: 'Approve…' }).first());
  await dialog(page, 'Approve what changes since release 1').waitFor();
  await expectAccessible(page, 'what is to be approved');
  await acceptOpen(page, 'R. Alvarez', /1 waits for a second person/);
  // The same person once more is not a second one.
  await press(page, page.getByRole('button', { name: /^Choose all/ }));
  await write(page, 'Your name', 'r. alvarez');
  await write(page, 'Reason', 'Really');
  await press(page, page.getByRole('button', { name: 'Accept', exact: true }));
  await page.getByText(/its second approver must be somebody else/).waitFor();
  await acceptOpen(page, 'B. Chen', /^(\d+) of \1 things decided$/);

  await press(page, page.getByRole('button', { name: 'Go on to publish…' }));
  await write(page, 'Or publish all the same, because', 'What the cases expect follows on Friday');
  await publish(page, 2, 'New minimum from July on');
  await press(page, page.getByRole('button', { name: 'Show all releases' }));
  const releases = page.getByRole('region', { name: 'Releases', exact: true });
  await releases
    .getByText('All 2 are as they were published, and each vouches for those before it.')
    .waitFor();
  const second = releases.getByRole('article', { name: 'Release 2' });
  await second.getByText('by R. Alvarez and B. Chen').waitFor();
  await second
    .getByText('Published all the same by R. Alvarez: What the cases expect follows on Friday')
    .waitFor();
  await accessibleInBothSchemes(page, 'the releases');

  // From now on the new release is what everything is compared with, and any two can be.
  await press(page, second.getByRole('button', { name: 'Compare with what I have now' }));
  await changes.getByText('Nothing is changed against release 2.').waitFor();
  await page.keyboard.press('Shift+Alt+7');
  await press(page, second.getByRole('button', { name: 'Compare with release 1' }));
  await changes.getByText(/^Against release 1: 2 kinds of claim/).waitFor();
}

test('while one types the changes follow; a rule that says the same in other words is proven equal', async () => {
  open = await openWorkbench();
  const { page } = open;
  page.setDefaultTimeout(20_000);
  await openTimePolicy(page);
  await page.keyboard.press('Shift+Alt+6');
  const changes = page.getByRole('region', { name: 'Changes', exact: true });
  await changes.getByText('Nothing is changed against the files as saved.').waitFor();
  await changeMinimum(page, '8', '9');
  await page.keyboard.press('Shift+Alt+6');
  await changes.getByText('where the treatment time is 8 minutes', { exact: false }).first().waitFor();
  await changeMinimum(page, '9', '8');
  await selectInEditor(page, 'atLeast: $minimumMinutes');
  await page.keyboard.type('moreThan: 7');
  await page.keyboard.press('Shift+Alt+6');
  await changes
    .getByText('Proven equal to the files as saved: no claim there can be is judged otherwise.')
    .waitFor();
  await expectAccessible(page, 'proven equal');
});
