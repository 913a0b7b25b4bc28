// Learns and answers for nlpjs.py, a line of JSON for each message.
// Learning tells its progress on stdout, which is for the answers.
console.log = () => {};
const readline = require('node:readline');
const { dockStart } = require('@nlpjs/basic');

const LANGUAGES = { en: ['@nlpjs/lang-en', 'LangEn'], es: ['@nlpjs/lang-es', 'LangEs'] };

async function learn({ language, lines }) {
  const [name, exported] = LANGUAGES[language];
  const dock = await dockStart({ use: ['Basic'], settings: { nlp: { autoSave: false, log: false } } });
  const container = dock.getContainer();
  container.use(require(name)[exported]);
  const nlp = dock.get('nlp');
  nlp.settings.autoSave = false;
  nlp.settings.log = false;
  nlp.settings.nlu = { ...(nlp.settings.nlu || {}), log: false };
  nlp.addLanguage(language);
  for (const [text, intent] of lines) nlp.addDocument(language, text, intent);
  await nlp.train();
  return async (text) => {
    const { classifications } = await nlp.process(language, text);
    const best = (classifications || []).filter((one) => one.intent !== 'None')[0];
    return best ? [best.intent, best.score] : ['', 0];
  };
}

(async () => {
  let answer;
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const message = JSON.parse(line);
    if (message.lines) answer = await learn(message);
    process.stdout.write(`${JSON.stringify(message.lines ? 'learnt' : await answer(message.text))}\n`);
  }
})();
