// Photographs every screen and state of the demonstration, and lets axe judge each.
// npm run build:demo && npm run preview:demo &   then   npm run look -- FOLDER [NAME]
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [folder = 'shots', only = ''] = process.argv.slice(2);
const page0 = process.env.LOOK_AT ?? 'http://127.0.0.1:4173/';
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const wide = { width: 1180, height: 780 };
const small = { width: 1024, height: 640 };
const least = { width: 800, height: 560 };
// 200 % zoom halves the window in CSS pixels and doubles the dots.
const zoomed = { width: 512, height: 320, zoom: 2 };

const id = (name) => `[data-testid="${name}"]`;
const press = (...names) => async (page) => {
  for (const name of names) await page.locator(id(name)).first().click();
};
const all = (...steps) => async (page) => {
  for (const step of steps) await step(page);
};
const nth = (name, at) => async (page) => page.locator(id(name)).nth(at).click();
const drop = (path) => async (page) => page.evaluate((file) => window.demo.drag({ kind: 'drop', x: 700, y: 400, paths: [file] }), path);
const type = (name, text) => async (page) => page.locator(id(name)).fill(text);
const advance = (times) => async (page) => {
  for (let time = 0; time < times; time += 1) await page.evaluate(() => window.demo.advance());
};
/** What became of a login by signature while one looked on. */
const signing = (change) => async (page) =>
  page.evaluate((after) => {
    const { signings } = window.demo.state.keeping;
    const [key] = Object.keys(signings);
    signings[key] = { ...signings[key], ...after };
    const [nip, environment] = key.split('/');
    window.demo.tell({ part: 'signing', scope: { nip, environment } });
  }, change);
const signingRefused = (signedBy, code, next) => all(signing({ step: 'refused', signedBy, problem: { code, values: { code: '9105' }, next, technical: '9105 Nieprawidłowa treść podpisu.' } }), seen('problem'));
const end = async (page) => page.evaluate(() => document.querySelector('main')?.scrollTo(0, 1e6));
const into = (name) => async (page) => page.locator(id(name)).evaluate((part) => part.scrollIntoView({ block: 'start' }));
/** Lets a file go over the middle of a part. */
const dropIn = (name, path) => async (page) => {
  const box = await page.locator(id(name)).boundingBox();
  await page.evaluate(([x, y, file]) => window.demo.drag({ kind: 'drop', x, y, paths: [file] }), [box.x + box.width / 2, box.y + box.height / 2, path]);
};
const keys = (...list) => async (page) => {
  for (const key of list) await page.keyboard.press(key);
};

const pick = (name, value) => async (page) => page.locator(id(name)).selectOption(value);
const seen = (name) => async (page) => page.locator(id(name)).first().waitFor();
const slowly = (name, text) => async (page) => page.locator(id(name)).pressSequentially(text);
const blank = all(keys('Control+n'), seen('buyer-search'));
const written = all(
  blank,
  type('buyer-name', 'CDE sp. z o.o.'),
  type('buyer-id', '1111111111'),
  type('buyer-address1', 'ul. Długa 7'),
  type('buyer-address2', '00-950 Warszawa'),
  type('line-0-name', 'Usługi programistyczne'),
  type('line-0-quantity', '10'),
  type('line-0-unit', 'godz.'),
  type('line-0-unitPrice', '150,00'),
  press('add-line'),
  type('line-1-name', 'Hosting, opłata roczna za serwer z kopią zapasową i opieką'),
  type('line-1-quantity', '1'),
  type('line-1-unitPrice', '1 200'),
  pick('line-1-rate', '8'),
  seen('total-rate'),
  async (page) => page.waitForTimeout(600),
);

const setLock = all(press('nav-settings', 'lock-set'), type('lock-first', 'kot i pies'), type('lock-second', 'kot i pies'), press('lock-save'), seen('lock-now'));

const queued = all(press('nav-send', 'choose-invoices'));
const onTheWay = all(queued, press('send'), advance(1));

