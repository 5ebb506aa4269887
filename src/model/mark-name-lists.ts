// Words that the search for names knows. Nothing here is shown to anybody; it only decides what may be a name.
const set = (words: string): Set<string> => new Set(words.trim().split(/\s+/u));

/** Given names that may begin a sentence; elsewhere any capitalised word that the notes lack is taken for a name. */
export const GIVEN_NAMES = set(`
aaron abdul abigail adam adrian ahmed aisha akira alan albert alex alexander alexandra ali alice alina amanda amelia amir amy ana anders andrea andreas andrew andy angela
anita anja anke ann anna anne anouk anton antonio arjun arthur astrid axel barbara bastian beate beatrice ben benjamin bernd bettina bill bjorn bo bob boris brian bruno
carl carla carlos carmen carol caroline catherine cecilia charles charlotte chen chiara chloe chris christian christina christine christopher claire clara claudia cleo
colin connor cora craig dan daniel daniela dario dave david deborah denise dennis derek diana diego dieter dimitri dirk dmitri dominik donald dora doris edgar edith
eduardo edward elena eli elias elisa elizabeth ella ellen elsa emil emily emma eric erik erika esther eva evelyn fabian farid fatima felix fernando fiona florian frances
francesca francis frank franz fred frederik gabriel gabriela george gerd gina giulia gordon grace greg gregor greta guido gunnar gus gustav hana hanna hannah hanne hans
harold harry hassan heidi heike helen helena helga henrik henry hiro holger hugo ian ibrahim ida igor ilse ines ingrid irene iris isabel ivan ivo jack jacob jakob james
jan jana jane janet jason javier jean jens jessica jim jing joan joanna joe johan johannes john jonas jonathan jorge jose joseph joshua juan judith julia julian julie
julius jun jurgen kai karen karim karin karl karla kate katharina katrin kay keith ken kenji kevin kim kirsten klaus kofi konrad kurt kyle lara lars laura lea lee lena leo
leon leonard lewis li lily lin linda lisa liu liz lorenzo louis louise luca lucas lucia lucy luis luka lukas lydia magnus maja malik manuel mara marc marcel marco marcus
margaret maria marie marina mario marion mark marko markus marta martha martin mary mateo mathias matt matteo matthew max maya mehmet mei melanie mia michael michelle
miguel mike mila milan mina mira miriam mohamed monica monika nadia nancy naomi natalia natalie nick nicole nikita nils nina noah noor nora norbert olaf olga oliver olivia
omar oscar oskar otto pablo pamela patricia patrick paul paula pavel pedro peter petra philip pia piet pierre piotr priya quentin rachel rafael rainer raj ralf ravi rebecca
renate ricardo richard rita robert roberto robin roger roland rolf roman rosa ruben rudolf ruth ryan sabine sally sam samantha samir samuel sana sandra sanjay sara sarah sasha
scott sebastian sergei shirin silvia simon sofia solveig sonja sophia sophie stefan stefanie stella stephan stephen steve susan susanne sven sylvia takeshi tamara tanja tara
tariq ted teresa tereza theo theresa thomas tim timo tina tobias tom tomas tony ulrich ursula uwe vera veronica victor victoria viktor vincent vivian vladimir wanda wang
wei wendy werner will william wolfgang xavier xin yara yasmin amit anil anjali ashley brandon brittany bryan cheng cynthia deepak douglas elaine fang gary gloria hong hui janice jeff jeffrey jenna jennifer jeremy jerry jill jordan
josh joyce justin kathleen kathy keiko kelly kumar larry lauren lei linh logan lori marcia megan melissa ming mohammed mustafa neha nguyen pooja rahul randy raymond ronald rose
ryu shane sharon shawn sheila sierra stacy sunil tao terry tyler vanessa vikram wayne xiao yan ying yu zach yuki yusuf yvonne zara zoe zofia`);

/** Capitalised words that are nobody's name. */
export const NO_NAMES = set(`
i ok api apis ci cd qa q&a ui ux pr prs faq faqs cpu gpu ram sql http https json csv pdf id ids url urls vpn dns sla kpi kpis todo eta eur usd am pm it hr vip ai ml mvp n/a na tbd
wip poc os ios ssh ssl tls html css xml yaml sms usb lan wifi gdpr crm erp sdk cli dev ops rfc adr gb mb kb tb ms gmbh ag inc ltd llc co dr mr mrs ms prof
done next numbers stuck blockers blocked risks risk plan plans planned highlights summary report weekly status update progress metrics notes nothing none needs need open
english chinese german french internet monday tuesday wednesday thursday friday saturday sunday q1 q2 q3 q4 vs re fyi asap eod eow`);

/** Lower-case words that a Chinese text writes in Latin letters without naming anything. */
export const LATIN_IN_CHINESE = set(`
ok bug bugs app demo review api ui ux pr prs ci cd qa faq cpu gpu sql id url vpn todo vs ab kpi okr ppt excel word pdf email mail wifi web log logs code deploy test tests
gb mb kb tb ms min km kg cm mm am pm the and of to in for p v w q n`);

