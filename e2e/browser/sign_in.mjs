// Signing in as people do: a letter is asked for, its link is opened, and who has a
// role that publishes sets up one-time codes. Letters lie in the folder DIR/mail.
import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

// body gives a letter's plain text.
function body(raw) {
  const part = raw.split(/\r?\n\r?\n/).slice(1).join('\n\n')
  return /quoted-printable/i.test(raw)
    ? part.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
    : part
}

// letter waits for the newest letter to an address that holds something like pattern.
export async function letter(data, to, pattern, since) {
  for (let i = 0; i < 300; i++) {
    let names = []
    try { names = readdirSync(join(data, 'mail')).filter((n) => n.endsWith('.eml')).sort().reverse() } catch { /* none yet */ }
    for (const name of names) {
      if (since.has(name)) continue
      const raw = readFileSync(join(data, 'mail', name), 'utf8')
      const found = raw.match(/^To:.*$/im)?.[0].includes(to) && body(raw).match(pattern)
      if (found) return found[0]
    }
    await wait(100)
  }
  throw new Error(`no letter came to ${to}`)
}

// letters are the names of those that came before.
export function letters(data) {
  try { return new Set(readdirSync(join(data, 'mail'))) } catch { return new Set() }
}

// code gives the one-time code of a secret (RFC 6238).
export function code(secret, at = Date.now()) {
  const bits = [...secret.replace(/\s/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30000)))
  const mac = createHmac('sha1', key).update(step).digest()
  const n = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff
  return String(n % 1000000).padStart(6, '0')
}

// submit presses the button of a form in the page's content.
export async function submit(page, name) {
  const button = name ? page.locator('main').getByRole('button', { name }) : page.locator('main form button').last()
  await Promise.all([page.waitForNavigation(), button.click()])
}

// signIn signs a page's context in.
export async function signIn(page, base, data, mail, { strong = true } = {}) {
  const before = letters(data)
  await page.goto(`${base}/en/sign-in`)
  await page.locator('main input[name=mail]').fill(mail)
  await submit(page, 'Send me a message')
  const link = await letter(data, mail, /https?:\/\/\S+\/sign-in\/link\?token=[\w-]+/, before)
  await page.goto(base + new URL(link).pathname + new URL(link).search)
  await submit(page)
  if (!strong) return
  await page.goto(`${base}/en/account/factor`)
  await submit(page, 'Set up codes of an app')
  const secret = (await page.locator('main').innerText()).match(/([A-Z2-7]{4} ){7}[A-Z2-7]{4}/)[0]
  await page.locator('main input[name=code]').fill(code(secret))
  await submit(page)
  return secret
}
