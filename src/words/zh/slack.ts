// 中文：机器人在 Slack 里说的话：启动时、表单里，以及 Slack 拒绝的时候。
export const slack = {
  // at the start
  'slack.on': 'Slack：已连接到 {team}（{how}）。',
  'slack.off': 'Slack 未启用：缺少 {missing}。docs/slack.md 说明了每一项在哪个页面；其他功能都不需要 Slack。',
  'slack.badToken':
    'Slack 不接受 SLACK_BOT_TOKEN（{code}）。请到应用的 OAuth & Permissions 页面复制 Bot User OAuth Token（xoxb-…），然后重新启动。',
  'slack.badAppToken':
    'Slack 不接受 SLACK_APP_TOKEN（{code}）。请在 Basic Information 页面新建带有 connections:write 权限的 App-Level Token（xapp-…），打开 Socket Mode，然后重新启动。',
  'slack.missingScope':
    'Slack 应用缺少权限：{scopes}。请在 OAuth & Permissions 页面添加（或更新 manifest），点击 Reinstall to Workspace，然后重新启动。',
  'slack.orgWide':
    '这个 Slack 应用是为整个组织（Enterprise Grid）安装的，而机器人只属于一个工作区。请把应用安装到那个工作区，把该次安装的令牌填入 SLACK_BOT_TOKEN，然后重新启动。',
  'slack.unreachable': '连不上 Slack（{what}）。请检查网络、代理和 SLACK_API_URL，然后重新启动。',
  // while it runs
  'slack.lostToken':
    'Slack 不再接受 {variable}（{code}）：在恢复之前，我在 Slack 里既听不到也说不了。`npm run doctor` 会说明怎么办；换了新令牌需要重新启动。',
  'slack.tooMany': '这个 Slack 应用已有十个连接，Slack 不允许更多。请停掉使用同一令牌的其他程序。',
  'slack.lineOff': 'Socket Mode 已关闭，我在 Slack 里什么都听不到。请在应用设置中重新开启。',
  'slack.behind': 'Slack：有变化的消息多于它允许我查看的数量，还有 {waiting} 条在等。我从最早的看起，不会遗漏。',
  'slack.badSignature':
    '有人用错误的签名向 Slack 的地址推送事件，已拒绝。如果是 Slack 推送的，说明 SLACK_SIGNING_SECRET 不对：请到应用的 Basic Information 页面重新复制，然后重新启动。',
  'slack.badClock': 'Slack 的推送被拒绝，因为其时间与本机时钟相差超过五分钟。请校准时钟（时间同步，NTP）。',
  // where somebody waits
  'slack.notKept': '刚才没能记下来。如果一分钟内没有动静，请再试一次。',
  'slack.formLate': '我慢了一步：Slack 只允许在点击后三秒内打开表单。请再点一次。',
  'slack.noForm': '这里已经没有要填写的内容了。`/finetune` 会告诉你现在的情况。',
  // what an admin can change where Slack refuses something
  'slack.fix.invite': '我不在这个频道里。请在那里输入 `/invite` 和我的名字。',
  'slack.fix.notThere': '那个人不在这个频道里。',
  'slack.fix.archived': '这个频道已归档。请取消归档，或者换一个频道。',
  'slack.fix.notOurs': '我只能修改自己的消息。',
  'slack.fix.editWindow': '这个工作区不允许修改这么早的消息。管理员可以在工作区设置里更改。',
  'slack.fix.scope': 'Slack 应用缺少权限：{scopes}。请在 OAuth & Permissions 页面添加，然后重新安装应用。',
  'slack.fix.admin': '工作区的规定不允许这样做。请工作区管理员为这个应用放行。',
  'slack.fix.storage': '工作区的文件空间已满。请删除一些文件，或者升级套餐。',
  'slack.fix.emoji': '那条消息上的表情已经太多了。',
  'slack.fix.direct': 'Slack 不能和机器人开启私聊。',
  'slack.fix.unseen': 'Slack 不让我给那个人发消息：对方属于别的公司，我们也没有共同的频道。',
  'slack.fix.messagesTab': '应用的私聊已关闭。请在 App Home 页面打开 Messages Tab。',
  'slack.fix.elsewhere': '这个文件不在 Slack 里，我不会去别处下载。请把它直接上传到 Slack。',
};
