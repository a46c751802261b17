// A desk with a screen reader: a screen without glass, a window manager, the
// accessibility bus, Chromium and Orca. What Orca says is read from its debug file.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const { chromium } = createRequire(new URL('../browser/package.json', import.meta.url))('playwright-core')

// Orca says a page only when it is asked to: what a person hears with each key is the transcript.
const settings = {
  sayAllOnLoad: false, pageSummaryOnLoad: false, enableKeyEcho: false, enableEchoByCharacter: false, enableEchoByWord: false,
  presentToolTips: false, enableTutorialMessages: false, speakMisspelledIndicator: false,
}

const quiet = 700 // milliseconds without a word after which Orca has finished
const longest = 20000 // milliseconds that an answer may take

let desks = 0 // so that each has a screen and a port of its own

export class Desk {
  constructor(dir) {
    this.number = process.pid + 37 * desks++
    this.dir = dir
    this.children = []
    this.read = 0
  }

  start(command, args, env = {}) {
    const child = spawn(command, args, { env: { ...this.env, ...env }, stdio: 'ignore' })
    this.children.push(child)
    return child
  }

  async until(what, holds) {
    for (let i = 0; i < 900; i++) {
      if (await holds()) return
      await wait(100)
    }
    throw new Error(`${what} did not come up`)
  }

  async open() {
    const home = join(this.dir, 'home')
    const run = join(this.dir, 'run')
    mkdirSync(join(home, '.local/share/orca'), { recursive: true })
    mkdirSync(run, { recursive: true, mode: 0o700 })
    const profile = { profile: ['Default', 'default'], pronunciations: {}, keybindings: {}, ...settings }
    writeFileSync(join(home, '.local/share/orca/user-settings.conf'), JSON.stringify({
      general: { ...settings, startingProfile: ['Default', 'default'] }, pronunciations: {}, keybindings: {}, profiles: { default: profile },
    }))
    const display = `:${50 + (this.number % 400)}`
    this.env = { ...process.env, DISPLAY: display, HOME: home, XDG_RUNTIME_DIR: run, LC_ALL: 'C.UTF-8' }
    this.start('Xvfb', [display, '-screen', '0', '1280x900x24', '-nolisten', 'tcp'])
    await this.until('the screen', () => this.keys(['getmouselocation']).then((ok) => ok))
    this.start('openbox', [])
    this.start('/usr/libexec/at-spi-bus-launcher', ['--launch-immediately', '--screen-reader=1'])
    await wait(500)
    const port = 20000 + (this.number % 12000)
    this.start(process.env.CHROMIUM ?? 'chromium', ['--no-sandbox', '--no-first-run', '--disable-gpu', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', '--disable-features=Translate,PasswordManager', '--password-store=basic', '--force-renderer-accessibility', `--user-data-dir=${join(this.dir, 'profile')}`,
      `--remote-debugging-port=${port}`, '--blink-settings=scriptEnabled=false', '--window-size=1280,900', '--app=about:blank'])
    await this.until('Chromium', () => fetch(`http://127.0.0.1:${port}/json/version`).then((r) => r.ok, () => false))
    this.browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { timeout: 120000 })
    this.page = this.browser.contexts()[0].pages()[0]
    this.debug = join(this.dir, 'orca.debug')
    // Orca writes line by line to a terminal, and in large blocks to a file.
    this.start('script', ['-q', '-f', '-c', 'orca --replace --debug-file=/dev/tty', this.debug])
    await this.until('Orca', () => existsSync(this.debug) && readFileSync(this.debug, 'utf8').includes('Screen reader on'))
    await this.hear()
  }

  keys(args) {
    return new Promise((done) => {
      const child = spawn('xdotool', args, { env: this.env, stdio: 'ignore' })
      child.on('error', () => done(false))
      child.on('exit', (code) => done(code === 0))
    })
  }

  // said gives what Orca has said since it was asked last.
  said() {
    const all = readFileSync(this.debug, 'utf8')
    const end = all.lastIndexOf('\n') + 1
    const fresh = all.slice(this.read, end)
    this.read = end
    return [...fresh.matchAll(/SPEECH OUTPUT: '(.*?)'(?:\{.*\})?\r?$/gm)].map((m) => m[1].trim()).filter(Boolean)
  }

  // hear waits until Orca has finished and gives what it said.
  async hear(expect = true) {
    const out = []
    let last = Date.now()
    const began = last
    while (Date.now() - last < quiet || expect && !out.length) {
      if (Date.now() - began > longest) break
      const fresh = this.said()
      if (fresh.length) { out.push(...fresh); last = Date.now() }
      await wait(50)
    }
    return out
  }

  // press presses a key and gives what is heard.
  async press(key) {
    await this.keys(['key', key])
    return this.hear()
  }

  // type writes into the field that has the focus; letters are not echoed.
  async type(text) {
    await this.keys(['type', '--delay', '15', text])
    return this.hear(false)
  }

  // go opens an address and gives what is heard.
  async go(address) {
    await this.page.goto(address)
    return this.hear()
  }

  async close() {
    await this.browser?.close().catch(() => {})
    for (const child of this.children.reverse()) child.kill()
    await wait(300)
  }
}
