import type { Outcome } from '../../answering/answer.ts';
import type { LastRun } from '../../answering/last-run.ts';
import { moment } from './dates.ts';

/** `3 articles`, `1 article` */
function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What changed in a rebuild, in articles. */
interface Changes {
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
  readonly unchanged: number;
}

const en = {
  title: 'Rebuilding the index',
  stillAnswers: 'The present index answers meanwhile.',
  waiting: 'Waiting to begin',
  read: (articles: number) => `Read: ${counted(articles, 'article')}`,
  chunked: (texts: number, fresh: number) => `Cut: ${counted(texts, 'text')}, ${fresh} to embed`,
  embedded: (done: number, all: number) => `Embedded: ${done}/${all}`,
  left: (seconds: number) =>
    seconds < 90 ? `about ${Math.ceil(seconds)} s left` : `about ${Math.round(seconds / 60)} min left`,
  checking: 'Verifying, and asking the golden questions',
  verified: (questions: number) => `Verified: ${counted(questions, 'golden question')} asked`,
  cancel: 'Cancel',
  cancelling: 'It is being cancelled.',
  over: 'That rebuild is over.',
  done: 'The index is rebuilt',
  upToDate: 'The index was up to date; nothing had to be rebuilt.',
  changes: (c: Changes) =>
    `${c.added} added, ${c.updated} updated, ${c.removed} removed, ${c.unchanged} unchanged`,
  embeddedIn: (texts: number, seconds: string) => `${counted(texts, 'text')} embedded, in ${seconds} s`,
  golden: (asked: number, worse: number) =>
    asked === 0
      ? 'There are no golden questions: no article has examples.'
      : `${counted(asked, 'golden question')} asked, ${worse === 0 ? 'none' : worse} answered worse than before`,
  cancelled: (kept: number) =>
    `The rebuild was cancelled; the index is as it was.${kept === 0 ? '' : ` What was embedded, ${counted(kept, 'text')}, is kept for the next one.`}`,
  failed: (reason: string) => `The rebuild failed; the index is as it was. ${reason}`,
  held: 'Not published',
  heldWhy: (worse: number, asked: number) =>
    `The new index answers ${worse} of ${counted(asked, 'golden question')} worse. The one before goes on answering.`,
  before: 'before',
  after: 'now',
  outcomes: {
    answered: 'answered',
    related: 'related passages only',
    'not-in-sources': 'not in the articles',
  } as Record<Outcome, string>,
  moreWorse: (count: number) => `and ${count} more`,
  publish: 'Publish anyway',
  discard: 'Discard',
  published: (generation: string) => `Published anyway: generation ${generation} answers now.`,
  discarded: 'Discarded; the index before goes on answering.',
  gone: 'That index is gone: it was decided about, a newer one was built, or the articles have changed since.',
  progressIn: (link: string) => `Its progress: ${link}`,
  rolledBack: (generation: string) =>
    `Generation ${generation} answers now, until the next rebuild. Articles that came since are left out.`,
  notRolledBack: (reason: string) => `Not rolled back: ${reason}`,
  lastRun: (at: string, what: string) => `Last rebuild ${moment(at)}: ${what}`,
  lastOutcomes: {
    published: 'published',
    unchanged: 'nothing to do',
    held: 'held back, waiting for a decision',
    cancelled: 'cancelled',
    discarded: 'held back and discarded',
    failed: 'failed',
  } as Record<LastRun['outcome'], string>,
  noLastRun: 'No rebuild is known.',
};

export type RebuildingWords = typeof en;

