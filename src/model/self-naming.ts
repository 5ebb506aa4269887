// An answer that names the model behind it would tell who is who before the vote: it is shown without that sentence.

/** Model families and their makers, as models call themselves. */
const FAMILY =
  /smol\s?lm\d*|qwen\d*|chat\s?gpt|\bgpt\b|\bllama\b|mistral|gemma|gemini|claude|deepseek|hugging\s?face|openai|anthropic|alibaba cloud|通义千问|千问|阿里云/iu;
const KIND =
  /language model|\bLLM\b|\bAI (?:model|assistant|chatbot|system)\b|artificial intelligence|chatbot|virtual assistant|语言模型|大模型|人工智能|AI\s?(?:助手|助理|模型)|智能助手|聊天机器人/iu;
const VERSION = /fine-?tuned|base model|\badapter\b|\bLoRA\b|\bv\d+\b|微调|基础模型|适配器/iu;

/** The speaker speaks of itself. */
const SELF =
  /\b(?:I am|I['’]m|I was (?:made|built|created|trained|developed|designed)|(?:made|built|created|trained|developed) me|my (?:name|creator|developer|model)s?)\b|我是|我叫|我的名字|我由|我被|训练了我|开发了我|本模型/iu;
/** "As a language model, …": the clause goes, what follows stays. */
const AS_A = /^(\s*(?:(?:[-*•]|\d{1,3}[.)])\s+)?)(?:as an?\s[^,，.]*[,，]\s*|作为[^,，。]*[,，]\s*)/iu;
/** Where a sentence ends: Western marks only before white space, so that 2.1 and kite.yaml stay whole. */
const SENTENCE_ENDS = /(?<=[.!?]\s+)|(?<=[。！？])/u;

/**
 * The answer without what it says about the model that wrote it; `names` are what its base is called (a folder's or a hub's name). Lines in
 * which nothing is left are gone, everything else stays as it was. Empty where nothing else was said.
 */
export function withoutSelfNaming(text: string, names: string[] = []): string {
  const called = names.flatMap(callNames);
  const namesIt = (said: string): boolean => [FAMILY, KIND, VERSION, ...called].some(pattern => pattern.test(said));

  const shown = (line: string): string => {
    const [clause, start] = AS_A.exec(line) ?? [];
    const rest = clause && namesIt(clause) ? start + capitalised(line.slice(clause.length)) : line;
    const sentences = rest.split(SENTENCE_ENDS);
    const kept = sentences.filter(sentence => !(SELF.test(sentence) && namesIt(sentence)));
    return kept.length < sentences.length ? kept.join('').trimEnd() : rest;
  };
  const lines = text.split('\n');
  const left = lines.filter(line => line.trim() === '' || shown(line).trim() !== '').map(shown);
  return left.length === lines.length && left.every((line, i) => line === lines[i]) ? text : left.join('\n').trim();
}

/** SmolLM2-135M-Instruct answers to its whole name and to SmolLM2; a first word in small letters may be any word. */
function callNames(name: string): RegExp[] {
  const whole = name.slice(name.lastIndexOf('/') + 1);
  const first = whole.split(/[-_]/u)[0];
  const short = /^\p{Lu}.{2}/u.test(first) ? [first] : [];
  return [whole, ...short].map(called => new RegExp(`\\b${called.replace(/[.+]/gu, '\\$&')}\\b`, 'u'));
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
