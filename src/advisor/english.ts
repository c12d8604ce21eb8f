import { keyOf, stem, tokenize } from './words.js';

/** Words of a question that name no need, no wish and no thing. */
const FILLER = `
able about above across after again all almost along already also always am among and anybody anyone anything anyway
are aren around as ask asked at away back be became because been before behind being below beside besides better between beyond
both box bring build building buy by call called came can care case choice choose choosing come comes could create
current currently day days deal decide decided default depending deploy deployed design did difference different do does doing
done down due during each easily eks either else end enough etc even ever every everyone everything exactly example
existing fast feature few find fine first fit fits fitting five following for forget four from front gave get gets getting
give given gives go goes going good got great had handle happen has have having he hello help her here hey hi him his
hold host hosted hosting how i id if ill im in inside into is it itself ive just keep kind know known large later
launch least let lets like likes likely live long look looking lot lots made mainly make makes making many may maybe me
matter mean means might mine mount mounts mounted reserve reserved month months more most much must my near need needed needing needs new next nice now number of
off often ok okay old on once one ones only onto option options or order other others otherwise our out over own part people per perhaps
pick place planning plan plans please point possible probably project properly provide put question quick quickly
quite rather re really reason require required requirement requirements requires requiring right run runnable running
runs said same say says see seem seems set setting setup several shall she should show simply since single situation
small so solution some somebody someone something soon sort stay still stuff such suggest suit suitable suits support
supported supporting supports sure system take takes team tell than thank thanks that the their them then there they
thing things think this those though three through thus time today together too total toward tried try trying two
under until up upon us use used useful user users uses using usually various ve versus vs version versions very via want wanted
wants was way ways we well went were what whatever when where whether which while who whole whose why will wish with
within work works working would year yes yet you your yours
wed weve youd youve youre theyre theyd thats theres heres lets whats im id ive ill gimme gonna wanna nope true
false correct wrong yo lot mostly except dear folks guys
`;

const stems = (text: string) => new Set(text.trim().split(/\s+/).map(stem));
const phrases = (list: readonly string[]) => new Set(list.map((phrase) => keyOf(tokenize(phrase))));
const words = (text: string) => new Set(text.trim().split(/\s+/));

const fillerStems = stems(FILLER);

/** As in 'g5.2xlarge', where what comes before it says what is needed. */
const INSTANCE_SIZE = /^\d*xlarge$/;

/** True for words that a question may hold without meaning a need. */
export function isFiller(word: string): boolean {
  return fillerStems.has(stem(word)) || /^\d+(\.\d+)*$/.test(word) || INSTANCE_SIZE.test(word);
}

/** Turn what follows round. */
export const NEGATORS =
  words(`no not never without dont doesnt didnt cant cannot couldnt wont wouldnt shouldnt mustnt isnt
  arent wasnt havent hasnt neednt none neither nor avoid avoids avoiding except excluding exclude excludes skip minus
  lacks lacking unable sans refuse forbid hate nothing nobody prevent prevents dislike dislikes`);

/** Negate only the name that follows directly: 'zero idle nodes', 'non-windows'. */
export const PREFIXES = words('zero non');

/** After 'not' they ask to keep what follows: 'we cannot lose SSH'. */
export const LOSSES = words('lose losing lack miss missing sacrifice forgo drop ditch forget omit overlook');
export const LOSS_PHRASES = phrases(['give up', 'giving up', 'part with', 'miss out']);

/** Words after 'no' that pass it on to what they are of: 'no need for', 'no use of'; any other word keeps it. */
export const WANTING =
  words(`need needs use wish want desire demand appetite requirement requirements interest plan plans intention
  reason budget money time room place experience support access permission`);
export const AFTER_NOUN = words('with on in at during while when from');

/** Where a 'prevent' ends and its means begin: 'prevent data loss with EBS'. */
export const MEANS = words('with using via through');

/** Several words that turn what follows round. */
export const NEGATING_PHRASES = phrases([
  'free of',
  'free from',
  'rid of',
  'instead of',
  'rather than',
  'other than',
  'anything but',
  'everything but',
  'all but',
  'tired of',
  'sick of',
  'apart from',
  'opposed to',
  'no longer',
  'no more',
  'freed from',
  'save us from',
  'someone else',
  'somebody else',
  'get away from',
  'move away from',
  'fed up with',
]);