const ko: RebuildingWords = {
  title: '색인을 다시 만드는 중',
  stillAnswers: '그동안은 지금 색인으로 답합니다.',
  waiting: '시작을 기다리는 중',
  read: (articles) => `읽음: 기사 ${articles}개`,
  chunked: (texts, fresh) => `나눔: 글 조각 ${texts}개, 임베딩할 것 ${fresh}개`,
  embedded: (done, all) => `임베딩: ${done}/${all}`,
  left: (seconds) =>
    seconds < 90 ? `약 ${Math.ceil(seconds)}초 남음` : `약 ${Math.round(seconds / 60)}분 남음`,
  checking: '검사하고 기준 질문을 묻는 중',
  verified: (questions) => `검사함: 기준 질문 ${questions}개`,
  cancel: '취소',
  cancelling: '취소하고 있습니다.',
  over: '그 작업은 이미 끝났습니다.',
  done: '색인을 다시 만들었습니다',
  upToDate: '색인이 이미 최신이어서 다시 만들 것이 없었습니다.',
  changes: (c) => `추가 ${c.added}, 갱신 ${c.updated}, 삭제 ${c.removed}, 그대로 ${c.unchanged}`,
  embeddedIn: (texts, seconds) => `글 조각 ${texts}개 임베딩, ${seconds}초`,
  golden: (asked, worse) =>
    asked === 0
      ? '기준 질문이 없습니다. 예시 질문이 있는 기사가 없습니다.'
      : `기준 질문 ${asked}개 가운데 전보다 나빠진 것 ${worse}개`,
  cancelled: (kept) =>
    `색인 다시 만들기를 취소했습니다. 색인은 그대로입니다.${kept === 0 ? '' : ` 이미 임베딩한 글 조각 ${kept}개는 다시 하지 않습니다.`}`,
  failed: (reason) => `색인을 다시 만들지 못했습니다. 색인은 그대로입니다. ${reason}`,
  held: '반영하지 않았습니다',
  heldWhy: (worse, asked) =>
    `새 색인은 기준 질문 ${asked}개 가운데 ${worse}개에 전보다 나쁘게 답합니다. 이전 색인으로 계속 답합니다.`,
  before: '이전',
  after: '지금',
  outcomes: { answered: '답함', related: '관련 구절만', 'not-in-sources': '기사에 없음' },
  moreWorse: (count) => `그 밖에 ${count}개`,
  publish: '그래도 반영',
  discard: '버리기',
  published: (generation) => `그래도 반영했습니다. 이제 ${generation} 세대로 답합니다.`,
  discarded: '버렸습니다. 이전 색인으로 계속 답합니다.',
  gone: '그 색인은 없습니다. 이미 결정되었거나, 더 새 색인이 있거나, 그 뒤로 기사가 바뀌었습니다.',
  progressIn: (link) => `진행 상황: ${link}`,
  rolledBack: (generation) =>
    `다음에 다시 만들 때까지 ${generation} 세대로 답합니다. 그 뒤에 들어온 기사는 빠집니다.`,
  notRolledBack: (reason) => `되돌리지 못했습니다: ${reason}`,
  lastRun: (at, what) => `마지막 작업 ${moment(at)}: ${what}`,
  lastOutcomes: {
    published: '반영함',
    unchanged: '할 일 없음',
    held: '보류, 결정을 기다림',
    cancelled: '취소됨',
    discarded: '보류 뒤 버림',
    failed: '실패',
  },
  noLastRun: '색인을 다시 만든 기록이 없습니다.',
};

const zhCN: RebuildingWords = {
  title: '正在重建索引',
  stillAnswers: '其间仍由现有索引回答。',
  waiting: '等待开始',
  read: (articles) => `已读取：${articles} 篇文章`,
  chunked: (texts, fresh) => `已切分：${texts} 段文字，其中 ${fresh} 段待嵌入`,
  embedded: (done, all) => `已嵌入：${done}/${all}`,
  left: (seconds) =>
    seconds < 90 ? `约剩 ${Math.ceil(seconds)} 秒` : `约剩 ${Math.round(seconds / 60)} 分钟`,
  checking: '正在检验并提出基准问题',
  verified: (questions) => `已检验：${questions} 个基准问题`,
  cancel: '取消',
  cancelling: '正在取消。',
  over: '那次重建已经结束。',
  done: '索引已重建',
  upToDate: '索引已是最新，无需重建。',
  changes: (c) => `新增 ${c.added}，更新 ${c.updated}，移除 ${c.removed}，未变 ${c.unchanged}`,
  embeddedIn: (texts, seconds) => `嵌入 ${texts} 段文字，用时 ${seconds} 秒`,
  golden: (asked, worse) =>
    asked === 0 ? '没有基准问题：没有文章带示例问题。' : `共 ${asked} 个基准问题，比之前答得差的 ${worse} 个`,
  cancelled: (kept) =>
    `已取消重建；索引保持原样。${kept === 0 ? '' : `已嵌入的 ${kept} 段文字下次不必重做。`}`,
  failed: (reason) => `重建失败；索引保持原样。${reason}`,
  held: '未发布',
  heldWhy: (worse, asked) => `新索引对 ${asked} 个基准问题中的 ${worse} 个答得更差。仍由之前的索引回答。`,
  before: '之前',
  after: '现在',
  outcomes: { answered: '已回答', related: '仅有相关段落', 'not-in-sources': '文章中没有' },
  moreWorse: (count) => `另有 ${count} 个`,
  publish: '仍要发布',
  discard: '放弃',
  published: (generation) => `已发布：现在由第 ${generation} 代回答。`,
  discarded: '已放弃；仍由之前的索引回答。',
  gone: '那个索引已不存在：已有决定、已有更新的索引，或文章之后有改动。',
  progressIn: (link) => `进度：${link}`,
  rolledBack: (generation) => `在下次重建之前由第 ${generation} 代回答。之后加入的文章不在其中。`,
  notRolledBack: (reason) => `未能回退：${reason}`,
  lastRun: (at, what) => `上次重建 ${moment(at)}：${what}`,
  lastOutcomes: {
    published: '已发布',
    unchanged: '无需重建',
    held: '已搁置，等待决定',
    cancelled: '已取消',
    discarded: '搁置后已放弃',
    failed: '失败',
  },
  noLastRun: '没有重建记录。',
};

