import type { Words } from './en.ts';

export const ko: Words = {
  answered: '답을 찾았습니다',
  related: '관련 구절이며 답은 아닙니다',
  notInSources: '기사에 없습니다',
  nearest: '가장 가까운 구절입니다. 답은 아닙니다.',
  noQuotes: '가까운 구절이 없습니다.',
  sure: (percent) => `확신도 ${percent}%`,
  kinds: { headline: '제목', dateline: '발신지', body: '', caption: '사진 설명', credit: '출처', noise: '' },
  link: '원문',
  inFile: (count) => `너무 길어 여기에 보일 수 없는 인용문 ${count}개는 파일에 있습니다.`,
  cannotAttach: (count) => `인용문 ${count}개는 너무 길고, 여기에는 파일을 첨부할 수 없습니다.`,
  sharedBy: (user) => `${user} 님이 공유함`,

  context: '문맥',
  moreQuotes: '인용문 더 보기',
  why: '왜 이것인가요?',
  share: '공유',
  dismiss: '닫기',
  earlier: '앞으로',
  later: '뒤로',

  whyTitle: '왜 이 구절인가요?',
  whyIntro:
    '기사의 모든 문장을 질문과 비교합니다. 함께 쓰인 단어와 의미를 봅니다(모델이 둘을 방향으로 바꿉니다. 1은 같은 방향, 0은 무관함). 기계가 쓴 글은 없습니다.',
  whyWords: (words) => `찾은 단어: ${words}`,
  whyNoWords: '질문의 단어가 없습니다',
  whyCloseness: (closeness) => `의미의 가까움: ${closeness}`,

  emptyTitle: '무엇이든 물어보세요',
  emptyBody: '저를 멘션하고 질문하거나 /ask 를 쓰세요. 기사의 원문으로만 답합니다. 예:',
  tooLong: (length, most) => `질문이 ${length}자입니다. ${most}자까지 받습니다. 짧게 다시 물어봐 주세요.`,
  wait: (seconds) => `빠르시네요! ${seconds}초 후에 다시 물어봐 주세요.`,
  waitServer: (seconds) => `지금 질문하는 사람이 많습니다. ${seconds}초 후에 다시 물어봐 주세요.`,
  indexChanged: '그 사이에 기사가 바뀌었습니다. 다시 물어봐 주세요.',
  expired: '이 버튼은 더 이상 쓸 수 없습니다. 다시 물어봐 주세요.',
  notYours: '질문한 사람이나 관리자만 닫을 수 있습니다.',
  failed: (id) => `문제가 생겨 ${id} 번호로 기록했습니다. 다시 시도해 주세요.`,
  cannotAnswer: (reason) => `지금은 기사를 인용할 수 없습니다: ${reason}`,
  unknownSeed: '그런 기사는 없습니다. /seeds 로 목록을 볼 수 있습니다.',
  stopping: '곧 다시 시작합니다. 잠시 후에 다시 물어봐 주세요.',

  foundExactly: (count, phrase) =>
    count === 0 ? `“${phrase}”: 글자 그대로는 없습니다` : `“${phrase}”: ${count}번 나옵니다`,
  foundByMeaning: (phrase) => `“${phrase}”와 의미가 가까운 문장`,
  firstShown: (count) => `처음 ${count}개를 보여 줍니다.`,
  byMeaning: '의미로',
  wordForWord: '글자 그대로',
  nothingToFind: '찾을 글이 없습니다.',

  chooseSeed: '기사가 여럿입니다. seed: 로 하나를 골라 주세요.',
  noParagraph: (last) => `그런 문단은 없습니다. 1부터 ${last}까지 있습니다.`,
  paragraphOf: (paragraph, last) => `${last}개 중 ${paragraph}번째 문단`,

  verdictExact: (places) =>
    places === 1 ? '기사에 글자 그대로 있습니다' : `기사에 글자 그대로 ${places}번 있습니다`,
  verdictOmission: '점이 있는 곳에 빠진 말이 있습니다. 전체 구절은 다음과 같습니다.',
  verdictAltered: '바뀌었습니다: 기사의 말과 다릅니다',
  verdictStitched: '함께 있지 않은 조각들을 이어 붙였습니다',
  verdictAbsent: '기사에 없습니다',
  changed: (from, to) => `기사: “${from}” → 주장: “${to}”`,
  leftOut: (from) => `빠짐: “${from}”`,
  putIn: (to) => `덧붙임: “${to}”`,
  moreChanges: (count) => `그 밖에 ${count}개`,

  checkTitle: '기사와 대조한 결과',
  checkNote: '말만 비교합니다. “뒷받침됨”은 그 문장이 기사에 있다는 뜻입니다.',
  supported: '이 인용문이 뒷받침함',
  relatedTo: '관련 있음',
  notMentioned: '언급 없음',
  checkedSome: (checked, all) => `${all}문장 중 처음 ${checked}문장을 확인했습니다.`,
  nothingToCheck: '그 메시지에는 확인할 문장이 없습니다.',

  seedsTitle: (count) => `기사 ${count}개`,
  seedLine: (sentences, when) => `${sentences}문장 · 색인 ${when}`,
  moreSeeds: (count) => `그 밖에 ${count}개`,

  aboutTitle: 'liaison 소개',
  aboutBody: (version, model) =>
    `버전 ${version}. 답은 기사에서 글자 그대로 따온 인용문이며, 글을 만들어 내지 않습니다. 검색 모델: ${model}.`,
  aboutIndex: (articles, sentences, generation, when) =>
    `색인 ${generation}: 기사 ${articles}개, ${sentences}문장, ${when}.`,
  aboutStored: '사용자에 대해 저장하는 것: 없음.',

  helpTitle: '할 수 있는 일',
  helpLines: [
    '저를 멘션하거나, 다이렉트 메시지를 보내거나, 제 답에 답장해 이어서 물어보세요.',
    '/ask 질문 · /find 찾기 · /read 문단 읽기 · /verify 인용문 확인',
    '/seeds 기사 목록 · /about 정보',
    '메시지 메뉴 → 앱 → “기사와 대조하기” 또는 “기사에서 찾기”',
  ],

  adminsOnly: '서버를 관리하는 사람만 쓸 수 있습니다.',
  statusTitle: '상태',
  statusLines: (s) => [
    `가동 ${s.upMinutes}분 · 게이트웨이 ${s.pingMs} ms · 서버 ${s.servers}개 · ${s.memoryMb} MB`,
    `처리한 요청 ${s.done}개 · 처리 중 ${s.inHand}개${s.rebuilding ? ' · 색인을 다시 만드는 중' : ''}`,
  ],
  reembedStarted: '색인을 다시 만들고 있습니다. 그동안은 지금 색인으로 답합니다.',
  reembedJoined: '이미 색인을 다시 만들고 있습니다. 끝나면 알려 드립니다.',
  reembedDone: (r) =>
    `색인을 다시 만들었습니다: 추가 ${r.added}, 갱신 ${r.updated}, 삭제 ${r.removed}, 그대로 ${r.unchanged}, ${r.seconds}초.`,
  channelEverywhere: '이 서버의 모든 곳에서 멘션에 답합니다.',
  channelNowhere: '이 서버에서는 멘션에 답하지 않습니다. 명령어는 쓸 수 있습니다.',
  channelListed: (places) => `멘션에 답하는 곳: ${places}`,
  channelListFull: (most) => `${most}곳까지 넣을 수 있습니다.`,
};
