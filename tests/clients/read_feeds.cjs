// Reads each feed address given with rss-parser and prints the number of its items and its titles as JSON.
const Parser = require('rss-parser');

const parser = new Parser({customFields: {item: ['maintenanceEndDate']}});

Promise.all(process.argv.slice(2).map(address => parser.parseURL(address)))
  .then(feeds =>
    console.log(JSON.stringify(feeds.map(feed => ({title: feed.title, items: feed.items}))))
  )
  .catch(error => {
    console.error(error);
    process.exitCode = 1;
  });
