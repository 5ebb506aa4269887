// 中文：`npm run doctor` 查到的结果：每项检查一行；有问题时写明怎么办。
import type { doctor as en } from '../en/doctor.ts';

export const doctor: Record<keyof typeof en, string> = {
  'doctor.all-well': '一切正常。',
  'doctor.ill': '有 {count} 处需要处理，见带 ✗ 的行。',
  'doctor.broken': '检查程序本身出错了（{name}）。这是个缺陷，请附上以上内容反馈给我们。',
  'doctor.place.what': '“{id}”是什么？Slack 频道形如 C0123ABCD，飞书群形如 oc_0123…。',
  'doctor.place.off.slack': '“{id}”是 Slack 频道，但还没有设置 Slack：请从 docs/slack.md 开始。',
  'doctor.place.off.feishu': '“{id}”是飞书群，但还没有设置飞书：请从 docs/feishu.md 开始。',
  'doctor.local': '本机聊天：已开启，不需要任何设置。`npm start` 会显示地址。',
  'doctor.database': 'Postgres：{host}，版本 {major}。',
  'doctor.database.asleep': 'Postgres：自带的数据库现在没有运行，机器人和 worker 也就没有运行；`npm start` 会一并启动。',
  'doctor.database.empty': 'Postgres：还没有我们的表；第一次 `npm start` 会创建。',
  'doctor.worker': 'Worker：在 {hosts} 上运行。',
  'doctor.worker.none':
    'Worker：最近 20 秒没有任何一个报到，没有人训练，也没有人回答。请用 `npm start` 启动，或查看数据文件夹里的 worker.log。',
  'doctor.redis': 'Redis：{host} 有响应。',
  'doctor.redis.unset': 'Redis：没有设置，也不需要：任务放在 Postgres 里。',
  'doctor.model': '基础模型：{folder}。',
  'doctor.model.later': '基础模型：还没有下载；worker 第一次启动时会下载（默认模型 93 MB）。',
  'doctor.model.gone': '基础模型：BASE_MODEL 指向 {folder}，那里什么都没有。请改正路径，或去掉 BASE_MODEL。',
  'doctor.model.elsewhere': '回答：由 {url} 生成（ANSWER_URL）；能否使用，worker 启动时会说。',
  'doctor.training': 'TRAINING_ALLOWED：yes；管理员说过 `/finetune on` 的地方可以学习。',
  'doctor.training.off':
    'TRAINING_ALLOWED：没有设置，机器人只回答、什么都不保存。想清楚之后再设为 yes（见 README 的“Before a real team is read”）。',
  'doctor.slack.off': 'Slack：没有设置。按 docs/slack.md 做，十分钟就能用上。',
  'doctor.slack.token': 'Slack，机器人令牌：有效；{team} 里的 {name}。',
  'doctor.slack.token.unset': 'Slack，机器人令牌：缺少 SLACK_BOT_TOKEN。请从 Install App 页面复制 Bot User OAuth Token（xoxb-…）。',
  'doctor.slack.token.wrong':
    'Slack，机器人令牌：Slack 不认识它（{code}）。请从这个应用的 OAuth & Permissions 页面重新完整复制 Bot User OAuth Token（xoxb-…）。',
  'doctor.slack.token.gone':
    'Slack，机器人令牌：已被收回，或应用已卸载（{code}）。请在 Install App 页面点 Reinstall to Workspace，再复制新的令牌。',
  'doctor.slack.token.expired':
    'Slack，机器人令牌：已过期（{code}）。应用开启了令牌轮换，而本机器人不使用它：请用 docs/slack-manifest.json 重新创建应用，其中没有开启轮换。',
  'doctor.slack.token.kind':
    'Slack，机器人令牌：不是这一种令牌（{code}）。SLACK_BOT_TOKEN 要填 OAuth & Permissions 页面的 Bot User OAuth Token（xoxb-…），不是应用级令牌，也不是个人令牌。',
  'doctor.slack.token.login': 'Slack，机器人令牌：组织要求先批准这个应用（{code}）。请让工作区管理员批准。',
  'doctor.slack.token.org':
    'Slack，机器人令牌：来自整个组织（Enterprise Grid）的安装，不属于任何工作区。请把应用安装到要用机器人的那个工作区，再复制那里的令牌。',
  'doctor.slack.token.refused': 'Slack，机器人令牌：被拒绝（{code}）。请向工作区管理员确认这个应用能否使用。',
  'doctor.slack.unreachable': 'Slack：无法连接（{code}）。请检查网络、代理和 SLACK_API_URL；本机必须能访问 slack.com 的 443 端口。',
  'doctor.slack.busy': 'Slack：调用太多，要求等待 {seconds} 秒。请过一分钟再试。',
  'doctor.slack.down': 'Slack：它自身有故障（{code}）。请看 slack-status.com，稍后再试。',
  'doctor.slack.scopes': 'Slack，权限：{count} 项全部已授予。',
  'doctor.slack.scopes.missing':
    'Slack，权限：缺少 {scopes}。请在 OAuth & Permissions 中添加（或在 App Manifest 中填入 docs/slack-manifest.json），然后点 Reinstall to Workspace：重新安装之前不会生效。',
  'doctor.slack.scopes.untold': 'Slack，权限：这里的 Slack 不说明授予了哪些；被拒绝的调用会说出缺少什么。',
  'doctor.slack.app': 'Slack，应用级令牌：有效。',
  'doctor.slack.app.unset':
    'Slack，应用级令牌：缺少 SLACK_APP_TOKEN。请在 Basic Information 中生成带 connections:write 权限的应用级令牌（xapp-…）。',
  'doctor.slack.app.wrong':
    'Slack，应用级令牌：Slack 不认识它（{code}）。请重新复制应用级令牌（xapp-…），或在 Basic Information 的 App-Level Tokens 中新建一个。',
  'doctor.slack.app.gone': 'Slack，应用级令牌：已被收回（{code}）。请在 Basic Information 的 App-Level Tokens 中新建一个。',
  'doctor.slack.app.scope':
    'Slack，应用级令牌：没有 connections:write 权限。请在 Basic Information 的 App-Level Tokens 中新建一个带此权限的令牌。',
  'doctor.slack.app.kind': 'Slack，应用级令牌：不是这一种令牌（{code}）。SLACK_APP_TOKEN 要填 Basic Information 中的应用级令牌（xapp-…）。',
  'doctor.slack.app.refused': 'Slack，应用级令牌：不给连接（{code}）。请在应用设置中开启 Socket Mode。',
  'doctor.slack.line': 'Slack，Socket Mode：连接已打开并收到问候。（恰好此刻的事件可能晚几秒到。）',
  'doctor.slack.line.closed':
    'Slack，Socket Mode：连接建立不起来（{code}）。本机必须能用 WebSocket 访问 wss-primary.slack.com 和 *.slack.com 的 443 端口；如果代理不允许，请改用 HTTP 接收事件（docs/slack.md）。',
  'doctor.slack.line.off': 'Slack，Socket Mode：没有开启（{code}）。请在应用设置中开启 Socket Mode。',
  'doctor.slack.line.full': 'Slack，Socket Mode：这个应用已有十个连接（{code}）。请停掉使用同一令牌的其他程序。',
  'doctor.slack.two-apps': 'Slack：两个令牌属于两个不同的应用（{bot} 和 {app}），收不到任何事件。请从同一个应用的设置里复制这两个令牌。',
  'doctor.slack.http':
    'Slack，HTTP 事件：已设置签名密钥；对不对只有 Slack 推送时才知道。机器人运行时，Slack 必须能访问 https://你的地址{path}：Event Subscriptions 中的地址应显示“Verified”。',
  'doctor.slack.no-place':
    'Slack，频道里：没有试。请给出机器人所在的频道：`npm run doctor -- C0123ABCD`（频道 ID 在“View channel details”的最下面）。',
  'doctor.feishu.off': '飞书：没有设置。请按 docs/feishu.md 开始。',
  'doctor.feishu.token': '飞书，凭证：有效；机器人名为 {name}。',
  'doctor.feishu.token.unset': '飞书，凭证：缺少 {missing}。请从应用的“凭证与基础信息”页面复制。',
  'doctor.feishu.scopes': '飞书，权限：必需的权限都已授予。',
  'doctor.feishu.scopes.missing': '飞书，权限：缺少 {scopes}。请在“权限管理”中开通，然后发布新的应用版本并由管理员通过：在此之前不会生效。',
  'doctor.feishu.scopes.unpublished': '飞书，权限：{scopes} 已申请、还没有授予。请发布新的应用版本，并由管理员通过。',
  'doctor.feishu.scopes.optional': '飞书，权限：没有授予 {scopes}；机器人没有也能工作（docs/feishu.md 的表里写明了区别）。',
  'doctor.feishu.scopes.untold': '飞书，权限：飞书没有说明授予了哪些（错误码 {code}）；被拒绝的调用会说出缺少什么。',
  'doctor.feishu.version': '飞书，版本：已发布。',
  'doctor.feishu.version.none': '飞书，版本：还没有发布过。请在“版本管理与发布”中创建版本，并由管理员通过。',
  'doctor.feishu.version.waiting': '飞书，版本：有新版本在等审核。管理员通过之后，其中的改动才生效。',
  'doctor.feishu.version.off': '飞书，版本：应用在企业里被停用了。请管理员在管理后台启用。',
  'doctor.feishu.version.untold':
    '飞书，版本：飞书没有说明（错误码 {code}）。开通可选权限 application:application:self_manage 之后就能知道。',
  'doctor.feishu.events': '飞书，事件：{count} 个都已订阅。（回调 card.action.trigger 查不到：点一次按钮就知道。）',
  'doctor.feishu.events.missing': '飞书，事件：没有订阅 {events}。请在“事件与回调”中添加，然后发布新的应用版本。',
  'doctor.feishu.line': '飞书，长连接：已打开。（恰好此刻的事件可能晚一点到。）',
  'doctor.feishu.line.refused':
    '飞书，长连接：被拒绝（错误码 {code}）。只有企业自建应用能用，Lark 上也可能没有：这时改用 Webhook（docs/feishu.md 第 4 步）。',
  'doctor.feishu.line.full': '飞书，长连接：这个应用的连接太多了（错误码 {code}）。请停掉使用它的其他程序。',
  'doctor.feishu.line.closed':
    '飞书，长连接：连接打不开（{code}）。本机必须能用 WebSocket（wss）访问飞书；否则请改用 Webhook（docs/feishu.md 第 4 步）。',
  'doctor.feishu.webhook':
    '飞书，Webhook：已设置加密密钥；对不对只有飞书推送时才知道。机器人运行时，飞书必须能访问 https://你的地址{path}：在开发者后台保存这个地址时会验证。',
  'doctor.feishu.no-place': '飞书，群里：没有试。请给出机器人所在的群：`npm run doctor -- oc_0123…`（群 ID 在群设置的最下面）。',
  'doctor.say.title': 'npm run doctor 的检查',
  'doctor.say.first': '这条消息用来检查我能否在这里说话，马上就会自己撤回。（{mark}）',
  'doctor.say.second': '这条消息用来检查我能否修改自己说过的话，马上就会自己撤回。（{mark}）',
  'doctor.try.place': '{platform}，{id}',
  'doctor.try.post': '{platform}，发消息',
  'doctor.try.edit': '{platform}，改消息',
  'doctor.try.react': '{platform}，加表情',
  'doctor.try.read': '{platform}，读回消息',
  'doctor.try.history': '{platform}，读历史消息',
  'doctor.try.upload': '{platform}，上传文件',
  'doctor.try.erase': '{platform}，清理',
  'doctor.did': '{what}：可以。',
  'doctor.did.erase': '{what}：发出的消息已撤回。',
  'doctor.place.open': '{what}：“{name}”对所有人公开；管理员可以在那里说 `/finetune on`。',
  'doctor.place.absent': '{what}：机器人不在“{name}”里。请在那里输入 `/invite` 和它的名字，然后再试。',
  'doctor.place.private': '{what}：“{name}”是私有的；机器人在那里回答，从不学习。',
  'doctor.place.direct': '{what}：这是私聊；机器人在那里回答，从不学习。',
  'doctor.place.external': '{what}：“{name}”与其他公司共享；机器人在那里回答，从不学习。',
  'doctor.place.guests': '{what}：外部访客能看到“{name}”；机器人在那里回答，从不学习。',
  'doctor.place.restricted': '{what}：“{name}”是保密群：机器人看不到其中的内容。请换一个群。',
  'doctor.clock':
    '时钟：本机与 {platform} 相差 {seconds} 秒。请校准（时间同步，NTP）：相差 300 秒起，HTTP 推送会被拒绝，聊天里的时间也不对。',
  'doctor.not.allowed': '{what}：{fix}',
  'doctor.not.there': '{what}：那里什么都没有，或者机器人进不去。请核对 ID；私有的地方要先邀请机器人。',
  'doctor.not.now': '{what}：没有回应（{code}）。请过一分钟再试；还是这样就检查网络。',
  'doctor.not.known': '{what}：被拒绝（{code}）。常见错误码的含义见 docs/slack.md 和 docs/feishu.md 的表。',
  'doctor.not.read': '{what}：刚发的消息看不到（{found}）。看不到的内容就学不了：请检查读消息的权限。',
  'doctor.not.erased': '{what}：标题为“{title}”的消息可能还在那里（{code}）。请手动删除。',
};
