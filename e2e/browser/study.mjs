// Two people code sixty commitments blind to each other, without JavaScript, and
// the page shows the kappa that is counted here, by the formula of Cohen 1960. Then
// the way from a memo to the tag is walked on the published page.
import { tabTo } from './keys.mjs'
import { signIn, submit } from './sign_in.mjs'

const codes = ['g1', 'g2', 'g3', 'none']

// said is what a coder says of commitment n: mostly alike, sometimes not.
const said = (coder, n) => codes[(n * 7 + (coder === 1 && (n * n) % 11 < 3 ? n % 3 + 1 : 0)) % 4]

// kappa is Cohen's, of the answers of both.
export function kappa(a, b) {
  const n = a.length
  const share = (list, code) => list.filter((c) => c === code).length / n
  const observed = a.filter((c, i) => c === b[i]).length / n
  const expected = [...new Set([...a, ...b])].reduce((sum, code) => sum + share(a, code) * share(b, code), 0)
  return (observed - expected) / (1 - expected)
}

// fill answers fields by name and presses a button.
async function fill(page, fields, button) {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`main [name="${name}"]`)
    if (await field.first().getAttribute('type') === 'radio') await page.locator(`main [name="${name}"][value="${value}"]`).check()
    else if (await field.evaluate((e) => e.tagName) === 'SELECT') await field.selectOption(value)
    else await field.fill(value)
  }
  await submit(page, button)
}

// byKeys answers one commitment with the keys alone.
async function byKeys(page, code) {
  await tabTo(page, /./, { role: /radio/ })
  for (let i = 0; i < codes.indexOf(code); i++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await tabTo(page, /keep and go on/i, { role: /button/ })
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
}

export async function codeTogether(tally, browser, base, data) {
  const [su, reviewer] = await Promise.all([0, 1].map(async () => (await browser.newContext({ javaScriptEnabled: false })).newPage()))
  await signIn(su, base, data, 'su@avow.example')
  await signIn(reviewer, base, data, 'reviewer@avow.example')
  const text = (page) => page.locator('main').innerText()
  const check = (what, ok, why = 'it is not so') => tally.check('/en/work/studies', what, ok ? '' : why)

  await su.goto(`${base}/en/work/studies/new?member=sixtonia`)
  await fill(su, { title: 'Sixty promises', question: 'What are they about?' }, 'Freeze the list')
  const study = su.url().match(/studies\/([0-9a-z]{26})/)?.[1]
  check('a study is frozen with sixty commitments', /\b60\b/.test(await text(su)), await text(su))
  const at = `${base}/en/work/studies/${study}`
  await fill(su, { groups: '4' }, 'Suggest groups')
  for (const [key, name] of [['g1', 'Open data'], ['g2', 'Budgets'], ['g3', 'Schools']]) {
    await su.goto(`${at}/groups/${key}`)
    await fill(su, { name, definition: `What is about ${name}.` }, 'Keep the name')
  }
  await su.goto(`${at}/items/1`)
  await fill(su, { to: 'g1' }, 'Move').catch(() => {}) // where it stands already
  await su.goto(`${at}/items/1`)
  await su.locator('main a', { hasText: 'Write a memo' }).click()
  await fill(su, { memo: 'The first promise names the data and not the portal.' }, 'Keep the memo')
  await su.goto(`${at}/open`)
  await fill(su, { coders: '2', several: 'no' }, 'Open the coding')

  const answers = [[], []]
  for (const page of [su, reviewer]) {
    await page.goto(at)
    await submit(page, 'Join as a coder')
  }
  for (let n = 1; n <= 60; n++) {
    for (const [coder, page] of [su, reviewer].entries()) {
      const code = said(coder, n)
      answers[coder].push(code)
      await page.goto(`${at}/code/${n}`)
      if (n <= 3) await byKeys(page, code)
      else await fill(page, { codes: code, note: `seen by ${coder}` }, 'Keep and go on')
      if (n === 30) check('a coder does not see what the other says', !(await page.goto(`${at}/code/29`).then(() => page.content())).includes(`seen by ${1 - coder}`))
    }
  }
  for (const page of [su, reviewer]) {
    await page.goto(`${at}/hand-in`)
    await submit(page, 'Hand in')
  }
  const want = kappa(...answers)
  await su.goto(at)
  const row = su.locator('#agreement + div table tbody tr').first()
  const shown = await row.locator('td').first().innerText()
  check('shows the kappa that is counted here', shown.includes(want.toFixed(2)), `shows ${shown}, counted ${want}`)
  check('shows its interval', /\(\d\.\d\d to \d\.\d\d\)/.test(shown), shown)

  for (let n = 1; n <= 60; n++) {
    if (answers[0][n - 1] === answers[1][n - 1]) continue
    await su.goto(`${at}/settle/${n}`)
    await fill(su, { codes: answers[0][n - 1], reason: 'The text decides.' }, 'Settle')
  }
  await su.goto(`${at}/tags`)
  await fill(su, { 'tag.g1': 'Open Data', 'tag.g2': '', 'tag.g3': '' }, 'Propose')
  check('tags are proposed', /Tags are proposed/.test(await text(su)), (await text(su)).slice(0, 300))
  await submit(su, 'Publish the study')

  const visitor = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  await visitor.goto(`${base}/en/studies/${study}`)
  const told = await (await fetch(`${base}/api/v1/studies/${study}`)).json()
  check('the API tells the same kappa', Math.abs(told.agreement.cohen_kappa.value - want) < 0.00006, JSON.stringify(told.agreement))
  await visitor.locator('#memos + div a').first().click()
  const trail = await text(visitor)
  for (const step of ['names the data and not the portal', 'Coder A', 'Coder B']) check(`the trail shows “${step}”`, trail.includes(step), trail)
  const tagged = answers[0].findIndex((c) => c === 'g1') + 1
  await visitor.goto(`${base}/en/studies/${study}/items/${tagged}`)
  await visitor.locator('#tags + div a').first().click()
  check('the trail ends at the tag', visitor.url().includes('/tags/open-data'), visitor.url())
  for (const page of [su, reviewer, visitor]) await page.context().close()
}
