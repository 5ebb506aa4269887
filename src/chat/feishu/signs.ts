// The reactions of Feishu that stand for something here, by their emoji_type (case counts).

/** What people set on a message to approve of it, unless FEISHU_APPROVE names others: both are drawn as a check mark. */
export const APPROVE = ['DONE', 'CheckMark'];

/** The bot's own: none of them approves, and none looks as if. */
export const SIGNS = { seen: 'Get', kept: 'Pin', working: 'OnIt' } as const;
