// Reads the published taxonomy with libraries that are not ours: Turtle with N3.js,
// JSON-LD with jsonld.js. Both have to say the same, to be what the API says, and to be
// accepted by a SHACL validator: skos.shapes.ttl holds the integrity conditions of the
// SKOS Reference (2009). node run.mjs --base URL
import { readFileSync } from 'node:fs';
import { DataFactory, Parser, Store } from 'n3';
import jsonld from 'jsonld';
import SHACLValidator from 'rdf-validate-shacl';

const base = process.argv[process.argv.indexOf('--base') + 1];
const SKOS = 'http://www.w3.org/2004/02/skos/core#';
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const faults = [];
const fault = (text) => faults.push(text);

const get = async (path) => {
  const answer = await fetch(base + path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.text();
};

const key = (q) => [q.subject, q.predicate, q.object].map((t) => `${t.termType} ${t.value} ${t.language ?? ''} ${t.datatype?.value ?? ''}`).join(' | ');

const turtle = new Parser().parse(await get('/api/v1/taxonomy.ttl'));
const quads = await jsonld.toRDF(JSON.parse(await get('/api/v1/taxonomy.jsonld')), { format: 'application/n-quads' });
const linked = new Parser({ format: 'N-Quads' }).parse(quads);
const one = new Set(turtle.map(key)), other = new Set(linked.map(key));
for (const k of one) if (!other.has(k)) fault(`only in Turtle: ${k}`);
for (const k of other) if (!one.has(k)) fault(`only in JSON-LD: ${k}`);

const all = (subject, property) => turtle.filter((q) => q.subject.value === subject && q.predicate.value === SKOS + property).map((q) => q.object);
const values = (subject, property) => all(subject, property).map((o) => o.value);
const ofType = (name) => turtle.filter((q) => q.predicate.value === RDF + 'type' && q.object.value === SKOS + name).map((q) => q.subject.value);
const concepts = ofType('Concept'), schemes = ofType('ConceptScheme');
if (schemes.length !== 1) fault(`${schemes.length} concept schemes`);

const validator = new SHACLValidator(new Store(new Parser().parse(readFileSync(new URL('skos.shapes.ttl', import.meta.url), 'utf8'))));
const refusals = async (quads) => (await validator.validate(new Store(quads))).results;
for (const r of await refusals(turtle)) fault(`${r.focusNode.value} ${r.path?.value ?? ''} ${r.sourceConstraintComponent.value} ${r.value?.value ?? ''}`);

// What breaks a condition has to be refused, or the shapes hold nothing.
const { namedNode, literal, quad } = DataFactory;
const child = concepts.find((c) => values(c, 'broader').length > 0);
const parent = values(child, 'broader')[0], name = all(child, 'prefLabel')[0];
const says = (subject, property, object) => quad(namedNode(subject), namedNode(property.includes(':') ? property : SKOS + property), object);
for (const [condition, more] of Object.entries({
  S9: [says(child, RDF + 'type', namedNode(SKOS + 'ConceptScheme'))],
  S13: [says(child, 'altLabel', name)],
  S14: [says(child, 'prefLabel', literal('another', name.language))],
  S23: [says(child, 'related', namedNode(concepts.find((c) => c !== child && c !== parent && !values(child, 'related').includes(c))))],
  S25: [says(parent, 'narrower', namedNode(concepts.find((c) => c !== parent && !values(c, 'broader').includes(parent))))],
  S27: [says(child, 'related', namedNode(parent)), says(parent, 'related', namedNode(child))],
  'a parent that is no concept': [says(child, 'broader', namedNode('urn:nothing'))],
})) if ((await refusals([...turtle, ...more])).length === 0) fault(`the validator takes what breaks ${condition}`);

const broader = new Map(concepts.map((c) => [c, values(c, 'broader')]));
const above = (c, seen = new Set()) => {
  for (const b of broader.get(c) ?? []) if (!seen.has(b)) above(b, seen.add(b));
  return seen;
};
for (const c of concepts) if (above(c).has(c)) fault(`${c} stands above itself`);

// Read back: the API says of each tag what the concept says.
const sorted = (list) => JSON.stringify([...list].sort());
const slug = (iri) => decodeURIComponent(iri.split(/[/:]/).pop());
const tags = JSON.parse(await get('/api/v1/taxonomy')).tags;
const standing = tags.filter((tag) => !tag.merged_into);
if (standing.length !== concepts.length) fault(`${concepts.length} concepts of ${standing.length} tags`);
const DC = 'http://purl.org/dc/terms/';
for (const tag of tags.filter((t) => t.merged_into)) {
  const of = turtle.filter((q) => slug(q.subject.value) === tag.id);
  const said = (property) => of.filter((q) => q.predicate.value === property).map((q) => q.object);
  if (of.some((q) => q.predicate.value.startsWith(SKOS) || q.predicate.value === RDF + 'type')) fault(`${tag.id} was merged and is still a concept`);
  if (said(DC + 'isReplacedBy').map((o) => slug(o.value)).join() !== tag.merged_into) fault(`${tag.id} does not lead to ${tag.merged_into}`);
  if (sorted(said(DC + 'title').map((o) => `${o.language} ${o.value}`)) !== sorted(tag.names.map((p) => `${p.lang} ${p.text}`))) fault(`${tag.id} has other names`);
}
const labels = new Map();
for (const c of concepts) for (const l of [...all(c, 'prefLabel'), ...all(c, 'altLabel')]) {
  const name = `${l.value}@${l.language}`;
  if (labels.has(name) && labels.get(name) !== c) fault(`${name} is the name of ${c} and of ${labels.get(name)}`);
  labels.set(name, c);
}
for (const tag of standing) {
  const c = concepts.find((iri) => slug(iri) === tag.id);
  if (!c) {
    fault(`${tag.id} is not published`);
    continue;
  }
  const same = (what, is, should) => sorted(is) === sorted(should) || fault(`${tag.id}: ${what} ${sorted(is)}, the API says ${sorted(should)}`);
  const text = (list) => (list ?? []).map((p) => `${p.lang ?? ''} ${p.text}`);
  const said = (property) => all(c, property).map((o) => `${o.language} ${o.value}`);
  same('names', said('prefLabel'), text(tag.names));
  same('definition', said('definition'), text(tag.definition));
  same('parents', values(c, 'broader').map(slug), tag.parents ?? []);
  same('related', values(c, 'related').map(slug), tag.related ?? []);
  const names = new Set(text(tag.names));
  same('aliases', said('altLabel'), [...new Set(text(tag.aliases))].filter((a) => !names.has(a)).map((a) => a.replace(/^und /, ' ')));
}
for (const f of faults) console.error(f);
console.log(`skos: ${concepts.length} concepts, ${turtle.length} statements, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
