// Asks a status page everything that the client statuspage.io can ask, and prints the answers as one JSON object.
const {Statuspage} = require('statuspage.io');

const client = new Statuspage('pageid');
client.setApiUrl(process.argv[2]);

const questions = {
  active: () => client.api.scheduledMaintenances.getActive(),
  components: () => client.api.getComponents(),
  incidents: () => client.api.incidents.getAll(),
  maintenances: () => client.api.scheduledMaintenances.getAll(),
  status: () => client.api.getStatus(),
  summary: () => client.api.getSummary(),
  unresolved: () => client.api.incidents.getUnresolved(),
  upcoming: () => client.api.scheduledMaintenances.getUpcoming(),
};

Promise.all(Object.entries(questions).map(async ([name, ask]) => [name, await ask()]))
  .then(answers => console.log(JSON.stringify(Object.fromEntries(answers))))
  .catch(error => {
    console.error(error);
    process.exitCode = 1;
  });
