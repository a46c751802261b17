// What a person hears who signs in and reports progress with Orca, held against
// the golden files: node run.mjs --base URL --data DIR [--update] [--only NAME]
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Desk } from './desk.mjs'
import { journeys } from './journeys.mjs'

const args = process.argv.slice(2)
const value = (name) => args.includes(name) ? args[args.indexOf(name) + 1] : undefined
const base = value('--base').replace(/\/$/, '')
const update = args.includes('--update')
const most = 60 // presses of Tab for one step

// steady takes out what differs from day to day: one-time codes, IDs, dates, times, addresses.
const steady = (line) => line
  .replaceAll(base, 'BASE')
  .replace(/\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}(, \d\d:\d\d UTC)?/g, 'DATE')
  .replace(/\b\d{4}-\d\d-\d\d\b/g, 'DATE')
  .replace(/\b[0-9a-z]{26}\b/g, 'ID')
  .replace(/\b[A-Z2-7]{32}\b|\b([A-Z2-7]{4} ){7}[A-Z2-7]{4}\b/g, 'SECRET')

// Walker walks a journey with the keys and writes down what is heard.
class Walker {
  constructor(desk) {
    this.desk = desk
    this.lines = []
  }

  note(what, heard) {
    this.lines.push(`> ${what}`, ...heard.map((h) => `  ${steady(h)}`))
  }

  async go(path, shown = path) { this.note(`open ${shown}`, await this.desk.go(base + path)) }

  // text is what stands on the page.
  text() { return this.desk.page.locator('main').innerText() }

  // silently does something that is written down elsewhere.
  async silently(walk) {
    const lines = this.lines
    await walk()
    this.lines = lines.slice(0, 0)
  }

  // to presses Tab until something is heard that fits.
  async to(pattern) {
    for (let i = 0; i < most; i++) {
      const heard = await this.desk.press('Tab')
      this.note('Tab', heard)
      if (heard.some((h) => pattern.test(h))) return
    }
    throw new Error(`${pattern} was not heard within ${most} presses of Tab`)
  }

  async press(key) { this.note(key, await this.desk.press(key)) }

  async type(text, shown = text) { this.note(`type ${shown}`, await this.desk.type(text)) }
}

let failed = 0
for (const journey of journeys) {
  if (value('--only') && journey.name !== value('--only')) continue
  const dir = mkdtempSync(join(tmpdir(), 'avow-orca-'))
  const desk = new Desk(dir)
  const walker = new Walker(desk)
  const began = Date.now()
  try {
    await desk.open()
    await journey.walk(walker, { base, data: value('--data'), page: desk.page })
  } catch (error) {
    console.log(`FAIL ${journey.name}: ${error.message}`)
    console.log(walker.lines.slice(-25).join('\n'))
    failed++
    continue
  } finally {
    await desk.close()
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
  }
  const text = `${walker.lines.join('\n')}\n`
  const file = new URL(`./${journey.name.replaceAll(' ', '-')}.txt`, import.meta.url)
  const golden = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (update) writeFileSync(file, text)
  else if (text !== golden) {
    failed++
    const [a, b] = [golden.split('\n'), text.split('\n')]
    const at = b.findIndex((line, i) => line !== a[i])
    console.log(`FAIL ${journey.name}: from line ${at + 1} on, the golden file says\n${a.slice(at, at + 4).join('\n')}\nand Orca says\n${b.slice(at, at + 4).join('\n')}`)
    continue
  }
  console.log(`orca: ${journey.name}: ${walker.lines.filter((l) => !l.startsWith('>')).length} utterances, ${Math.round((Date.now() - began) / 1000)} s`)
}
process.exit(failed ? 1 : 0)