/** Different names of one thing, so that either in the notes covers the other in the draft. */
export const SAME = [
  ['postgres', 'postgresql', 'pg'],
  ['kubernetes', 'k8s'],
  ['javascript', 'js'],
  ['typescript', 'ts'],
  ['python', 'py'],
  ['github', 'gh'],
];

/** Who is no name though he says or does something. */
export const ROLES = set(`
customer customers client clients user users team teams manager management support provider vendor supplier sales marketing legal boss lead leads partner partners engineering
everybody everyone somebody someone nobody people staff we they he she it i you who this that these those there nothing all both many some most office company board
colleague colleagues backup backups budget build builds bug bugs cache campaign ci class client code company config course customer cluster dashboard data database
delivery demo deploy deployment design disk docs document email engine error errors event export feature fix form group import index invoice issue job jobs launch line list login machine mail
meeting migration model monitor monitoring network node nodes office onboarding order orders outage page parser patch payment phase pipeline plan platform plugin printer process product project
proposal prototype queue redesign refactoring release report repo request research rollout sale scanner school script search server servers service services session setup shipment shop site
software sprint staging stock storage store student support survey system task tasks template test tests ticket tickets tool tools traffic training truck update upgrade vault version video
warehouse website week workshop each every one two three four five air account access action agenda alert answer area audit bank battery bill board book bot box branch brand bridge building bus call camera car card case cash cell change channel chart chat check city
class claim clock cloud club coffee command comment committee community component compute contact content contest contract control core cost council course court coverage crane crew crowd cup curve cut cycle
date deal debt department desk detail device diagram door draft drive driver edge effort element end energy entry equipment estimate exam example exhibition experiment factory failure family fan fee feedback
field figure file film filter fire firm firmware fleet flight floor flow food forecast form frame framework freeze fuel function fund game gate gear goal grant graph growth guide half hall handover hardware head
health heat help hire history hole home house image impact income industry info input inspection interface internet interview inventory issue item key keyboard kitchen lab label language laptop latency law layer leak
legacy lesson letter level library licence license light lock log logic loss market match material meal media member memory menu message method metric middleware migration mobile mode module month mood morning motor
movie museum music name noise note notebook number object offer one-off option oven owner pack package panel paper parent part partner party patient pattern people performance permission phone photo picture piece pilot pipe
place plant player point police policy pool port portal position post power press price process production profile profit progress promotion protocol proxy public pump quality quarter question quote rain range rate reader
reason receipt record region repair reply resource response rest restaurant restore result return revenue review reward risk road robot role roof room round route router row rule safety sample scale scan schedule scope score
screen season section sector security seller sensor session share shelf shift ship show shuttle sign signal size sketch snow social solution song source space spec speed spend stack stage stand standard start state station
statistic step stop storm story stream street strike structure studio study stuff style subject summer sun surface switch table tablet tank target tax tea teacher tech term terminal text theme thing thread time title token
tone tour town track trade train transfer translation travel trend trial trip truck turnover type unit update usage value van vendor view visit voice volume vote wait walk wall war water wave way weather weekend weight
wifi win wind window winter wire word work worker workflow world year zone everything anything something here there also still even only just please thanks thank yes no not so but and or as at by for from in into of on
to up with without about above across against along among around because between both during either enough except further how however instead later like likely mostly much neither never nevertheless now often otherwise
over overall perhaps quite rather same several should since soon such than then though through thus together too under unless unlike very via what where whether which why would yet more less new old first last next our my your his her their its the a an if when while after before since until once
operator operators reviewer auditor tester testers developer developers student students guest guests visitor visitors volunteer volunteers`);

/** The commonest family names; left out are those that are everyday words far more often. */
export const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤温康施牛樊葛邢安齐乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关焦俞柳甘祝尚舒阮柯纪梅童凌季裴霍涂苗谷盛翁冉骆蓝游辛靳柴蒙鲍华喻祁蒲房滕屈饶牟艾尤穆司卓古吉缪简麦褚娄窦戚岑景晏席米柏瞿桂佟臧闵苟邬卞栾隋刁巫寇桑郎甄虞敖巩佘苑邝孔高常';
export const COMPOUND_SURNAMES = '欧阳|司马|上官|诸葛|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯';

/** Everyday words that begin with a family name. */
export const HAN_WORDS =
  /^(?:王[牌国者]|杨树|郑[重州]|徐州|孙子|朱红|韩[国语]|孔[径洞]|高[级峰温度效]|常[见规用驻]|方[案便面法式向括形]|安[全装排静卓]|白[天色板名]|金[额属融]|马[上达路]|黄[金色]|关[闭于键注系联]|温[度室]|项目|于是|周[期末报会围年]|万[元张个]|文[档件章字]|任[务何]|程[序度]|曾经|余[额下]|席位|华[为东北南]|游[戏客]|简[化单]|房[间租]|谷[歌值]|龙头|雷达|夏[天季]|季[度节]|章节|申[请报]|尚未|段落|顾[客问]|严[重格]|孔径|柴油|司机|纪[要录]|付[款费]|叶片|石油|江[北南]|施[工行]|齐全|康复|古老|米饭|许[可多]|林[区业]|田[间地]|牛奶|钱包|毛[利病]|董事|何[时]|陆续|路由|钟[后前头]|盛[大况]|苏醒)/u;
