// The npm package ksef-client-ts works against ksef-sim: logs in with a token and a certificate, sends online and in
// batch, downloads UPO, exports a package, makes and revokes a token, enrols a certificate.
//
// Started by typescript.py with the folder of its node_modules and a task on standard input. Closes with
// "N passed, N failed".
"use strict";

const assert = require("node:assert/strict");
const { createPublicKey, createPrivateKey, X509Certificate } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");

const packages = createRequire(path.join(process.argv[2], "package.json"));
const ksef = packages("ksef-client-ts");

const task = JSON.parse(readFileSync(0, "utf8"));
const documents = task.documents.map((name) => readFileSync(name));
const POLL = { intervalMs: 50, maxAttempts: 600 };

function client() {
  // The address carries the version; the client would put it after the host.
  const address = new URL(task.api);
  return new ksef.KSeFClient({
    baseUrl: address.origin,
    apiVersion: address.pathname.slice(1),
    rateLimit: null,
  });
}

async function until(look, fulfilled) {
  return ksef.pollUntil(look, fulfilled, POLL);
}

/** What the checks share: each one goes on from where the one before stopped. */
const walk = { byToken: client(), owner: client() };

const CHECKS = {
  async "logs in with a token"() {
    const login = await walk.byToken.loginWithToken(task.token, task.nip);
    assert.equal(login.clientIp, "127.0.0.1");
  },

  async "logs in with a certificate and its encrypted key"() {
    const login = await walk.owner.loginWithCertificate(task.certificate, task.key, task.nip, task.password);
    assert.equal(login.clientIp, "127.0.0.1");
  },

  async "sends an invoice and downloads its UPO"() {
    const session = await ksef.openOnlineSession(walk.byToken);
    const reference = await session.sendInvoice(documents[0]);
    const status = await until(
      () => walk.byToken.sessionStatus.getSessionInvoice(session.sessionRef, reference),
      (found) => found.status.code >= 200,
    );
    assert.equal(status.status.code, 200, JSON.stringify(status.status));
    walk.ksefNumber = status.ksefNumber;
    await session.close();
    const upo = await session.waitForUpoParsed(POLL);
    assert.equal(upo.successfulInvoiceCount, 1);
    assert.ok(JSON.stringify(upo.parsed).includes(walk.ksefNumber));
    const one = await walk.byToken.sessionStatus.getInvoiceUpoByKsefNumber(session.sessionRef, walk.ksefNumber);
    assert.ok(JSON.stringify(one).includes(walk.ksefNumber));
  },

  async "sends a batch"() {
    await batch(documents.slice(1, 4), "Zip", ksef.createZip);
  },

  async "sends a batch as TarGz in several parts"() {
    await batch(documents.slice(4, 7), "TarGz", ksef.createTarGz, 500);
  },

  async "exports a package"() {
    await exported("Zip");
  },

  async "exports a package as TarGz"() {
    await exported("TarGz");
  },

  async "makes a token, logs in with it and revokes it"() {
    const made = await walk.owner.tokens.generateToken({
      description: "Token dla programu",
      permissions: ["InvoiceRead", "InvoiceWrite"],
    });
    const status = () => walk.owner.tokens.getToken(made.referenceNumber);
    await until(status, (found) => found.status === "Active");
    await client().loginWithToken(made.token, task.nip);
    await walk.owner.tokens.revokeToken(made.referenceNumber);
    await until(status, (found) => found.status === "Revoked");
    await assert.rejects(client().loginWithToken(made.token, task.nip));
  },

  async "enrols a certificate of each kind and revokes one"() {
    const certificates = walk.owner.certificates;
    // The contract calls the country countryName, this client's request for a certificate calls it countryCode.
    const { countryName, ...names } = await certificates.getEnrollmentData();
    const subject = { ...names, countryCode: countryName };
    for (const [certificateType, make] of [["Authentication", "generateCsrEcdsa"], ["Offline", "generateCsrRsa"]]) {
      const csr = await walk.owner.crypto[make](subject);
      const applied = await certificates.enroll({
        certificateName: "Certyfikat programu",
        certificateType,
        csr: Buffer.from(csr.csrDer).toString("base64"),
      });
      const status = await until(
        () => certificates.getEnrollmentStatus(applied.referenceNumber),
        (found) => found.status.code >= 200,
      );
      assert.equal(status.status.code, 200, JSON.stringify(status.status));
      walk.serial = status.certificateSerialNumber;
      const found = await certificates.retrieve({ certificateSerialNumbers: [walk.serial] });
      const certificate = new X509Certificate(Buffer.from(found.certificates[0].certificate, "base64"));
      assert.equal(certificate.serialNumber, walk.serial);
      const spki = { type: "spki", format: "pem" };
      const own = createPublicKey(createPrivateKey(csr.privateKeyPem)).export(spki);
      assert.equal(certificate.publicKey.export(spki), own);
    }
    await certificates.revoke(walk.serial, { revocationReason: "Superseded" });
  },
};

async function batch(contents, compressionType, pack, maxPartSize) {
  const archive = await pack(contents.map((content, index) => ({ fileName: `${index}.xml`, content })));
  const sent = await ksef.uploadBatch(walk.byToken, archive, { compressionType, maxPartSize, pollOptions: POLL });
  assert.deepEqual([sent.upo.successfulInvoiceCount, sent.upo.failedInvoiceCount], [contents.length, 0]);
  assert.equal(sent.upo.pages.length, 1);
  const upo = await walk.byToken.sessionStatus.getSessionUpo(sent.sessionRef, sent.upo.pages[0].referenceNumber);
  assert.ok(JSON.stringify(upo).includes(task.nip));
}

async function exported(compressionType) {
  const from = new Date(Date.now() - 24 * 3600 * 1000).toISOString();
  const filters = new ksef.InvoiceQueryFilterBuilder()
    .withSubjectType("Subject1")
    .withDateRangeRestricted("PermanentStorage", from)
    .build();
  const found = await ksef.exportAndDownload(walk.byToken, filters, {
    compressionType,
    extract: true,
    pollOptions: POLL,
  });
  const metadata = JSON.parse(found.files.get("_metadata.json").toString("utf8"));
  assert.equal(metadata.invoices.length, documents.length);
  assert.deepEqual(found.files.get(`${walk.ksefNumber}.xml`), documents[0]);
}

async function main() {
  let passed = 0;
  let failed = 0;
  for (const [name, check] of Object.entries(CHECKS)) {
    try {
      await check();
      passed += 1;
      console.log(`passed  ${name}`);
    } catch (problem) {
      failed += 1;
      console.log(`FAILED  ${name}\n${problem.stack ?? problem}\n${JSON.stringify(problem.errors ?? "")}`);
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

main();