const ja: RebuildingWords = {
  title: '索引を再構築しています',
  stillAnswers: 'その間は今の索引が答えます。',
  waiting: '開始を待っています',
  read: (articles) => `読み込み：記事 ${articles} 件`,
  chunked: (texts, fresh) => `分割：${texts} 件、うち埋め込むもの ${fresh} 件`,
  embedded: (done, all) => `埋め込み：${done}/${all}`,
  left: (seconds) =>
    seconds < 90 ? `残り約 ${Math.ceil(seconds)} 秒` : `残り約 ${Math.round(seconds / 60)} 分`,
  checking: '検査し、基準の質問をしています',
  verified: (questions) => `検査済み：基準の質問 ${questions} 件`,
  cancel: '中止',
  cancelling: '中止しています。',
  over: 'その再構築はもう終わっています。',
  done: '索引を再構築しました',
  upToDate: '索引は最新でした。再構築は不要でした。',
  changes: (c) => `追加 ${c.added}、更新 ${c.updated}、削除 ${c.removed}、変更なし ${c.unchanged}`,
  embeddedIn: (texts, seconds) => `${texts} 件を埋め込み、${seconds} 秒`,
  golden: (asked, worse) =>
    asked === 0
      ? '基準の質問がありません。例の質問を持つ記事がありません。'
      : `基準の質問 ${asked} 件のうち、前より悪くなったもの ${worse} 件`,
  cancelled: (kept) =>
    `再構築を中止しました。索引は元のままです。${kept === 0 ? '' : `埋め込み済みの ${kept} 件は次回やり直しません。`}`,
  failed: (reason) => `再構築に失敗しました。索引は元のままです。${reason}`,
  held: '公開していません',
  heldWhy: (worse, asked) =>
    `新しい索引は、基準の質問 ${asked} 件のうち ${worse} 件で前より答えが悪くなります。前の索引が引き続き答えます。`,
  before: '前',
  after: '今',
  outcomes: { answered: '回答', related: '関連箇所のみ', 'not-in-sources': '記事にない' },
  moreWorse: (count) => `ほか ${count} 件`,
  publish: 'それでも公開',
  discard: '破棄',
  published: (generation) => `公開しました。第 ${generation} 世代が答えます。`,
  discarded: '破棄しました。前の索引が引き続き答えます。',
  gone: 'その索引はもうありません。すでに決められたか、新しい索引ができたか、記事がその後変わりました。',
  progressIn: (link) => `進み具合：${link}`,
  rolledBack: (generation) =>
    `次の再構築まで第 ${generation} 世代が答えます。その後に加わった記事は含まれません。`,
  notRolledBack: (reason) => `元に戻せませんでした：${reason}`,
  lastRun: (at, what) => `前回の再構築 ${moment(at)}：${what}`,
  lastOutcomes: {
    published: '公開済み',
    unchanged: '不要',
    held: '保留中、判断待ち',
    cancelled: '中止',
    discarded: '保留後に破棄',
    failed: '失敗',
  },
  noLastRun: '再構築の記録はありません。',
};

/** Every fixed word about rebuilding the index, by language. */
export const REBUILDING = { en, ko, zhCN, ja };
