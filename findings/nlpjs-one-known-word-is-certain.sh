#!/bin/sh
# @nlpjs/basic 4.27.0 with @nlpjs/lang-en 4.26.1: one known word among six strange ones is a score of exactly 1.
#
# Guess: the score of an intent falls with each word that no utterance holds, so that a threshold turns away what is about something else.
# Seen: "my doctor found cancer in my library" is asked for the place with 1.000, since of its words of content only "library" was learnt,
#       and for one intent. Neither the strange words nor their number change that. Where two intents share a word, "when does the train
#       leave", the score is 0.73; so a sentence that says less to the network is the surer one. Only where no word is known at all is
#       it None.
# dimchat lets words that nobody learnt count against an answer, and has outside lines beside.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" @nlpjs/basic@4.27.0 @nlpjs/lang-en@4.26.1 >/dev/null 2>&1
cat > ask.js <<'END'
const { dockStart } = require('@nlpjs/basic');
const { LangEn } = require('@nlpjs/lang-en');
console.log = () => {};
const learnt = [
  ['when are you open', 'hours'], ['what are your opening hours', 'hours'], ['how much is a card', 'cost'],
  ['what does a card cost', 'cost'], ['where are you', 'place'], ['how do I find the library', 'place'],
];
(async () => {
  const dock = await dockStart({ use: ['Basic'] });
  dock.getContainer().use(LangEn);
  const nlp = dock.get('nlp');
  nlp.settings.autoSave = false;
  nlp.addLanguage('en');
  for (const [text, intent] of learnt) nlp.addDocument('en', text, intent);
  await nlp.train();
  for (const text of [
    'my doctor found cancer in my library', 'is my car card reader from germany broken', 'when does the train leave', 'zorp blim',
  ]) {
    const { intent, score } = await nlp.process('en', text);
    process.stdout.write(`${intent} ${score.toFixed(2)} ${text}\n`);
  }
})();
END
out=$(node ask.js 2>/dev/null)
printf '%s\n' "$out"
printf '%s\n' "$out" | grep -q '^place 1.00 my doctor' || exit 1
printf '%s\n' "$out" | grep -q '^cost 1.00 is my car' || exit 1
printf '%s\n' "$out" | grep -q '^hours 0.7. when does' || exit 1
printf '%s\n' "$out" | grep -q '^None' || exit 1
echo "as found"
