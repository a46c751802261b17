// Writes a member that does not exist with sixty commitments on four subjects, as
// lossless lines: what two people code in study.mjs.
const id = (kind, n) => `06230z6w00${kind}${String(n).padStart(26 - 10 - kind.length, '0')}`
const line = (kind, subject) => console.log(JSON.stringify({ kind, subject }))
const subjects = [
  ['data', 'The ministry publishes open data sets in a catalogue with a licence and a programming interface.'],
  ['budget', 'The treasury explains the budget and publishes spending, invoices and audits each quarter.'],
  ['school', 'Teachers, parents and pupils decide together on the curriculum and the money of their school.'],
  ['river', 'The agency measures the water of the river and warns fishing villages of pollution and floods.'],
]

console.log(JSON.stringify({ format: 'avow-jsonl', version: 1 }))
line('member', { id: id('wm', 1), slug: 'sixtonia', code: 'XSX', prefix: 'XSX', name: 'Sixtonia (test)', region: 'europe', regime: 'national', joined: 2020, demo: true })
line('plan', { id: id('wp', 1), member: id('wm', 1), slug: 'sixtonia-1', number: '1', title: [{ lang: 'en', text: 'Plan of Sixtonia' }], submitted: 2024, regime: 'national', demo: true })
for (let n = 1; n <= 60; n++) {
  const [subject, text] = subjects[n % 4]
  line('commitment', { id: id('wc', n), member: id('wm', 1), plans: [{ plan: id('wp', 1), number: String(n) }], title: [{ lang: 'en', text: `Promise ${n} on the ${subject}` }],
    text: [{ lang: 'en', text }], submitted: 2024, sources: [{ edition: 'test', key: String(n) }], demo: true })
}
