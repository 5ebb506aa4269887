// Passwords in addresses: scheme://user:PASSWORD@host. Only the password is found, so that the masked address still says where it leads.
import { type Found, found } from './found.ts';
import { isSymbol, isTemplateHost, isTemplateLogin } from './looks-secret.ts';

const WITH_PASSWORD = /\b([a-z][a-z\d+.-]{1,30}:\/\/[^\s:@/]{0,100}:)([^\s/]{1,200})@(?=[\w[.-])/gi;
/** A password may itself have a slash where the last @ is still followed by a host with a port or a path. */
const WITH_SLASH =
  /\b((?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?):\/\/[^\s:@/]{0,100}:)([^\s@/]{0,200}\/[^\s@]{0,200})@(?=[\w.-]+(?::\d+)?(?:[/?]|\s|$))/gi;

export function urlPasswords(text: string): Found[] {
  return [WITH_PASSWORD, WITH_SLASH].flatMap(form =>
    [...text.matchAll(form)]
      .filter(({ 2: password }) => !isSymbol(password))
      .filter(({ 0: address, 1: before, 2: password, index }) => {
        const user = before.slice(before.indexOf('://') + 3, -1);
        return !isTemplateLogin(user, password) && !isTemplateHost(text.slice(index + address.length));
      })
      .map(({ 1: before, 2: password, index }) => found('password', index + before.length, password.length)),
  );
}
