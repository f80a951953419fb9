/// How a report looks: light or dark as the reader's system is, on a telephone, on a screen and on paper.
enum StyleSheet {
  static let text: StaticString = """
    :root { color-scheme: light dark; --paper: #fbfbfa; --card: #fff; --ink: #1b1f24; --soft: #57606a; --line: #d9dce0;
      --well: #f3f4f5; --link: #0a4fa0; --good: #14692d; --bad: #a3161a; --warn: #7a4b00; --plain: #57606a;
      --good-well: #e9f5ec; --bad-well: #fcecec; --warn-well: #fbf2df; --bar: #6a8fb8; }
    @media (prefers-color-scheme: dark) { :root { --paper: #111418; --card: #171b20; --ink: #e6e9ec; --soft: #a0a9b3;
      --line: #30363d; --well: #1f242a; --link: #8fbdf6; --good: #7fd492; --bad: #ff9d9a; --warn: #f0c36d; --plain: #a0a9b3;
      --good-well: #15291b; --bad-well: #331a1b; --warn-well: #2e2614; --bar: #5c83b0; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
    header.page, body > nav, main, footer { max-width: 75rem; margin: 0 auto; padding: 0 1.5rem; }
    .skip { position: absolute; left: -100vw; } .skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem; }
    a { color: var(--link); } :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
    header.page { padding-top: 2rem; } .brand, .eyebrow { margin: 0; font-size: .8rem; letter-spacing: .08em;
      text-transform: uppercase; color: var(--soft); }
    h1 { margin: 0 0 1rem; font-size: 1.1rem; font-weight: 600; } h2 { margin: .2rem 0 .8rem; font-size: 1.7rem; line-height: 1.25; }
    h3 { margin: 2.2rem 0 .6rem; font-size: 1.15rem; padding-top: .9rem; border-top: 1px solid var(--line); }
    h4 { margin: 1rem 0 .3rem; font-size: .95rem; } .exchange h4 { font-size: .75rem; letter-spacing: .06em;
      text-transform: uppercase; color: var(--soft); }
    h1, h2, h4, td, th, dd, dt, p, code, pre, summary, caption { overflow-wrap: anywhere; unicode-bidi: isolate; }
    body > nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: 0 0 1.2rem; padding: 0; list-style: none; }
    .index { margin-bottom: 1.5rem; }
    .run { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.6rem; margin-bottom: 2rem; }
    .verdict, .note { padding: .55rem .9rem; border-radius: 6px; border-left: 4px solid var(--plain); background: var(--well); margin: .6rem 0; }
    .verdict strong { margin-right: .8rem; } .verdict.good strong, .tone.good { color: var(--good); }
    .verdict.bad strong, .tone.bad { color: var(--bad); } .verdict.warn strong, .tone.warn { color: var(--warn); }
    .verdict.good, .note.good { border-color: var(--good); background: var(--good-well); }
    .verdict.bad, .note.bad { border-color: var(--bad); background: var(--bad-well); }
    .verdict.warn, .note.warn { border-color: var(--warn); background: var(--warn-well); }
    tr.good .tone { color: var(--good); } tr.bad .tone { color: var(--bad); } tr.warn .tone { color: var(--warn); }
    .soft, dt, caption { color: var(--soft); } .soft { font-size: .9rem; font-weight: 400; }
    .facts, .chain { margin: 1rem 0 0; } .facts > div, .chain > div { display: grid; grid-template-columns: 11rem 1fr;
      gap: 1rem; padding: .22rem 0; } dd { margin: 0; min-width: 0; }
    table { border-collapse: collapse; width: 100%; margin: .5rem 0; } caption { text-align: left; padding-bottom: .4rem; font-size: .9rem; }
    th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); }
    thead th { font-size: .8rem; font-weight: 600; color: var(--soft); } tbody th { font-weight: 600; }
    .tone, .number { white-space: nowrap; } .number { font-variant-numeric: tabular-nums; }
    .steps .bar { width: 26%; } .bar svg { display: block; margin-top: .45rem; background: var(--well); border-radius: 3px; }
    rect { fill: var(--bar); } tr.bad rect { fill: var(--bad); } tr.warn rect { fill: var(--warn); }
    code, pre { font: .85rem/1.5 ui-monospace, "SF Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; }
    pre { margin: .4rem 0; padding: .7rem .9rem; background: var(--well); border-radius: 6px; white-space: pre-wrap; }
    td p, td pre { margin: .2rem 0 0; }
    details { border: 1px solid var(--line); border-radius: 6px; margin: .4rem 0; padding: 0 .9rem; }
    details[open] { padding-bottom: .7rem; } summary { cursor: pointer; padding: .45rem 0; }
    .diff { padding-left: 0; padding-right: 0; } .diff span { display: block; padding: 0 .9rem; }
    .diff .head, .diff .hunk { color: var(--soft); } .diff .added { background: var(--good-well); color: var(--good); }
    .diff .removed { background: var(--bad-well); color: var(--bad); }
    footer { padding-bottom: 2rem; color: var(--soft); font-size: .9rem; }
    @media (max-width: 640px) {
      header.page, body > nav, main, footer { padding-left: .8rem; padding-right: .8rem; } .run { padding: 1rem .8rem; }
      h2 { font-size: 1.35rem; } .facts > div, .chain > div { grid-template-columns: 1fr; gap: 0; padding: .3rem 0; }
      thead { position: absolute; left: -100vw; } tr { display: block; border-bottom: 1px solid var(--line); padding: .4rem 0; }
      td, th { display: inline; border: 0; padding: 0 .5rem 0 0; } td.text { display: block; padding: 0; } td.bar { display: none; }
    }
    @media print {
      :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --well: #f4f4f4;
        --link: #000; --good: #14692d; --bad: #a3161a; --warn: #7a4b00; --good-well: #eef7f0; --bad-well: #fdf0f0;
        --warn-well: #fcf5e6; --bar: #888; }
      body { font-size: 10pt; print-color-adjust: exact; } body > nav:not(.index), .skip { display: none; }
      header.page, nav, main, footer { max-width: none; padding: 0; }
      .run { border: 0; padding: 0; margin: 0; } .run + .run { break-before: page; }
      .run:not(.brief) details::details-content { content-visibility: visible; block-size: auto; }
      h2, h3, h4, summary, caption { break-after: avoid; } tr, .note, .verdict { break-inside: avoid; }
    }
    """
}
