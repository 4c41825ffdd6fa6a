function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/u));
}

/** Abbreviations, without their last full stop, that always have more of the sentence after them. */
export const NEVER_LAST = words(`
  Mr Mrs Ms Mx Dr Drs Prof Rev Revd Hon Fr Msgr Messrs Mme Mlle Gen Col Maj Capt Cmdr Cdr Lt Sgt Cpl Pvt Adm
  Gov Sen Sens Rep Reps Pres Supt Insp Amb Atty Lieut Brig Mt vs v e.g eg i.e ie viz cf Cf approx
  Lt.Col Lt.Gen Maj.Gen Brig.Gen a.k.a
`);

/** Abbreviations that end a sentence only where the next word is a clear opening of another one. */
export const SELDOM_LAST = words(`
  St Ste Ft Inc Ltd Co Cos Corp Bros Jr Sr Esq Univ Dept Assn Ave Blvd Rd al Ph.D PhD M.Sc B.Sc Ed.D D.Phil Litt.D
  Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Tue Tues Wed Thu Thur Thurs Fri
  Ala Ariz Ark Calif Colo Conn Fla Ga Ill Kan Ky Mass Md Mich Minn Mont Neb Nev Okla Ore Pa Penn Tenn Tex
  Va Vt Wash Wis Wyo ed eds Eds trans ft lb lbs oz hr hrs esp incl excl lit Lat Gk Heb Skt
`);

/** Abbreviations only where a number follows: `No. 5`, `p. 12`, `c. 1900`; plain words elsewhere. */
export const BEFORE_NUMBER = words(`
  No Nos no nos Vol Vols vol vols p pp Fig Figs fig figs Eq Eqs Ch ch Sec sec Art art Arts Op op Pt pt Bk bk
  Ex Gen Lev Deut Ps Matt Rom Cor Rev Isa Jer para paras c ca C Ca circa b d r m fl est Tel tel ext ver max min
  Rs Sch Cap cap
`);

/** Words that, capitalised after an abbreviation, open a sentence rather than go on with a name. */
export const OPENERS = words(`
  The A An This That These Those He She It They We You I His Her Its Their Our My Your
  In On At By For From With Without To Of As After Before During Since Until While When Whenever Where Why How
  What Who Whose Which If Although Though Because But And Or So Yet Nor Not However Moreover Furthermore
  Therefore Thus Hence Also Then There Here Some Many Most Several Few Each Every Both All Any Other Others
  Another Such One Two Three Four Five Six Seven Eight Nine Ten No Only Even Still Today Now Later Meanwhile
  Despite Unlike Like Under Between Among Through Throughout Within Upon Once According Additionally Finally
  Instead Nevertheless Nonetheless Consequently Subsequently Eventually Currently Originally Initially
  Similarly Likewise Perhaps Much More Less Having Being Did Does Do Is Are Was Were Has Have Had Can Could
  Would Should Will May Following Beginning Including Given Whether Neither Either Rather Indeed Again
  Previously Recently Historically Traditionally Typically Usually Often Sometimes Generally Approximately
  About Nearly Almost Below Above Along Across Against Around Toward Towards Up Out Over Its It's There's
  He's She's That's I'm I've We're They're Early Late
`);

/** What stands after the name in `"Why?" Smith asked.` */
export const SPEECH_VERBS = words(`
  said says asked asks replied replies answered cried shouted wrote writes added exclaimed wondered told
  yelled called demanded responded remarked whispered
`);
