// Prints what html-validate finds wrong with each of the files named, as JSON: the message, and the files that have it.
const { HtmlValidate, StaticConfigLoader } = require("html-validate");

const loader = new StaticConfigLoader({ root: true, extends: ["html-validate:recommended", "html-validate:a11y"] });
const validator = new HtmlValidate(loader);

(async () => {
  const found = [];
  for (const file of process.argv.slice(2)) {
    const report = await validator.validateFile(file);
    for (const result of report.results)
      for (const { ruleId, message, line, column } of result.messages)
        found.push({ file, what: `${line}:${column} ${ruleId}: ${message}` });
  }
  console.log(JSON.stringify(found));
})();
