/**
 * How pages look: light and dark, wide and narrow, on paper. The policy of a page allows this one
 * style by its hash, so there are no others, and none on elements.
 */
export const style = `
:root{color-scheme:light dark;
--paper:#fdfdfc;--panel:#f4f5f6;--ink:#1b2430;--soft:#55606e;--line:#dfe3e8;--accent:#0b57a4;
--good:#14653a;--good-back:#e7f4ec;--bad:#a1261a;--bad-back:#fcecea;--warn:#7a4d00;--warn-back:#fdf2d9;
--bar:#8fb4dc;--c0:#0072b2;--c1:#c24e00;--c2:#00805c;--c3:#a34b82;--c4:#5c5f00;--c5:#5b4bb5;--c6:#8a5a2b;--c7:#44546a}
@media(prefers-color-scheme:dark){:root{
--paper:#11161d;--panel:#1a212a;--ink:#e5e9ee;--soft:#a2adba;--line:#2d3641;--accent:#84bbff;
--good:#83dca5;--good-back:#14301f;--bad:#ff9f94;--bad-back:#3a1a17;--warn:#f0c56f;--warn-back:#332810;
--bar:#3f6796;--c0:#56b4e9;--c1:#f0a04b;--c2:#4fd1a5;--c3:#e29ac4;--c4:#e6dc5a;--c5:#b3a6ff;--c6:#d9ab7c;--c7:#b8c4d2}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
main,footer{max-width:72rem;margin:0 auto;padding:0 1.25rem}
main{padding-top:2.5rem}
footer{padding-top:1rem;padding-bottom:3rem;color:var(--soft);font-size:.875rem}
section{margin:3rem 0}
h1{font-size:2rem;line-height:1.15;margin:.25rem 0 .5rem;letter-spacing:-.015em;text-wrap:balance}
h2{font-size:1.25rem;line-height:1.3;margin:0 0 1rem;padding-bottom:.4rem;border-bottom:1px solid var(--line)}
h3{font-size:1rem;line-height:1.4;margin:1.5rem 0 .25rem}
h4{font-size:.9375rem;margin:1.25rem 0 .25rem}
p{margin:.5rem 0;max-width:46rem}
small{font-size:.8125rem;color:var(--soft)}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
code{font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
pre{white-space:pre-wrap}
figure{margin:1.5rem 0}
figcaption h3{margin-top:0}
figcaption p{margin-top:0;color:var(--soft);font-size:.9375rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem;z-index:2}
.kicker,.soft,.axis-names,.legend{color:var(--soft);font-size:.875rem}
.kicker{margin:0}
.lead{font-size:1.125rem;color:var(--soft);margin:0}
.lines{white-space:pre-line}
.mark{font-weight:700;font-family:ui-monospace,Menlo,Consolas,monospace}
.good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}
.outcome{display:flex;gap:.75rem;align-items:baseline;margin:1.5rem 0;padding:.9rem 1.1rem;border-radius:.5rem;border-left:5px solid;max-width:none}
.outcome .mark{font-size:1.5rem;line-height:1}
.outcome.good{background:var(--good-back)}.outcome.bad{background:var(--bad-back)}.outcome.warn{background:var(--warn-back)}
.strategies{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.75rem 1.5rem;margin:0}
.strategies dt{font-weight:600}
.strategies dd{margin:0;font-size:.9375rem}
.strategies small{display:block}
.scroll{overflow-x:auto;margin:0 -1.25rem;padding:0 1.25rem}
table{border-collapse:collapse;width:100%;font-size:.9375rem;font-variant-numeric:tabular-nums}
th,td{padding:.5rem .55rem;text-align:right;border-bottom:1px solid var(--line);vertical-align:top;white-space:nowrap}
th:first-child,td:first-child{padding-left:0}
th.left,td.left{text-align:left}
thead th{font-weight:500;color:var(--soft);font-size:.8125rem;vertical-align:bottom}
tbody th{font-weight:600}
.matrix th,.matrix td{white-space:normal;min-width:7.5rem;overflow-wrap:break-word}
.matrix tbody th{min-width:9rem}
.verdict{font-weight:600;white-space:normal;display:inline-block;min-width:7rem}
.verdict small{display:block;font-weight:400;color:inherit}
.bar{display:block;width:100%;min-width:3rem;height:4px;margin-top:.25rem}
.bar rect{fill:var(--bar)}
.story{margin:0 0 1.5rem}
.broken{padding:.75rem 1rem;margin:.5rem 0;border-left:4px solid var(--bad);background:var(--bad-back);border-radius:.25rem;color:var(--ink)}
.broken>p:first-child{margin-top:0}
.broken .mark{color:var(--bad)}
.broken code,.warn code,.soft code{color:var(--soft)}
.broken small{color:var(--soft)}
.broken .soft{color:var(--soft)}
blockquote{margin:.5rem 0 0;padding:0}
blockquote .label{font-size:.75rem;text-transform:uppercase;letter-spacing:.06em;color:var(--soft)}
blockquote p{margin:.15rem 0;max-width:60rem}
details{margin:.5rem 0}
summary{cursor:pointer;padding:.25rem 0;font-weight:500}
.rules{list-style:none;padding:0 0 0 1rem;margin:.25rem 0 1rem;font-size:.9375rem}
.rules code,.broken>p code{display:inline-block;max-width:100%}
.rules li{padding:.2rem 0}
.rules code{color:var(--soft);font-size:.8125em}
.rules .held .mark{color:var(--good)}.rules .broken{background:none;border:0;padding:.2rem 0;margin:0}.rules .open{color:var(--soft)}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.25rem;margin:0;font-size:.9375rem}
.facts dt{color:var(--soft);grid-column:1}
.facts dd{margin:0;grid-column:2}
.lanes,.steps li{display:grid;column-gap:1rem}
.of-1.lanes,.of-1 li{grid-template-columns:5.5rem 1fr}
.of-2.lanes,.of-2 li{grid-template-columns:5.5rem 1fr 1fr}
.of-3.lanes,.of-3 li{grid-template-columns:2rem 1fr 1fr 1fr}
.of-4.lanes,.of-4 li{grid-template-columns:2rem 1fr 1fr 1fr 1fr}
.lanes{position:sticky;top:0;background:var(--paper);padding:.5rem 0;border-bottom:2px solid var(--line);z-index:1}
.steps{list-style:none;margin:0;padding:0}
.steps li{padding:.15rem 0}
.steps .time,.lanes .time{color:var(--soft);font-size:.8125rem;font-variant-numeric:tabular-nums;padding-top:.35rem}
.said{padding:.35rem .65rem;border-left:3px solid var(--c0);background:var(--panel);border-radius:0 .25rem .25rem 0;font-size:.9375rem}
.lane-0 .said,.lane-0{--lane:var(--c0)}.lane-1 .said{border-color:var(--c1)}.lane-2 .said{border-color:var(--c2)}.lane-3 .said{border-color:var(--c3)}
.lane-0 .said{grid-column:2}.lane-1 .said{grid-column:3}.lane-2 .said{grid-column:4}.lane-3 .said{grid-column:5}
.lanes .lane:nth-child(2){border-left:3px solid var(--c0);padding-left:.65rem}.lanes .lane:nth-child(3){border-left:3px solid var(--c1);padding-left:.65rem}
.lanes .lane:nth-child(4){border-left:3px solid var(--c2);padding-left:.65rem}.lanes .lane:nth-child(5){border-left:3px solid var(--c3);padding-left:.65rem}
.said code,.said .more{display:block}
.said .more{color:var(--soft);font-size:.875rem}
.said .more.fails{color:var(--bad)}.said .more.waits{color:var(--warn)}
.refused .more{color:var(--bad)}
.who{display:none;font-size:.8125rem}
.all .said{grid-column:2/-1;background:none;border:0;padding:.1rem .65rem}
.seen .said{color:var(--soft);border-left:3px dotted var(--soft)}
.moment .said,.end.moment{background:var(--bad-back);border-left:5px solid var(--bad);padding:.75rem 1rem;font-weight:500;max-width:none}
.end.held{background:var(--good-back);border-left:5px solid var(--good);padding:.75rem 1rem;max-width:none}
.track{display:grid;grid-template-columns:11rem 1fr 9.5rem;gap:.75rem;align-items:end;font-size:.875rem;padding:.15rem 0}
.track .name{text-align:right;line-height:1.25}
.track .note{color:var(--soft)}
.levels{width:100%;height:2.5rem;border-bottom:1px solid var(--line);display:block}
.levels path{fill:var(--c0)}
.levels.bad path{fill:var(--bad)}
.levels.states{height:1.75rem}.levels.states path{fill:var(--c3)}
.spans,.phases{width:100%;height:20px;display:block}
.spans rect{fill:var(--c1)}.spans .ok{fill:var(--c0)}.spans .dead{fill:var(--bad)}.spans .span{fill:var(--c7)}
.phases line{stroke:var(--soft)}.phases text{fill:var(--soft);font-size:12px}
.ends{display:flex;justify-content:space-between;color:var(--soft)}
.phase-names{columns:2 16rem;margin:.25rem 0 0 11.75rem;padding-left:1.25rem;font-size:.875rem;color:var(--soft)}
.legend{margin:.1rem 0 .5rem 11.75rem;max-width:none}
.legend span{margin-right:1rem}
.keys{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;padding:0;margin:.75rem 0;font-size:.9375rem}
.key{width:2rem;height:.5rem;vertical-align:middle;margin-right:.5rem}
.plot{width:100%;height:20rem;display:block;background:var(--panel);border-radius:.5rem;overflow:hidden}
.plot text,.percentiles text{fill:var(--soft);font-size:12px}
.plot text{paint-order:stroke;stroke:var(--panel);stroke-width:4px}
.percentiles{width:100%;height:1.25rem;display:block}
.grid{stroke:var(--line);fill:none;vector-effect:non-scaling-stroke}
.line{fill:none;stroke-width:2.5;stroke-linejoin:round;vector-effect:non-scaling-stroke}
.band{stroke:none;fill-opacity:.14}
${Array.from({ length: 8 }, (_, at) => `.line.side-${at}{stroke:var(--c${at})}.band.side-${at}{fill:var(--c${at})}`).join('')}
.line.side-1,.line.side-5{stroke-dasharray:9 4}.line.side-2,.line.side-6{stroke-dasharray:2 4}.line.side-3,.line.side-7{stroke-dasharray:10 3 2 3}
.services{width:100%;min-width:44rem;display:block;font-size:13px}
.services text{fill:var(--ink)}
.services .lane{font-weight:600}.services .life{stroke:var(--line)}
.services line.asks,.services line.answers,.services line.tells{stroke:var(--c0);stroke-width:1.5}
.services line.answers{stroke-dasharray:5 4}.services line.tells{stroke:var(--c1)}
.services .arrow{fill:var(--ink)}.services .does{font-weight:500}.services text.bad{fill:var(--bad)}
.plain{font-size:.875rem}
.spans-of{list-style:none;padding:0;margin:1rem 0}.spans-of .track{grid-template-columns:22rem 1fr 6rem}.spans-of .name{text-align:left}
${Array.from({ length: 7 }, (_, at) => `.deep-${at} .name{padding-left:${at}rem}`).join('')}
progress{width:100%;accent-color:var(--accent)}
.top{border-bottom:1px solid var(--line);background:var(--panel)}
.top ul{max-width:72rem;margin:0 auto;padding:.5rem 1.25rem;list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
.top a{color:var(--ink);text-decoration:none;display:inline-block;padding:.25rem 0}.top a:hover{text-decoration:underline}
.top [aria-current]{font-weight:700;border-bottom:2px solid var(--accent)}
.top .last{margin-left:auto}
button,.button,input,select{font:inherit;color:inherit;border:1px solid var(--soft);border-radius:.375rem;background:var(--paper);padding:.4rem .8rem;min-height:2.5rem}
button,.button{cursor:pointer}
button.main{background:var(--accent);color:var(--paper);border-color:var(--accent);font-weight:600}
button.tick{min-height:1.9rem;padding:.1rem .6rem;font-size:.875rem}
form.fields{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:1rem 1.5rem;align-items:start}
form.fields button{align-self:center}
input[type=checkbox]{min-height:0;width:1.1rem;height:1.1rem;vertical-align:text-bottom}
form.fields label,form.filter label{display:block;font-size:.875rem}
form.fields input:not([type=checkbox]),form.fields select{width:100%;margin-top:.2rem}
form.fields small{display:block}
fieldset{border:1px solid var(--line);border-radius:.375rem;display:flex;flex-wrap:wrap;gap:.25rem 1rem;flex-basis:100%}
form.filter label{max-width:100%}form.filter select{max-width:100%}
form.filter{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;margin:1rem 0}
form.inline{display:inline}
.items{list-style:none;padding:0;margin:.25rem 0 1.25rem}
.items li{display:flex;gap:.75rem;align-items:baseline;padding:.3rem 0;border-bottom:1px solid var(--line)}
.items .what{flex:1}
.items .now{font-weight:600}
.prose{max-width:46rem}
.prose h2{margin-top:2.25rem}.prose>h2:first-child{margin-top:0}
.prose td{white-space:normal}
.prose th,.prose td{overflow-wrap:normal}
.prose td .word{white-space:nowrap}
pre{background:var(--panel);padding:.75rem 1rem;border-radius:.375rem;overflow:auto;font-size:.875rem}
.log{max-height:22rem}
.numbers{display:flex;flex-wrap:wrap;gap:1rem 2.5rem;margin:1rem 0;padding:0;list-style:none}
.numbers b{display:block;font-size:1.75rem;line-height:1.2;font-variant-numeric:tabular-nums}
.lines-of{list-style:none;padding:0;margin:0;font-size:.9375rem}
[hidden]{display:none!important}
@media(max-width:44rem){
main{padding-top:1.25rem}h1{font-size:1.5rem}section{margin:2.25rem 0}
.facts{grid-template-columns:1fr}.facts dd{grid-column:1}.facts dt{margin-top:.5rem}
.track{grid-template-columns:1fr auto}.track .name{text-align:left;grid-row:1}.track .note{grid-row:1;grid-column:2}
.spans-of .track{grid-template-columns:1fr auto}.track>svg,.track>.ends{grid-column:1/-1}.phase-names,.legend{margin-left:0}
.interleaving .lanes{display:none}
.interleaving .steps li{grid-template-columns:1fr!important;padding:.2rem 0}
.interleaving .said{grid-column:1!important}.who{display:block}
.interleaving .steps .time{padding:0 0 0 .65rem}
.lane-1 .said,.lane-1 .time,.lane-2 .said,.lane-2 .time,.lane-3 .said,.lane-3 .time{margin-left:1.5rem}
.plot{height:16rem}
}
@media print{.scroll{overflow:visible}.lanes{position:static}body{font-size:.875rem}}
`;
