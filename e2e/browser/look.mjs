// What a page must bear: dark and forced colours, more space between letters,
// text twice as large, a finger instead of a mouse.
import { axe, tooWide } from './page.mjs'

// WCAG 2.2, 1.4.12: with these nothing may be lost.
const spacing = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }'

// clipped finds text that is cut off by its own box. What is hidden from sight on
// purpose is 1 px large.
const clipped = (page) => page.evaluate(() => {
  const out = []
  for (const e of document.querySelectorAll('body *')) {
    const style = getComputedStyle(e)
    if (!e.innerText?.trim() || e.clientWidth <= 2 || e.clientHeight <= 2 || e.closest('svg') || e.matches('select, option')) continue
    const wide = style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll' && e.scrollWidth > e.clientWidth + 1
    const high = style.overflowY !== 'visible' && style.overflowY !== 'auto' && style.overflowY !== 'scroll' && e.scrollHeight > e.clientHeight + 1
    if (wide || high || style.textOverflow === 'ellipsis' && e.scrollWidth > e.clientWidth) out.push(`${e.tagName.toLowerCase()}.${e.className} "${e.innerText.trim().slice(0, 30)}"`)
  }
  for (const e of document.querySelectorAll('button, .button, summary, th, td, .v, .m, label')) {
    // Text that runs out of a fixed box lies over its neighbour.
    if (e.scrollHeight > e.clientHeight + 2 && e.clientHeight > 2 && getComputedStyle(e).display !== 'inline') out.push(`${e.tagName.toLowerCase()} overflows "${e.innerText.trim().slice(0, 30)}"`)
  }
  return out.slice(0, 5).join('; ')
})

// overlapping finds two pieces of text that lie over each other.
const overlapping = (page) => page.evaluate(() => {
  // What is for screen readers alone is cut to nothing.
  const hidden = (e) => { for (; e; e = e.parentElement) if (getComputedStyle(e).clipPath.startsWith('inset(50%')) return true; return false }
  const boxes = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode
    const parent = text.parentElement
    if (!text.data.trim() || !parent.checkVisibility() || parent.closest('.skip, svg, select, datalist') || hidden(parent) || parent.closest('details:not([open]) > :not(summary)')) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    for (const r of range.getClientRects()) if (r.width > 2 && r.height > 2) boxes.push({ r, block: parent, text: text.data.trim().slice(0, 25) })
  }
  boxes.sort((a, b) => a.r.top - b.r.top)
  for (let i = 0; i < boxes.length; i++) {
    for (let k = i + 1; k < boxes.length && boxes[k].r.top < boxes[i].r.bottom; k++) {
      const a = boxes[i].r
      const b = boxes[k].r
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
      if (across > 3 && down > Math.min(a.height, b.height) * 0.5) return `"${boxes[i].text}" and "${boxes[k].text}"`
    }
  }
  return ''
})

// small finds what is to be hit and is less than 24 CSS px high or wide (2.5.8).
// A link within a sentence is as high as its line.
const small = (page, least) => page.evaluate((least) => {
  const out = []
  for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, textarea, label:has(input)')) {
    if (!e.checkVisibility() || e.matches('.skip') || e.tagName === 'LABEL' && !e.querySelector('input')) continue
    const boxes = [...e.getClientRects()]
    if (!boxes.length || boxes.some((b) => b.width >= least && b.height >= least)) continue
    const all = e.getBoundingClientRect()
    if (all.width >= least && all.height >= least) continue
    if (getComputedStyle(e).display === 'inline') {
      const sentence = e.closest('p, li, dd, td, th, caption, figcaption, blockquote')
      if (sentence && sentence.innerText.trim().length > e.innerText.trim().length) continue
    }
    out.push(`${e.tagName.toLowerCase()} "${(e.innerText || e.name || '').trim().slice(0, 30)}" ${Math.round(all.width)}x${Math.round(all.height)}`)
  }
  return out.slice(0, 6).join('; ')
}, least)

// bears checks a page that is given with its address.
export async function bears(tally, page, base, path) {
  const open = async (width, style) => {
    await page.setViewportSize({ width, height: width === 320 ? 640 : 900 })
    await page.goto(base + path, { waitUntil: 'load' })
    await page.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true })
    if (style) await page.addStyleTag({ content: style })
  }
  for (const width of [320, 1280]) {
    await open(width, '')
    tally.check(`${path} ${width}px`, 'clips no text', await clipped(page))
    tally.check(`${path} ${width}px`, 'has no text over text', await overlapping(page))
    tally.check(`${path} ${width}px`, 'has no target under 24 px', await small(page, 24))
    await open(width, spacing)
    tally.check(`${path} ${width}px`, 'loses nothing to text spacing', await clipped(page) || await overlapping(page) || await tooWide(page))
  }
}

// enlarged gives a page whose reader has set text twice as large in the browser.
export async function enlarged(page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Page.enable')
  await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
  return page
}

// bearsLarge checks a page that enlarged gave.
export async function bearsLarge(tally, page, base, path) {
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto(base + path, { waitUntil: 'load' })
  await page.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true })
  const size = await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize))
  tally.check(`${path} 1280px`, 'follows the size of text that the reader has set', size > 30 ? '' : `${size} px`)
  tally.check(`${path} 1280px`, 'loses nothing to text twice as large', await clipped(page) || await overlapping(page) || await tooWide(page))
}

// schemes are the colours that a system may ask for.
export const schemes = [
  ['dark', { colorScheme: 'dark' }],
  ['forced colours', { forcedColors: 'active' }],
  ['forced colours in dark', { forcedColors: 'active', colorScheme: 'dark' }],
]

// faint finds text that can hardly be told from what is behind it. axe cannot be
// asked in forced colours: it reads the colour of text that the page has set.
const faint = (page) => page.evaluate(() => {
  const parse = (c) => c.match(/[\d.]+/g).map(Number)
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0)
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor)
      if (c[3] !== 0) return c
    }
    return [255, 255, 255]
  }
  const out = []
  for (const e of document.querySelectorAll('body *')) {
    if (!e.checkVisibility() || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && !e.matches('input, select')) continue
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))]
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    if (ratio < 4.5) out.push(`${e.tagName.toLowerCase()}.${e.className} ${ratio.toFixed(1)}`)
  }
  return out.slice(0, 5).join('; ')
})

// contrast checks the contrast of a page in the colours of its context.
export async function contrast(tally, page, base, path, scheme) {
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto(base + path, { waitUntil: 'load' })
  tally.check(path, `has enough contrast in ${scheme}`, scheme.startsWith('forced') ? await faint(page) : await axe(page, ['color-contrast', 'link-in-text-block']))
}