/** Hold a 'not' or a 'no' that turns nothing round. */
export const NEUTRAL_PHRASES = phrases([
  'not only',
  'not just',
  'not sure',
  'no matter',
  'no idea',
  'no doubt',
  'why not',
  'or not',
  'if not',
  'no less than',
  'not less than',
  'no fewer than',
  'nothing but',
  'whether or not',
  'not yet sure',
  'do not know',
  'dont know',
  'not to mention',
  'not decided',
  'not optional',
  'not all',
  'not every',
  'not everything',
  'dont only',
  'do not only',
  'doesnt only',
  'isnt only',
  'dont just',
  'isnt just',
  'no way around',
  'no getting around',
  'no escaping',
  'no alternative',
  'no choice',
  'no other choice',
  'no substitute',
  'nothing else',
  'nothing else than',
  'nothing other than',
  'nothing less than',
  'none other than',
  'not negotiable',
  'not up for debate',
  'no compromise',
  'no discussion',
  'non negotiable',
  'no preference',
  'no question',
]);

/** Say that people take on what follows: 'we do not mind patching'. */
export const ACCEPTING_PHRASES = phrases([
  'dont mind',
  'do not mind',
  'doesnt mind',
  'no problem',
  'no objection',
  'no issue',
  'not afraid of',
  'dont care whether',
  'dont care if',
  'do not care whether',
  'do not care if',
]);

/** Begin a new thought: a 'no' before them does not reach past them, once it has turned something round. */
export const RESETS =
  words(`but however although though yet need needs needed require requires required requiring want
  wants must should with plus have has use uses using instead while whereas still also then run runs running`);

/** After what a 'no' or 'never' has turned round they tell where that is: 'no SSH on Windows nodes'. */
export const ENDS_NO = words('on in for at');

/** After what is spoken of: 'patching must …', where they begin no new thought. */
export const VERBS_OF_SUBJECTS = words('must should has have need needs use uses run runs');

/** Begin a question. */
export const ASKING = words('will does do can could is are must should would has have did');

/** End a 'no' even where nothing has been turned round yet. */
export const HARD_RESETS = words('but however although though whereas instead');

/** After 'not' they turn round what stood before: 'gpu is not needed'. */
export const AFTERTHOUGHTS =
  words(`needed required necessary wanted allowed permitted important essential desired used considered
  mandatory relevant interesting interested option choice must priority requirement concern matter matters count
  counts table cards list menu agenda roadmap job problem responsibility business duty`);

/** Turn round what stood before, by themselves. */
export const REFUSALS = words(
  'unnecessary forbidden prohibited banned disallowed unneeded unwanted irrelevant',
);

export const REFUSAL_PHRASES = phrases([
  'out of scope',
  'off the table',
  'off limits',
  'ruled out',
  'out of the question',
  'no go',
  'can wait',
]);

/** Whose work it is when it is not the people's own. */
export const PROVIDERS = words('aws amazon eks provider vendor');

/** Before AWS, or after it, they say that AWS does what follows: 'let AWS patch', 'AWS should patch'. */
export const LETTING = words(
  'let lets letting have has want wants need like expect rather prefer if that so because where',
);
export const DOING =
  words(`take takes taking handle handles handling should must will can shall could would do does doing look looks
  looking sort sorts sorted deal deals care cares manage manages patch patches patching update updates run runs operate
  operates maintain maintains own owns is be being`);
/** After AWS, they say that AWS does what stood before: 'patching is their job'. */
export const JOBS = words('job jobs problem responsibility duty task business concern side');
/** Say that the work named around them does itself. */
export const AUTOMATIC = words('automatic automatically automated');
export const DELEGATING =
  words(`leave leaves leaving hand handing outsource outsourced outsourcing delegate delegated delegating offload
  offloaded offloading pass passing give giving push pushing shift`);

/** Say of work around them that people want to be free of it: 'too small to patch', 'stop babysitting'. */
export const WEARY = words('too stop quit lazy reluctant outsource offload delegate eliminate');
export const BURDENS = words(
  'pain burden chore chores nightmare toil hassle headache drudgery busywork distraction waste',
);

/** Say that people want something rather than do it. */
export const WANTS = words(
  'want wants need needs require requires like expect should must prefer wish hope love',
);

/** Say that people do it themselves, so that AWS need not. */
export const BY_ONESELF = words(
  'ours ourselves ourself myself oneself yourselves yourself themselves manually',
);

export const BY_ONESELF_PHRASES = phrases([
  'by us',
  'by me',
  'on our side',
  'in house',
  'by hand',
  'our own team',
]);

/** Make a need a wish. */
export const WISHES = words('ideally preferably prefer preferred optional optionally desirable bonus');

export const WISH_PHRASES = phrases([
  'nice to have',
  'if possible',
  'would be nice',
  'would be great',
  'not a must',
  'wouldnt mind',
  'would not mind',
  'where possible',
  'when possible',
  'if feasible',
  'good to have',
]);

/** Verbs that a node type does: 'fargate does not support gpu' says nothing of what is needed. */
export const ABILITIES = words(
  'support supports run runs handle handles offer offers allow allows work works do have',
);

/** People who speak of what they do. */
export const SPEAKERS = words('we i you they us weve wed im ive id');
