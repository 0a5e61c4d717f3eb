// The same enquiry as ours (dial, My money, Balance, back) with ussd-menu-builder: `server.js PORT REDIS_URL PROCESSES`.
// A menu for each request: a shared one mixes callers. The session and the balance are in Redis, as its users keep them.
"use strict";

const cluster = require("node:cluster");

const [port, url, processes] = process.argv.slice(2);

if (cluster.isPrimary) {
  for (let n = 0; n < Number(processes); n += 1) cluster.fork();
} else {
  const express = require("express");
  const Redis = require("ioredis");
  const UssdMenu = require("ussd-menu-builder");
  const redis = new Redis(url);
  const app = express();
  app.use(express.urlencoded({ extended: false }));

  const menuOf = () => {
    const menu = new UssdMenu();
    menu.sessionConfig({
      start: (id, done) => redis.hset(`peer:${id}`, "begun", "1").then(() => redis.expire(`peer:${id}`, 300)).then(() => done && done()),
      end: (id, done) => redis.del(`peer:${id}`).then(() => done && done()),
      set: (id, key, value, done) => redis.hset(`peer:${id}`, key, value).then(() => done && done()),
      get: (id, key, done) => redis.hget(`peer:${id}`, key).then((value) => done && done(null, value)),
    });
    menu.startState({
      run: () => menu.con("Hi Nyambura.\n1 My money\n2 Send or pay\n5 Ideas and votes\n6 Me and help"),
      next: { 1: "money" },
    });
    menu.state("money", {
      run: () => menu.session.set("at", "money").then(() => menu.con(
        "My money\n1 Balance\n2 Last 5\n3 My deliveries\n4 Advance\n5 Statement by SMS\n6 Something is wrong\n0 Back")),
      next: { 1: "balance", "00": "__start__" },
    });
    menu.state("balance", {
      run: () => redis.get(`balance:${menu.args.phoneNumber}`).then((balance) => menu.session.set("at", "balance").then(
        () => menu.con(`You have KES ${balance || "1,000"}\n2 SMS me\n0 Back 00 Home`))),
      next: { 0: "money" },
    });
    return menu;
  };

  app.post("/ussd", (request, answer) => {
    menuOf().run(request.body, (screen) => answer.type("text/plain").send(screen));
  });
  app.listen(Number(port), "127.0.0.1");
}
