// The journeys that are heard: what a person does with the keys alone.
import { code, letter, letters } from '../browser/sign_in.mjs'

// secrets are those of the people who have signed in already.
const secrets = {}

// signIn signs somebody in, by letter and one-time code.
async function signIn(w, { base, data }, mail) {
  const before = letters(data)
  await w.go('/en/sign-in')
  await w.to(/mail.*entry/i)
  await w.type(mail)
  await w.press('Return')
  const link = new URL(await letter(data, mail, /https?:\/\/\S+\/sign-in\/link\?token=[\w-]+/, before))
  await w.go(link.pathname + link.search, '/en/sign-in/link?token=TOKEN')
  await w.to(/sign in.*push button/i)
  await w.press('Return')
  await w.go('/en/account/factor')
  await w.to(/set up codes.*push button/i)
  await w.press('Return')
  secrets[mail] = (await w.text()).match(/([A-Z2-7]{4} ){7}[A-Z2-7]{4}/)[0]
  await w.to(/code.*entry/i)
  await w.type(code(secrets[mail]), 'CODE')
  await w.press('Return')
}

export const journeys = [
  {
    name: 'sign in',
    async walk(w, world) { await signIn(w, world, 'poc@avow.example') },
  },
  {
    name: 'report progress',
    async walk(w, world) {
      await w.silently(() => signIn(w, world, 'reporter-a@avow.example'))
      await w.go('/en/work/reports/esperia-1/2026-1/XEP0001/all/progress')
      await w.to(/^not started/i) // Tab stops once at a group; arrows choose
      await w.press('Down')
      await w.press('Down')
      await w.to(/done.*english.*entry/i)
      await w.type('The fourth quarter follows in March.')
      await w.to(/done.*french.*entry/i)
      await w.type('Le quatrieme trimestre suit en mars.')
      await w.to(/keep and go on.*push button/i)
      await w.press('Return')
    },
  },
]