const shots = [
  ['welcome', 'scene=empty', wide],
  ['welcome-small', 'scene=empty', small],
  ['welcome-zoomed', 'scene=empty', zoomed],
  ['add-company', 'scene=empty', wide, press('welcome-add-company')],
  ['add-company-wrong', 'scene=empty', wide, all(press('welcome-add-company'), type('add-company-nip', '526-587-76-36'), keys('Tab'))],
  ['add-company-zoomed', 'scene=empty', zoomed, press('welcome-add-company')],
  ['failure', 'scene=failure', wide],
  ['start', 'scene=full', wide],
  ['start-production', 'scene=full&environment=production', wide],
  ['start-fresh', 'scene=fresh', wide],
  ['start-bare', 'scene=bare&environment=demo', wide],
  ['start-troubled', 'scene=troubled&environment=test', wide],
  ['start-least', 'scene=full&environment=production', least],
  ['start-zoomed', 'scene=full&environment=production', zoomed],
  ['start-long', 'scene=many', small],
  ['switcher', 'scene=many', wide, press('company-switcher')],
  ['switcher-search', 'scene=many', least, all(press('company-switcher'), type('company-search', 'łódź'))],
  ['ksef', 'scene=full', { ...wide, height: 1300 }],
  ['ksef-window', 'scene=full&environment=production', wide, press('nav-ksef')],
  ['ksef-empty', 'scene=bare', { ...wide, height: 1300 }, press('nav-ksef')],
  ['ksef-password', 'scene=bare', { ...wide, height: 1000 }, press('nav-ksef', 'authentication-certificate-load')],
  ['ksef-troubled', 'scene=troubled', { ...wide, height: 2100 }, all(press('nav-ksef', 'connection-check'))],
  ['ksef-connected', 'scene=full', wide, all(press('nav-ksef', 'connection-check'), end)],
  ['ksef-offline-check', 'scene=full', wide, all(press('nav-ksef', 'offline-check'))],
  ['ksef-remove', 'scene=full', wide, press('nav-ksef', 'offline-remove')],
  ['ksef-least', 'scene=full', least, press('nav-ksef')],
  ['ksef-zoomed', 'scene=troubled', zoomed, press('nav-ksef')],
  ['ksef-drop', 'scene=bare', wide, all(press('nav-ksef'), async (page) => page.evaluate(() => window.demo.drag({ kind: 'over', x: 700, y: 420 })))],
  ['cert-window', 'scene=full', wide, press('nav-ksef')],
  ['cert-bare', 'scene=bare', { ...wide, height: 900 }, press('nav-ksef')],
  ['cert-small', 'scene=full&environment=production', small, press('nav-ksef')],
  ['cert-table', 'scene=troubled', { ...wide, height: 1300 }, press('nav-ksef')],
  ['cert-zoomed', 'scene=full', zoomed, all(press('nav-ksef'), into('held'))],
  ['cert-menu', 'scene=full', wide, all(press('nav-ksef', 'held-menu'), seen('held-menu-list'))],
  ['cert-signing', 'scene=bare', wide, press('nav-ksef', 'sign-in')],
  ['cert-signing-small', 'scene=bare', small, press('nav-ksef', 'sign-in', 'signing-start')],
  ['cert-signing-waiting', 'scene=bare', wide, press('nav-ksef', 'sign-in', 'signing-start')],
  ['cert-signing-refused', 'scene=bare', { ...wide, height: 900 }, all(press('nav-ksef', 'sign-in', 'signing-start'), dropIn('signing-drop', '/home/anna/Pobrane/logowanie-do-ksef.xml'))],
  ['cert-signing-files', 'scene=bare', { ...wide, height: 900 }, all(press('nav-ksef', 'sign-in'), async (page) => page.locator(`${id('signing-files')} summary`).click(), press('signing-files-pick', 'signing-files-sign'))],
  ['cert-signing-checking', 'scene=bare', wide, all(press('nav-ksef', 'sign-in', 'signing-start', 'signing-pick'), advance(1))],
  ['cert-signing-connected', 'scene=full', wide, all(press('nav-ksef', 'sign-in', 'signing-start', 'signing-pick'), advance(2))],
  ['cert-signing-trial-test', 'scene=bare&environment=test', wide, press('nav-ksef', 'sign-in', 'signing-start')],
  ['cert-signing-production', 'scene=bare&environment=production', wide, press('nav-ksef', 'sign-in', 'signing-start')],
  ['cert-signing-without-number', 'scene=bare', small, all(press('nav-ksef', 'sign-in'), async (page) => page.locator(`${id('signing-without-number')} summary`).click(), into('signing-without-number'))],
  ['cert-signing-by-fingerprint', 'scene=bare', wide, all(press('nav-ksef', 'sign-in'), async (page) => page.locator(`${id('signing-without-number')} summary`).click(), press('signing-start-by-fingerprint'))],
  ['cert-signing-nameless', 'scene=bare', small, all(press('nav-ksef', 'sign-in', 'signing-start'), dropIn('signing-drop', '/home/anna/Pobrane/bez-numeru.xml'), into('signing-refused-file'))],
  ['cert-signing-fingerprint-checking', 'scene=bare', wide, all(press('nav-ksef', 'sign-in'), async (page) => page.locator(`${id('signing-without-number')} summary`).click(), press('signing-start-by-fingerprint'), drop('/home/anna/Pobrane/bez-numeru.xml'), advance(1))],
  ['cert-signing-sending', 'scene=bare', wide, all(press('nav-ksef', 'sign-in', 'signing-start', 'signing-trial-do'), seen('signing-checking'))],
  ['cert-signing-expired', 'scene=bare', wide, all(press('nav-ksef', 'sign-in', 'signing-start'), seen('signing-file'), signing({ step: 'expired' }), seen('signing-expired'))],
  ['cert-signing-refused-elsewhere', 'scene=bare', small, all(press('nav-ksef', 'sign-in', 'signing-start'), seen('signing-file'), signingRefused('elsewhere', 'ksef.signatureElsewhere', 'signAgain'))],
  ['cert-signing-refused-files', 'scene=bare', wide, all(press('nav-ksef', 'sign-in'), async (page) => page.locator(`${id('signing-files')} summary`).click(), press('signing-files-pick'), type('signing-files-password', 'Tajne-Haslo-2026!'), press('signing-files-sign'), seen('signing-checking'), signingRefused('files', 'ksef.signatureByFiles', 'chooseFile'))],
  ['cert-signing-refused-trial', 'scene=bare', wide, all(press('nav-ksef', 'sign-in', 'signing-start', 'signing-trial-do'), seen('signing-checking'), signingRefused('trial', 'ksef.trialRefused', 'signAgain'))],
  ['cert-signing-zoomed', 'scene=bare', zoomed, press('nav-ksef', 'sign-in', 'signing-start')],
  ['cert-enrol', 'scene=bare', { ...wide, height: 900 }, all(press('nav-ksef', 'sign-in', 'signing-start', 'signing-pick'), advance(2), seen('enrol-offer'))],
  ['cert-enrol-wrong', 'scene=bare', small, all(press('nav-ksef', 'enrol'), type('enrol-offline-name', 'Ab!'))],
  ['cert-enrol-more', 'scene=bare', { ...wide, height: 1000 }, all(press('nav-ksef', 'enrol'), async (page) => page.locator(`${id('enrol-more')} summary`).click())],
  ['cert-enrol-underway', 'scene=bare', wide, all(press('nav-ksef', 'enrol', 'enrol-do'), advance(2))],
  ['cert-enrol-still', 'scene=troubled', { ...wide, height: 900 }, press('nav-ksef', 'enrol')],
  ['cert-enrol-done', 'scene=bare', { ...wide, height: 900 }, all(press('nav-ksef', 'enrol', 'enrol-do'), advance(4))],
  ['cert-enrol-zoomed', 'scene=bare', zoomed, press('nav-ksef', 'enrol')],
  ['cert-renew', 'scene=full', wide, press('nav-ksef', 'held-renew')],
  ['cert-revoke', 'scene=full', wide, press('nav-ksef', 'held-menu', 'held-menu-revoke')],
  ['cert-revoke-used', 'scene=troubled', { ...wide, height: 900 }, press('nav-ksef', 'held-menu', 'held-menu-revoke')],
  ['cert-export', 'scene=full', wide, press('nav-ksef', 'held-menu', 'held-menu-export')],
  ['cert-export-own', 'scene=full', wide, all(press('nav-ksef', 'held-menu', 'held-menu-export', 'export-password-own'), slowly('export-password', 'Tajne-Haslo'))],
  ['cert-export-done', 'scene=full', wide, press('nav-ksef', 'held-menu', 'held-menu-export', 'export-confirm', 'export-password-show')],
  ['cert-guide', 'scene=token', wide, press('nav-ksef', 'reminder-guide')],
  ['cert-guide-zoomed', 'scene=token', zoomed, press('nav-ksef', 'reminder-guide')],
  ['cert-token', 'scene=token', wide, press('nav-ksef')],
  ['cert-doctor', 'scene=full', { ...wide, height: 900 }, all(press('nav-ksef', 'doctor-examine'), into('doctor'))],
  ['cert-doctor-troubled', 'scene=troubled', { ...wide, height: 1000 }, all(press('nav-ksef', 'doctor-examine'), into('doctor'))],
  ['cert-start', 'scene=troubled', wide],
  ['send-empty', 'scene=fresh', wide, press('nav-send')],
  ['send-checked', 'scene=full', wide, queued],
  ['send-findings', 'scene=full', wide, all(queued, async (page) => page.locator(id('row-details')).last().click())],
  ['send-underway', 'scene=full', wide, onTheWay],
  ['send-done', 'scene=full', wide, all(queued, press('send'), advance(3))],
  ['send-production', 'scene=full&environment=production', wide, all(queued, press('send'))],
  ['send-production-list', 'scene=full&environment=production', small, queued],
  ['send-least', 'scene=full', least, onTheWay],
  ['send-zoomed', 'scene=full', zoomed, onTheWay],
  ['sales', 'scene=full', wide, press('nav-sales')],
  ['sales-details', 'scene=full', wide, all(press('nav-sales'), async (page) => page.locator(id('row-details')).nth(2).click())],
  ['sales-none', 'scene=full', wide, all(press('nav-sales'), type('sales-search', 'nie ma takiej'), async (page) => page.locator(id('sales-none')).waitFor())],
  ['sales-empty', 'scene=fresh', wide, press('nav-sales')],
  ['sales-long', 'scene=many', small, press('nav-sales')],
  ['sales-least', 'scene=full', least, press('nav-sales')],
  ['sales-zoomed', 'scene=full', zoomed, press('nav-sales')],
  ['sales-menu', 'scene=full', wide, all(press('nav-sales'), nth('sale-menu', 2), async (page) => page.locator(id('sale-menu-list')).waitFor())],
  ['sales-menu-advance', 'scene=full', wide, all(press('nav-sales'), nth('sale-menu', 1))],
  ['sales-sheet', 'scene=full', wide, all(press('nav-sales'), nth('sale-menu', 1), press('sale-menu-sheet'))],
  ['sales-send-now', 'scene=full&environment=production', wide, all(press('nav-sales', 'sale-send-now'))],
  ['editor', 'scene=full', wide, blank],
  ['editor-written', 'scene=full', { width: 1180, height: 1900 }, written],
  ['editor-beside', 'scene=full', { width: 1600, height: 950 }, written],
  ['editor-preview', 'scene=full', wide, all(written, press('tab-preview'))],
  ['editor-search', 'scene=full', wide, all(blank, slowly('buyer-search', 'sp'), seen('buyer-list'))],
  ['editor-nip', 'scene=fresh', wide, all(blank, type('buyer-search', 'NIP: 798-033-29-20'), seen('payer-status'))],
  ['editor-goods', 'scene=full', wide, all(written, type('line-1-name', ''), slowly('line-1-name', 'lod'), seen('goods-list'))],
  ['editor-errors', 'scene=full', wide, all(written, type('buyer-id', '526-587-76-36'), type('line-1-unitPrice', 'abc'), press('issue-send'), seen('finding-list'))],
  ['editor-lines-wrong', 'scene=full', { width: 1180, height: 1900 }, all(written, type('line-0-name', ''), type('line-1-unitPrice', 'abc'), press('line-0-name', 'notes'), seen('field-finding'))],
  ['editor-folds', 'scene=full', { width: 1180, height: 3400 }, all(written, press('buyer-more-toggle', 'others-toggle', 'other-add', 'annotations-toggle', 'descriptions-toggle', 'description-add', 'payment-more-toggle', 'line-0-details', 'rare-toggle', 'part-Fa-WarunkiTransakcji-toggle', 'extras.Fa/WarunkiTransakcji.Transport-add'))],
  ['editor-eur', 'scene=full', wide, all(written, pick('currency', 'EUR'), pick('sale-kind', 'period'), seen('total-vat-pln'))],
  ['editor-advance', 'scene=full', { width: 1180, height: 1700 }, all(written, pick('draft-kind', 'ZAL'), type('advance-received', '1000'), seen('advance-split'))],
  ['editor-final', 'scene=full', { width: 1180, height: 1700 }, all(written, pick('draft-kind', 'ROZ'), seen('settles-sum'))],
  ['editor-advance-last', 'scene=full', { width: 1180, height: 2100 }, all(written, pick('draft-kind', 'ZAL'), type('advance-received', '1000'), press('earlier-advances-toggle', 'settles-add'), type('settles-0-number', 'ZAL/3/2026'), seen('advance-split'))],
  ['editor-advance-pick', 'scene=full', wide, all(written, pick('draft-kind', 'ZAL'), press('earlier-advances-toggle', 'pick-advances'), seen('advance-picker'))],
  ['editor-final-paid', 'scene=full', { width: 1180, height: 2100 }, all(written, pick('draft-kind', 'ROZ'), press('settles-add', 'final-payments-toggle', 'advance-part-add'), seen('settles-sum'))],
  ['editor-correction', 'scene=full', { width: 1180, height: 1700 }, all(written, press('issue-send'), seen('issued'), advance(3), press('issued-correct'), seen('editor-correction'), type('line-0-quantity', '8'), press('line-1-remove'))],
  ['editor-production', 'scene=full&environment=production', wide, all(written, press('issue-send'), seen('issue-dialog'))],
  ['editor-issued', 'scene=full', wide, all(written, press('issue-send'), seen('issued'), advance(3), seen('ksef-number'))],
  ['editor-small', 'scene=full', small, written],
  ['editor-least', 'scene=full', least, written],
  ['editor-zoomed', 'scene=full', zoomed, written],
  ['drafts', 'scene=full', wide, press('nav-editor')],
  ['drafts-menu', 'scene=full', wide, press('nav-editor', 'draft-menu')],
  ['drafts-new', 'scene=full', wide, press('nav-editor', 'new-other')],
  ['drafts-remove', 'scene=full', wide, press('nav-editor', 'draft-menu', 'draft-menu-remove')],
  ['drafts-empty', 'scene=fresh', wide, press('nav-editor')],
  ['drafts-least', 'scene=full', least, press('nav-editor')],
  ['drafts-zoomed', 'scene=full', zoomed, press('nav-editor')],
  ['templates', 'scene=full', wide, press('nav-editor', 'drafts-tab-templates')],
  ['templates-rename', 'scene=full', wide, press('nav-editor', 'drafts-tab-templates', 'template-menu', 'template-menu-rename')],
  ['templates-empty', 'scene=fresh', wide, press('nav-editor', 'drafts-tab-templates')],
  ['recurring', 'scene=full', wide, press('nav-editor', 'drafts-tab-recurring')],
  ['recurring-edit', 'scene=full', wide, press('nav-editor', 'drafts-tab-recurring', 'recurring-open')],
  ['recurring-empty', 'scene=fresh', wide, press('nav-editor', 'drafts-tab-recurring')],
  ['recurring-zoomed', 'scene=full', zoomed, press('nav-editor', 'drafts-tab-recurring', 'recurring-open')],
  ['contractors', 'scene=full', wide, press('nav-contractors')],
  ['contractors-long', 'scene=many', small, press('nav-contractors')],
  ['contractors-empty', 'scene=fresh', wide, press('nav-contractors')],
  ['contractors-none', 'scene=full', wide, all(press('nav-contractors'), type('book-search', 'nie ma takiego'), async (page) => page.locator(id('book-none')).waitFor())],
  ['contractors-new', 'scene=full', wide, press('nav-contractors', 'book-add')],
  ['contractors-looked-up', 'scene=full', wide, all(press('nav-contractors', 'book-add'), type('contractor-id', '526 587 76 35'), keys('Tab'), async (page) => page.locator(id('payer')).waitFor())],
  ['contractors-wrong', 'scene=full', wide, all(press('nav-contractors', 'book-add'), type('contractor-id', '526 587 76 36'), keys('Tab'), async (page) => page.locator(id('problem')).waitFor())],
  ['contractors-card', 'scene=full', { ...wide, height: 1100 }, all(press('nav-contractors'), nth('book-open', 1))],
  ['contractors-remove', 'scene=full', wide, all(press('nav-contractors'), nth('book-open', 1), press('card-remove'))],
  ['contractors-doubles', 'scene=full', wide, press('nav-contractors', 'book-more', 'book-more-doubles')],
  ['contractors-report', 'scene=full', wide, press('nav-contractors', 'book-import')],
  ['contractors-report-broken', 'scene=full', wide, all(press('nav-contractors'), drop('/tmp/kontrahenci-bledy.csv'), async (page) => page.locator(id('book-report')).waitFor())],
  ['contractors-least', 'scene=full', least, press('nav-contractors')],
  ['contractors-zoomed', 'scene=full', zoomed, press('nav-contractors')],
  ['contractors-card-zoomed', 'scene=full', zoomed, all(press('nav-contractors'), nth('book-open', 1))],
  ['goods', 'scene=full', wide, press('nav-goods')],
  ['goods-long', 'scene=many', small, press('nav-goods')],
  ['goods-empty', 'scene=fresh', wide, press('nav-goods')],
  ['goods-card', 'scene=full', { ...wide, height: 1000 }, all(press('nav-goods'), nth('book-open', 2))],
  ['goods-doubles', 'scene=full', wide, press('nav-goods', 'book-more', 'book-more-doubles')],
  ['goods-least', 'scene=full', least, press('nav-goods')],
  ['goods-zoomed', 'scene=full', zoomed, press('nav-goods')],
  ['firm', 'scene=full', { ...wide, height: 1500 }, press('nav-firm')],
  ['firm-window', 'scene=full', wide, press('nav-firm')],
  ['firm-empty', 'scene=bare', { ...wide, height: 1300 }, press('nav-firm')],
  ['firm-looked-up', 'scene=bare', { ...wide, height: 1400 }, press('nav-firm', 'seller-look-up')],
  ['firm-wrong', 'scene=full', wide, all(press('nav-firm'), type('seller-account-0', '61 1090 1014 0000 0712 1981 2875'), async (page) => page.locator(id('seller-account-0-error')).waitFor())],
  ['firm-series', 'scene=full', { ...wide, height: 900 }, all(press('nav-firm', 'series-open'), async (page) => page.locator(id('series-preview')).waitFor())],
  ['firm-series-wrong', 'scene=full', { ...wide, height: 900 }, all(press('nav-firm', 'series-open'), type('series-pattern', 'FV/{nr}/{rrrr}'), async (page) => page.locator('[data-code="series.patternRepeatsMonthly"]').waitFor())],
  ['firm-least', 'scene=full', least, press('nav-firm')],
  ['firm-zoomed', 'scene=full', zoomed, press('nav-firm')],
  ['import', 'scene=full', wide, press('nav-send', 'choose-table')],
  ['import-broken', 'scene=troubled', { ...wide, height: 900 }, press('nav-send', 'choose-table')],
  ['import-production', 'scene=full&environment=production', wide, press('nav-send', 'choose-table', 'import-issue-send')],
  ['import-issued', 'scene=full', wide, all(press('nav-send', 'choose-table', 'import-issue-wait'))],
  ['import-format', 'scene=full', wide, press('nav-send', 'import-format')],
  ['import-least', 'scene=full', least, press('nav-send', 'choose-table')],
  ['import-zoomed', 'scene=troubled', zoomed, press('nav-send', 'choose-table')],
  ['access-tokens', 'scene=full', wide, press('nav-access')],
  ['access-tokens-empty', 'scene=fresh', wide, press('nav-access')],
  ['access-tokens-make', 'scene=full', wide, all(press('nav-access', 'token-make', 'token-keep'), type('token-description', 'abc'), press('token-do'))],
  ['access-tokens-made', 'scene=full', wide, all(press('nav-access', 'token-make', 'token-keep'), type('token-description', 'Sklep internetowy'), press('token-do', 'once-show'))],
  ['access-tokens-revoke', 'scene=full&environment=production', wide, press('nav-access', 'token-revoke')],
  ['access-tokens-small', 'scene=many', small, press('nav-access')],
  ['access-tokens-least', 'scene=full&environment=production', least, press('nav-access')],
  ['access-tokens-zoomed', 'scene=full', zoomed, press('nav-access')],
  ['access-logins', 'scene=full', wide, press('nav-access', 'access-tab-logins')],
  ['access-logins-end', 'scene=full', wide, press('nav-access', 'access-tab-logins', 'login-end-this')],
  ['access-logins-zoomed', 'scene=full', zoomed, press('nav-access', 'access-tab-logins')],
  ['access-permissions', 'scene=full', { ...wide, height: 1000 }, press('nav-access', 'access-tab-permissions')],
  ['access-permissions-empty', 'scene=fresh', wide, press('nav-access', 'access-tab-permissions')],
  ['access-permissions-grant', 'scene=full', wide, all(press('nav-access', 'access-tab-permissions', 'grant'), type('grant-firstName', 'Anna'), press('grant-do'))],
  ['access-permissions-firm', 'scene=full', wide, all(press('nav-access', 'access-tab-permissions', 'grant'), pick('grant-kind', 'firm'), type('grant-nip', '798-033-29-20'), type('grant-name', 'Biuro Rachunkowe ABC sp. z o.o.'), press('grant-read-on'), type('grant-description', 'Obsługa księgowa'), async (page) => page.locator('[data-testid="grant-sentence"][data-ready="true"]').waitFor())],
  ['access-permissions-eu', 'scene=full', { ...wide, height: 1000 }, all(press('nav-access', 'access-tab-permissions', 'grant'), pick('grant-kind', 'euAdministrator'), pick('grant-known', 'document'))],
  ['access-permissions-seal', 'scene=full', { ...wide, height: 1000 }, all(press('nav-access', 'access-tab-permissions', 'grant'), pick('grant-kind', 'euAdministrator'), pick('grant-owner', 'firm'), type('grant-identifier', 'AB'.repeat(32)), type('grant-ownerName', 'Muster Handelsgesellschaft für Landmaschinen mbH & Co. KG'), type('grant-ownerAddress', 'Hauptstraße 1, 10115 Berlin'), type('grant-context', '5265877635-DE811569869'), press('grant-same'), type('grant-description', 'Samofakturowanie'), async (page) => page.locator('[data-testid="grant-sentence"][data-ready="true"]').waitFor())],
  ['access-permissions-seal-wrong', 'scene=full', small, all(press('nav-access', 'access-tab-permissions', 'grant'), pick('grant-kind', 'euRepresentative'), pick('grant-owner', 'firm'), press('grant-do'))],
  ['access-permissions-accountant', 'scene=full', wide, all(press('nav-access', 'access-tab-permissions', 'grant-accountant'), type('accountant-nip', '798-033-29-20'), seen('accountant-sentence'))],
  ['access-permissions-operation', 'scene=full', wide, all(press('nav-access', 'access-tab-permissions', 'permission-revoke', 'permission-revoke-dialog-confirm'), seen('operation'))],
  ['access-permissions-small', 'scene=many', small, press('nav-access', 'access-tab-permissions')],
  ['access-permissions-least', 'scene=full', least, press('nav-access', 'access-tab-permissions')],
  ['access-permissions-zoomed', 'scene=full', zoomed, press('nav-access', 'access-tab-permissions')],
  ['access-permissions-grant-zoomed', 'scene=full', zoomed, press('nav-access', 'access-tab-permissions', 'grant')],
  ['access-companies', 'scene=full', { ...wide, height: 1400 }, all(press('nav-access', 'access-tab-companies', 'found-search', 'nip-list-pick'), seen('nip-list-table'))],
  ['access-companies-bulk', 'scene=full', wide, all(press('nav-access', 'access-tab-companies', 'nip-list-pick', 'nip-list-add'), async (page) => page.locator('[data-testid="bulk-progress"][data-running="false"]').waitFor())],
  ['access-companies-context', 'scene=full', { ...wide, height: 1100 }, all(press('nav-access', 'access-tab-companies'), pick('context-kind', 'internalId'), type('context-value', '5265'), press('context-save'))],
  ['access-companies-zoomed', 'scene=full', zoomed, all(press('nav-access', 'access-tab-companies', 'found-search', 'nip-list-pick'), seen('nip-list-table'))],
  ['access-limits', 'scene=full', { ...wide, height: 1500 }, press('nav-access', 'access-tab-limits')],
  ['access-limits-zoomed', 'scene=full', { ...zoomed, height: 1400 }, press('nav-access', 'access-tab-limits')],
  ['access-collectives', 'scene=full', wide, all(press('nav-access', 'access-tab-collectives', 'collective-open'), seen('collective-invoices'))],
  ['access-collectives-make', 'scene=full', wide, all(press('nav-access', 'access-tab-collectives', 'collective-make'), seen('collective-sales'), nth('collective-tick', 0), nth('collective-tick', 2))],
  ['access-collectives-made', 'scene=full', wide, all(press('nav-access', 'access-tab-collectives', 'collective-make'), seen('collective-sales'), nth('collective-tick', 0), nth('collective-tick', 2), press('collective-do'), seen('collective-made'))],
  ['access-collectives-parts', 'scene=full', { ...wide, height: 900 }, all(press('nav-access', 'access-tab-collectives', 'collective-make'), seen('collective-sales'), nth('collective-tick', 0), nth('collective-tick', 2), type('collective-pasted', '5265877635-20261101-0100001AF629-AF'), async (page) => page.locator(id('collective-amount')).nth(1).fill('1 000 000'), seen('collective-amount-error'))],
  ['access-collectives-parts-small', 'scene=many', small, all(press('nav-access', 'access-tab-collectives', 'collective-make'), seen('collective-sales'), nth('collective-tick', 0), nth('collective-tick', 1), async (page) => page.waitForTimeout(400))],
  ['access-collectives-parts-zoomed', 'scene=full', zoomed, all(press('nav-access', 'access-tab-collectives', 'collective-make'), seen('collective-sales'), nth('collective-tick', 0), async (page) => page.locator(id('collective-amount')).first().scrollIntoViewIfNeeded())],
  ['access-collectives-empty', 'scene=fresh', wide, press('nav-access', 'access-tab-collectives')],
  ['access-collectives-least', 'scene=full', least, all(press('nav-access', 'access-tab-collectives', 'collective-open'), seen('collective-invoices'))],
  ['access-collectives-zoomed', 'scene=full', zoomed, press('nav-access', 'access-tab-collectives')],
  ['access-journal', 'scene=full', wide, press('nav-access', 'access-tab-journal')],
  ['access-journal-zoomed', 'scene=full', zoomed, press('nav-access', 'access-tab-journal')],
  ['access-lock-settings', 'scene=full', wide, press('nav-settings')],
  ['access-lock-dialog', 'scene=full', wide, all(press('nav-settings', 'lock-set'), type('lock-first', 'kot'), type('lock-second', 'pies'), press('lock-save'))],
  ['access-lock-screen', 'scene=full', wide, all(setLock, press('lock-now'), seen('lock-screen'), type('lock-password', 'zle-haslo'), press('lock-open'), seen('problem'))],
  ['access-lock-screen-zoomed', 'scene=full', zoomed, all(setLock, press('lock-now'), seen('lock-screen'))],
  ['settings', 'scene=full', wide, press('nav-settings')],
  ['focus', 'scene=full', wide, keys('Tab', 'Tab', 'Tab', 'Tab')],
].map((shot) => (shot[0] === 'ksef' ? [...shot, press('nav-ksef')] : shot));

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
let faults = 0;
for (const [name, query, size, steps] of shots) {
  if (!name.startsWith(only)) continue;
  for (const theme of ['light', 'dark']) {
    for (const lang of theme === 'light' ? ['pl', 'en'] : ['pl']) {
      if (lang === 'en' && size !== wide) continue;
      const { zoom = 1, ...viewport } = size;
      const page = await browser.newPage({ viewport, deviceScaleFactor: zoom });
      page.on('pageerror', (error) => tell(name, `page error: ${error.message}`));
      page.on('console', (message) => message.type() === 'error' && tell(name, message.text()));
      await page.goto(`${page0}?${query}&theme=${theme}&lang=${lang}&pace=manual`);
      await page.locator('main h1').waitFor();
      try {
        await steps?.(page);
      } catch (error) {
        tell(name, error.message);
      }
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(folder, `${name}-${theme}${lang === 'en' ? '-en' : ''}.png`) });
      await judge(page, `${name} ${theme} ${lang}`);
      await page.close();
    }
  }
}
await browser.close();
process.exitCode = faults === 0 ? 0 : 1;

async function judge(page, name) {
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  if (sideways) tell(name, 'the page scrolls sideways');
  await page.addScriptTag({ path: axe });
  const { violations } = await page.evaluate(async (rules) => {
    const { violations: all } = await window.axe.run(document, { runOnly: rules });
    // A menu that is open is no part of a landmark, as little as a dialog is.
    const menu = ({ target }) => document.querySelector(target.join(' '))?.matches('[role=menu], :has([role=menu]), [role=menu] *');
    return { violations: all.filter(({ id, nodes }) => id !== 'region' || !nodes.every(menu)) };
  }, RULES);
  for (const { id: rule, nodes } of violations) tell(name, `${rule}: ${nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary?.split('\n')[1]?.trim()})`).join('; ')}`);
}

function tell(name, text) {
  faults += 1;
  console.log(`${name}: ${text}`);
}
