// Prints what ssml-check-core finds wrong with each of the files named, as JSON: the platform, the file and the errors.
const { readFileSync } = require("node:fs");
const { check } = require("ssml-check-core");

(async () => {
  const found = [];
  for (const file of process.argv.slice(2))
    for (const platform of ["amazon", "google"])
      for (const error of (await check(readFileSync(file, "utf8"), { platform })) || [])
        found.push({ file, platform, error });
  console.log(JSON.stringify(found));
})();
