// 中文：机器人在飞书（或 Lark）里关于自身的话：启动时、表单里，以及飞书拒绝时。
import type { feishu as en } from '../en/feishu.ts';

export const feishu: Record<keyof typeof en, string> = {
  'feishu.on': '飞书：已连接，机器人名为 {name}（{how}）。',
  'feishu.how.socket': '长连接',
  'feishu.how.webhook': 'Webhook，请在开发者后台把事件请求地址填为 …/feishu/events',
  'feishu.off': '飞书未启用：缺少 {missing}。docs/feishu.md 写明了它们各在哪个页面；其他功能都不需要飞书。',
  'feishu.badCredentials':
    '飞书不接受 FEISHU_APP_ID 和 FEISHU_APP_SECRET。请从应用的“凭证与基础信息”页面复制这两项（Lark 应用要设 FEISHU_DOMAIN=lark），然后重新启动。',
  'feishu.noBot': '这个飞书应用还不是机器人。请在开发者后台添加“机器人”能力，发布一个应用版本并由管理员通过，然后重新启动。',
  'feishu.unreachable': '无法连接飞书（{domain}）。请检查网络和 FEISHU_DOMAIN，然后重新启动。',
  'feishu.notNow': '飞书没有让机器人登录（错误码 {code}）。常见错误码的含义见 docs/feishu.md。',
  'feishu.missingScopes': '飞书应用缺少权限：{scopes}。请在“权限管理”中开通，并发布新的应用版本：发布之前权限不会生效。',
  'feishu.form.sent': '表单已发出，只有你能看到：填好后提交即可。',
  'feishu.command': '训练模型，查看进展',
  'feishu.fix.scope': '飞书应用缺少权限，开通其中一项即可：{scopes}。请在“权限管理”中开通，并发布新的应用版本。',
  'feishu.fix.scopes': '飞书应用缺少权限，docs/feishu.md 列出了全部。请开通后发布新的应用版本。',
  'feishu.fix.outside': '我不在这个群里。请在群设置的“群机器人”中添加我。',
  'feishu.fix.hidden': '这是保密群：飞书不向机器人显示其中的内容。',
  'feishu.fix.foreign': '我只能修改自己发的卡片。',
  'feishu.fix.unavailable': '此人不在我的可用范围内。请在开发者后台扩大可用范围，并发布新的应用版本。',
  'feishu.fix.off': '机器人能力未启用，或应用已停用。请在开发者后台启用，并发布新的应用版本。',
  'feishu.fix.forbidden': '群设置或企业规则不允许这样做。请联系群主或管理员。',
  // 群默认是私有的：群主可以怎么做
  'gate.on.private.feishu':
    '这个群是私有群（群默认就是私有的），我从不学习私有群里的内容。群主或群管理员可以在“群设置 → 群管理”里把它设为公开群，然后再说一次 `/finetune on`；也可以换到一个公开群。',
  'gate.home.private.feishu': '从不学习：这是私有群（群主可以在“群设置 → 群管理”里设为公开群）',
  'harvest.no.place.private.feishu':
    '在这里点 ✅ 没有问题，不过这是私有群，我从不学习私有群里的内容。等群主把它设为公开群（群设置 → 群管理），管理员再说 `/finetune on`，我就可以学习了。',
  'doctor.place.private.feishu': '{what}：“{name}”是私有群；机器人在那里回答，从不学习。群主可以在“群设置 → 群管理”里把它设为公开群。',
  'gate.on.private.lark':
    '这个群是私有群（群默认就是私有的），我从不学习私有群里的内容。群主或群管理员可以在“群设置 → 群管理”里把它设为公开群，然后再说一次 `/finetune on`；也可以换到一个公开群。',
  'gate.home.private.lark': '从不学习：这是私有群（群主可以在“群设置 → 群管理”里设为公开群）',
  'harvest.no.place.private.lark':
    '在这里点 ✅ 没有问题，不过这是私有群，我从不学习私有群里的内容。等群主把它设为公开群（群设置 → 群管理），管理员再说 `/finetune on`，我就可以学习了。',
  'doctor.place.private.lark': '{what}：“{name}”是私有群；机器人在那里回答，从不学习。群主可以在“群设置 → 群管理”里把它设为公开群。',
};
