// IP addresses, version 4 and 6, private ones too; not version numbers, and not 127.0.0.1, 0.0.0.0 or masks: they name no machine.
import { isIPv6 } from 'node:net';
import { type Found, found } from './found.ts';

const FOUR =
  /(?:(?<![\w.]|[A-Za-z]\/)|(?<=\bip(?:v4)?))(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?!\w|\.[\da-z])/gi;
const NO_MACHINE = /^(?:0|127|24[0-9]|25[0-5])\./;
const VERSION_BEFORE =
  /(?:\bv|\bver\.?|versions?|releases?|firmware|build|rev(?:ision)?|sections?|chapters?|clauses?|tables?|figures?|fig\.?|appendix|§|upgraded? (?:\w+ )?to|updated? (?:\w+ )?to|版本号?|固件|第|升级到|升到|更新到|回退到)\s*(?:is|was|now|是|为|:|：|=)?\s*$/i;
const VERSION_AFTER = /^\s*(?:版本|版|条|节|章|release\b|version\b)/i;
const VERSION_WORDS = /\bversion|\brelease|版本|固件/i;
/** Below this first number most dotted quads in chat are versions, so the message must speak of a machine. */
const LOW = 10;
const MACHINE_WORDS =
  /\bip(?:v4|s)?\b|address|host|server|node|gateway|router|proxy|firewall|vpn|subnet|dns|dig|nslookup|resolve|route|dhcp|ping|ssh|curl|telnet|https?:|block|allow|login|connect|地址|主机|服务器|机器|网关|路由|代理|防火墙|内网|公网|白名单|黑名单|登录|连接|封/i;

export function ips(text: string): Found[] {
  return [...versionFour(text), ...versionSix(text)];
}

function versionFour(text: string): Found[] {
  const quads = [...text.matchAll(FOUR)].map(({ 0: address, index }) => ({
    address,
    index,
    version: VERSION_BEFORE.test(text.slice(0, index)) || VERSION_AFTER.test(text.slice(index + address.length)),
  }));
  const versions = quads.filter(({ version }) => version).map(({ address }) => address.split('.')[0]);
  return quads
    .filter(({ address, version }) => !version && !NO_MACHINE.test(address) && !versions.includes(address.split('.')[0]))
    .filter(({ address }) => (Number(address.split('.')[0]) >= LOW && !VERSION_WORDS.test(text)) || MACHINE_WORDS.test(text))
    .map(({ address, index }) => found('ip', index, address.length));
}

const SIX = /(?<![\w.])[\dA-Fa-f:]*:[\dA-Fa-f:]+(?:\.\d{1,3}){0,3}/g;
/** A real address has a group of three or four places or begins like one; `a::b` in code has not. */
const LIKE_AN_ADDRESS = /^(?:[23][\dA-Fa-f]{3}|f[cd][\dA-Fa-f]{2}|fe[89ab][\dA-Fa-f]|ff[\dA-Fa-f]{2}|64|::ffff):/i;

function versionSix(text: string): Found[] {
  return [...text.matchAll(SIX)].flatMap(({ 0: run, index }) => {
    const lead = /^:(?!:)/.test(run) ? 1 : 0;
    const address = run.slice(lead).replace(/(?<!:):$/, '');
    const next = text[index + lead + address.length] ?? '';
    if (/[A-Za-z_]/.test(next) || !isIPv6(address)) return [];
    const full = address.split(':').filter(Boolean).length === 8;
    return full || LIKE_AN_ADDRESS.test(address) ? [found('ip', index + lead, address.length)] : [];
  });
}
