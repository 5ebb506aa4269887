// Secrets and personal data are found in what people write, and what only looks like them is left alone.
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../src/model/secrets/find.ts';
import { projectRoot } from '../../src/root.ts';
import { seededRandom } from '../../worker/engine/random.ts';
import { INVALID, MAKERS, VALID } from '../bench/made-up.ts';
import { KEYS } from '../bench/made-up-keys.ts';
import { VENDOR_KEYS } from '../bench/made-up-vendor-keys.ts';
import { readMessages } from '../bench/secrets-cases.ts';

const seen = (text: string) => findSecrets(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);
const made = (maker: string) => MAKERS[maker](seededRandom(7));
const KIND: Record<string, string> = { cnid: 'id-number', ssn: 'id-number' };

describe('is found', () => {
  it.each([
    ['Write to jo.lind+ops@quay.co.uk, not to me.', 'email: jo.lind+ops@quay.co.uk'],
    ['邮箱是lin@beigang.com.cn，抄送我', 'email: lin@beigang.com.cn'],
    ['全角的也算：lin＠beigang.cn', 'email: lin＠beigang.cn'],
    ['jo [at] quay [dot] example', 'email: jo [at] quay [dot] example'],
    ['call me on +44 7700 900123 please', 'phone: +44 7700 900123'],
    ['Reception: (212) 555-0178.', 'phone: (212) 555-0178'],
    ['我手机138 1234 5678，随时打', 'phone: 138 1234 5678'],
    ['座机 010-62345678', 'phone: 010-62345678'],
    ['电话：１３８１２３４５６７８', 'phone: １３８１２３４５６７８'],
    ['card 4111 1111 1111 1111, exp 09/27', 'card: 4111 1111 1111 1111'],
    ['身份证11010519491231002X，男', 'id-number: 11010519491231002X'],
    ['SSN 456-15-3159 for the form', 'id-number: 456-15-3159'],
    ['social security number 456153159', 'id-number: 456153159'],
    ['pay to GB82 WEST 1234 5698 7654 32 today', 'iban: GB82 WEST 1234 5698 7654 32'],
    ['staging is 10.20.4.17:8080', 'ip: 10.20.4.17'],
    ['地址：2001:db8:0:12::5，已解析', 'ip: 2001:db8:0:12::5'],
    ['postgres://kite:t1de-Gate@db:5432/kite', 'password: t1de-Gate'],
    ['the guest wifi password is blue-anchor-2291.', 'password: blue-anchor-2291'],
    ['the password they gave me over the phone is Tq4-mlp-99Z.', 'password: Tq4-mlp-99Z'],
    ['DB_PASSWORD=letmein', 'password: letmein'],
    ['管理员密码是Admin@2024，登录后改', 'password: Admin@2024'],
    ['初始密码：qwer1234', 'password: qwer1234'],
    ['mysql -u root -pGr8White -h db2', 'password: Gr8White'],
    ['login failed for user=mo.hassan@quay.example ua=okhttp', 'email: mo.hassan@quay.example'],
    ["ValueError: 'jo@quay.example' is taken", 'email: jo@quay.example'],
    ['try `jo@quay.example` instead', 'email: jo@quay.example'],
    ['GET /api/users/jo@quay.example/roles 404', 'email: jo@quay.example'],
    ['bel me op 06-12345678', 'phone: 06-12345678'],
    ['card in the ticket: 4111-1111-1111-1111', 'card: 4111-1111-1111-1111'],
    ['AHV-Nr. 756.6327.5045.06', 'id-number: 756.6327.5045.06'],
    ['マイナンバー: 8969 4402 2299', 'id-number: 8969 4402 2299'],
    ['TC kimlik no 10000000146', 'id-number: 10000000146'],
    ['henkilötunnus 131052-308T', 'id-number: 131052-308T'],
    ['db1:5432:orders:orders_rw:mX7tlagoon', 'password: mX7tlagoon'],
    ["ALTER USER 'root'@'localhost' IDENTIFIED BY 'Pl4netary!';", 'password: Pl4netary!'],
    ['requirepass 9fKwqBolder', 'password: 9fKwqBolder'],
    ['echo "pi:raspb3rryHill" | sudo chpasswd', 'password: raspb3rryHill'],
    ['JWT_SECRET=correct-horse-9-battery', 'key: correct-horse-9-battery'],
    ["-d 'grant_type=password&username=test01&password=test01_2024'", 'password: test01_2024'],
    ['mongosh -u app -p Wind7Mill --host db2', 'password: Wind7Mill'],
    ['unzip -P Wind7Mill a.zip', 'password: Wind7Mill'],
    ['Cookie: theme=dark; sessionid=NUr_QLgZc_kYkg_KGw7kMzDB-R', 'key: NUr_QLgZc_kYkg_KGw7kMzDB-R'],
    ['{"auth":"ZGVwbG95OnNpY1dyRm9RYWtjVGJ3"}', 'key: ZGVwbG95OnNpY1dyRm9RYWtjVGJ3'],
  ])('%s', (text, expected) => expect(seen(text)).toEqual([expected]));

  it.each(Object.keys({ ...KEYS, ...VENDOR_KEYS }))('a key of the form %s, with no word that says key', form => {
    const key = MAKERS[form](seededRandom(11));
    expect(seen(`Use ${key} for tonight.`)).toEqual([`key: ${key}`]);
    expect(seen(`今晚先用${key}，明天换`)).toEqual([`key: ${key}`]);
  });

  it.each(['hex32', 'random40', 'uuid', 'base64key'])('a key without a form of its own (%s), by the words beside it', form => {
    const key = made(form);
    expect(seen(`api_key = "${key}"`)).toEqual([`key: ${key}`]);
    expect(seen(`签名密钥是${key}，两边一致`)).toEqual([`key: ${key}`]);
    expect(seen(`the checksum is ${key}`)).toEqual([]);
  });

  it('a whole private key, up to its last line', () => {
    const key = made('pemOpenssh');
    expect(seen(`before\n${key}\nafter`)).toEqual([`private-key: ${key}`]);
  });

  it('a private key that was cut: as far as the text goes, and not maskable', () => {
    const text = `see ${made('pemCut')} and then?`;
    expect(findSecrets(text)).toEqual([{ kind: 'private-key', start: 4, end: text.length, maskable: false }]);
    const tail = made('pemRsa').split('\n').slice(4).join('\n');
    expect(findSecrets(tail)).toEqual([{ kind: 'private-key', start: 0, end: tail.length, maskable: false }]);
  });

  it.each(['4111 1111 1111 1111 5555 5555 5555 4444', '138 1234 5678 139 1234 5678', '+1 323 555 0114 13902145664', '10.0.0.8 10.0.0.9'])(
    'both of two that stand side by side: %s',
    text => expect(findSecrets(text)).toHaveLength(2),
  );

  it('everything in one message, in its order', () => {
    const text = 'Ines: ines@quay.io, 13812345678, 10.0.0.9, pw: Kelp4Forest';
    expect(findSecrets(text).map(({ kind }) => kind)).toEqual(['email', 'phone', 'ip', 'password']);
  });

  it.each(Object.keys(VALID))('every made-up %s that its format allows, whatever the seed', kind => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(), (seed, turn) => {
        const value = VALID[kind][turn % VALID[kind].length](seededRandom(seed));
        const frame = kind === 'password' ? `password: ${value}` : kind === 'ssn' ? `SSN ${value}` : `Take ${value} for it.`;
        const whole = findSecrets(frame).filter(({ start, end }) => frame.slice(start, end).includes(value));
        expect(whole.map(find => find.kind)).toEqual([KIND[kind] ?? kind]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('is left alone', () => {
  it.each(Object.keys(INVALID))('a %s that breaks its rule (check digit, date, range), whatever the seed', kind => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(), (seed, turn) => {
        expect(seen(`Take ${INVALID[kind][turn % INVALID[kind].length](seededRandom(seed))} for it.`)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    'Ask Marta for the password, she keeps it in 1Password.',
    'password: <your password>, token: $TOKEN, api_key=YOUR_API_KEY',
    'DATABASE_URL=postgres://USER:PASSWORD@HOST:5432/DBNAME',
    'postgres://user:pass@localhost/db is only what the readme says',
    'DB_PASSWORD=changeme-in-prod',
    'unzip -p release.zip CHANGELOG.md, mysql -P 3307',
    'the bug was identified by the support team, "auth": "required-by-policy"',
    'npm i @quay/ui@next.js, table 12.1.2.3',
    'password = process.env.DB_PASSWORD',
    '密码：请联系管理员获取。密码至少 12 位。',
    'git clone git@github.com:harbour/core.git, npm i tools@2.4.1',
    'Update to version 4.18.2.1, 4.18.2.0 leaks. Bind to 127.0.0.1, mask 255.255.255.0.',
    'Order 13812345678 and 订单号：13912345678 are paid, 13800000000 元 in all.',
    'git revert 3f9c2d1b8a7e6f5d4c3b2a190817263544a5b6c7, trace 4bf92f3577b34da6a3ce929d0e0e4736',
    'const key = cache.get("user:10442:profile"); std::map::iterator; 10:30:00',
    '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQ\n-----END PUBLIC KEY-----',
  ])('%s', text => expect(seen(text)).toEqual([]));

  it('a message cannot switch the search off', () => {
    const key = made('githubClassic');
    expect(seen(`// secretlint-disable\n${key}`)).toEqual([`key: ${key}`]);
  });
});

it('finds at least 98 % of what the labelled messages hold, and at least 95 % of its finds are right', () => {
  const rows = readMessages(join(projectRoot(), 'test/fixtures/secrets')).map(row => ({ ...row, finds: findSecrets(row.text) }));
  const covered = rows.flatMap(({ labels, finds }) =>
    labels.map(label => finds.some(find => find.start <= label.start && label.end <= find.end)),
  );
  const right = rows.flatMap(({ labels, finds }) =>
    finds.map(find => labels.some(label => find.start < label.end && label.start < find.end)),
  );
  const share = (marks: boolean[]) => marks.filter(Boolean).length / marks.length;
  expect(rows.length).toBeGreaterThanOrEqual(600);
  expect(share(covered)).toBeGreaterThanOrEqual(0.98);
  expect(share(right)).toBeGreaterThanOrEqual(0.95);
});
