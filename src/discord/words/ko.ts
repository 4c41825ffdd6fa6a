import { commandsIn } from './command-names.ts';
import { dateIn, moment } from './dates.ts';
import type { Words } from './en.ts';
import { REBUILDING } from './rebuilding.ts';
import { SEED_CHANGES } from './seed-changes.ts';

const use = commandsIn('ko');

export const ko: Words = {
  answered: '답을 찾았습니다',
  related: '관련 구절입니다 (답은 아닙니다)',
  notInSources: '기사에 없습니다',
  further: '그 밖의 구절:',
  nearest: '아래는 가장 가까운 구절이며, 답은 아닙니다.',
  noQuotes: '가까운 구절이 없습니다.',
  sure: (percent) => `확신도 ${percent}%`,
  foreign: '영어 질문이 아닌 것 같습니다. 모델은 영어만 읽으므로 이름, 숫자, 단어로만 검색했습니다.',
  date: dateIn('ko'),
  kinds: { headline: '제목', dateline: '날짜', body: '', caption: '사진 설명', credit: '제공', noise: '' },
  link: '원문',
  inFile: (count) => `너무 길어 여기에 표시할 수 없는 구절 ${count}개는 파일에 있습니다.`,
  cannotAttach: (count) => `구절 ${count}개는 너무 길어 표시할 수 없고, 여기에는 파일도 첨부할 수 없습니다.`,
  sharedBy: (user) => `${user} 님이 공유함`,

  context: '문맥',
  moreQuotes: '인용문 더 보기',
  quotesOf: (first, last, all) => `인용문 ${all}개 중 ${first === last ? first : `${first}~${last}`}번째`,
  why: '왜 이 구절인가요?',
  share: '공유',
  dismiss: '닫기',
  earlier: '이전',
  later: '다음',

  whyTitle: '왜 이 구절인가요?',
  whyIntro:
    '기사의 모든 문장을 질문과 비교합니다. 겹치는 단어를 보고, 검색 모델로 의미가 얼마나 가까운지도 잽니다(1은 같음, 0은 무관함). 모델은 글을 쓰지 않습니다.',
  whyWords: (words) => `겹치는 단어: ${words}`,
  whyNoWords: '질문과 겹치는 단어가 없습니다',
  whyCloseness: (closeness) => `의미의 가까운 정도: ${closeness}`,

  emptyTitle: '무엇이든 물어보세요',
  emptyBody: `저를 멘션하며 질문하거나 ${use.ask} 명령어를 써 보세요. 기사의 원문으로만 답합니다. 예:`,
  emptyMore: `${use.help} 명령어로 할 수 있는 일을 모두 볼 수 있습니다.`,
  tooLong: (length, most) => `질문이 ${length}자입니다. ${most}자까지 받습니다. 더 짧게 물어봐 주세요.`,
  wait: (seconds) => `빠르시네요! ${seconds}초 후에 다시 물어봐 주세요.`,
  waitServer: (seconds) => `지금 질문하는 사람이 많습니다. ${seconds}초 후에 다시 물어봐 주세요.`,
  indexChanged: '그 사이에 기사가 바뀌었습니다. 다시 물어봐 주세요.',
  expired: '이 버튼은 더 이상 쓸 수 없습니다. 다시 물어봐 주세요.',
  notYours: '질문한 사람과 관리자만 닫을 수 있습니다.',
  failed: (id) => `문제가 생겨 ${id} 번호로 기록했습니다. 다시 시도해 주세요.`,
  cannotAnswer: (reason) => `지금은 기사를 인용할 수 없습니다: ${reason}`,
  articleChanged: (title) =>
    `“${title}” 기사가 색인을 만든 뒤 바뀌었습니다. 관리자가 ${use.reembed} 명령을 쓰면 됩니다.`,
  unknownSeed: `그런 기사는 없습니다. ${use.seeds} 명령어로 목록을 볼 수 있습니다.`,
  stopping: '곧 재시작합니다. 잠시 후에 다시 물어봐 주세요.',

  foundExactly: (count) =>
    count === 0 ? '글자 그대로는 나오지 않습니다' : `글자 그대로 ${count}번 나옵니다`,
  foundByMeaning: '의미가 가까운 문장',
  firstShown: (count) => `처음 ${count}개만 표시합니다.`,
  byMeaning: '의미로 찾기',
  wordForWord: '글자 그대로 찾기',
  nothingToFind: '찾을 글이 없습니다.',

  chooseSeed: '기사가 여러 개입니다. ‘기사’ 옵션에서 하나를 골라 주세요.',
  noParagraph: (last) => `그런 문단은 없습니다. 번호는 1부터 ${last}까지입니다.`,
  paragraphOf: (paragraph, last) => `문단 ${paragraph}/${last}`,

  verdictExact: (places) =>
    places === 1 ? '기사에 글자 그대로 있습니다' : `기사에 글자 그대로 ${places}번 나옵니다`,
  verdictOmission: '줄임표 자리에 빠진 말이 있습니다. 전체 구절은 다음과 같습니다.',
  verdictAltered: '기사의 표현과 다릅니다',
  redline: '취소선: 기사에 없는 말. 굵은 글씨: 기사에는 있으나 인용에서 빠진 말.',
  verdictStitched: '서로 떨어진 구절을 이어 붙인 것입니다',
  verdictAbsent: '기사에 없는 문구입니다',
  changed: (from, to) => `인용 “${to}” → 기사 “${from}”`,
  leftOut: (from) => `빠진 말: “${from}”`,
  putIn: (to) => `덧붙인 말: “${to}”`,
  moreChanges: (count) => `그 밖에 ${count}개`,

  checkTitle: '기사와 대조한 결과',
  checkNote:
    '글자만 비교합니다. ‘뒷받침함’은 그 문장이 기사에 그대로 있다는 뜻이고, ‘관련 있음’은 기사에서 그 일을 다룬다는 뜻일 뿐 내용은 다를 수 있습니다.',
  supported: '이 인용문이 뒷받침함',
  relatedTo: '관련 있음',
  notMentioned: '언급 없음',
  checkedSome: (checked, all) => `${all}개 문장 중 처음 ${checked}개를 확인했습니다.`,
  nothingToCheck: '그 메시지에는 확인할 문장이 없습니다.',

  articles: (count) => `기사 ${count}개`,
  sentences: (count) => `문장 ${count}개`,
  embedded: (when) => `색인 시각: ${when}`,
  moreSeeds: (count) => `외 ${count}개`,

  aboutTitle: 'liaison 소개',
  aboutBody: (version, model) =>
    `버전 ${version}. 답은 기사에서 글자 그대로 따온 인용문이며, 글을 만들어 내지 않습니다. 검색 모델: ${model}.`,
  aboutIndex: (articles, sentences, generation, builtAt) =>
    `색인 ${generation}: 기사 ${articles}개, 문장 ${sentences}개, ${moment(builtAt)} 작성.`,
  aboutStored: '사용자에 대해 저장하는 정보: 없음. 기사를 바꾼 사람의 ID만 기록합니다.',

  helpTitle: '할 수 있는 일',
  helpLines: [
    '저를 멘션하거나, 다이렉트 메시지를 보내거나, 제 답에 답장해 이어서 물어보세요',
    `**${use.ask}** 질문에 답합니다`,
    `**${use.find}** 단어나 구절이 나오는 곳, 또는 의미가 가까운 문장을 찾습니다`,
    `**${use.read}** 문단을 보여 줍니다`,
    `**${use.verify}** 인용문이 기사에 있는지 확인합니다`,
    `**${use.seeds}** 기사 목록, **${use.about}** 이 봇에 대한 정보`,
    `메시지에서: 앱 → **${use.checkMenu}** 또는 **${use.findMenu}**`,
  ],

  helpAdmins: `서버 관리자용: **${use.status}**, **${use.reembed}**, **${use.rollback}**, **${use.channel}**`,

  adminsOnly: '서버를 관리하는 사람만 쓸 수 있습니다.',
  statusTitle: '상태',
  statusLines: (s) => [
    `가동 ${s.upMinutes}분 · 게이트웨이 ${s.pingMs} ms · 서버 ${s.servers}개 · ${s.memoryMb} MB`,
    `처리한 요청 ${s.done}개 · 처리 중 ${s.inHand}개${s.rebuilding ? ' · 색인을 다시 만드는 중' : ''}`,
    ...(s.shards > 1 ? [`샤드 ${s.shards}개 중 ${s.liveShards}개 연결됨`] : []),
  ],
  reembedStarted: '색인을 다시 만들고 있습니다. 그동안은 지금 색인으로 답합니다.',
  reembedJoined: '이미 색인을 다시 만들고 있습니다. 끝나면 알려 드립니다.',
  rebuilding: REBUILDING.ko,
  channelEverywhere: '이 서버의 모든 곳에서 멘션에 답합니다.',
  channelNowhere: '이 서버에서는 멘션에 답하지 않습니다. 명령어는 쓸 수 있습니다.',
  channelListed: (places) => `멘션에 답하는 곳: ${places}`,
  channelListFull: (most) => `${most}곳까지 넣을 수 있습니다.`,

  changes: SEED_CHANGES.ko,
};
