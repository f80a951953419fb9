/// The stream as one who reads a notation, or one within another, sees it.
///
/// It sleeps while it would see what stands there, and wakes at what may begin a sequence.
struct View: Sendable {
  private var decoders: [Decoder]
  private(set) var trail = Trail()
  private(set) var isAwake = false
  /// Before it the stream is not what the view has seen.
  private var floor = 0
  /// The units between the decoders.
  private var units: [Unit] = []
  private var decoded: [Unit] = []
  /// The bytes that may begin a sequence.
  private let special: [Bool]
  private var isIdle = true

  init(_ notations: [Notation]) {
    decoders = notations.map(Decoder.init)
    special = (0..<256).map { byte in notations.contains { $0.begins(UInt8(byte)) } }
  }

  /// A notation, and then what it gives by the next.
  static let all = [
    View([.percent]), View([.percent, .percent]), View([.backslash]), View([.backslash, .backslash]), View([.entity]),
    View([.entity, .entity]), View([.colour]), View([.lineBreak]), View([.wrap]), View([.backslash, .wrap]),
    View([.backslash, .colour]), View([.backslash, .entity]), View([.backslash, .percent]), View([.entity, .percent]),
    View([.percent, .backslash]),
  ]

  /// How what it finds was written.
  var form: SecretForm {
    switch decoders[0].notation {
    case .percent: .percent
    case .backslash: .escaped
    case .entity: .entities
    case .colour, .lineBreak, .wrap: .broken
    }
  }

  /// Whether it reads one notation within itself.
  var isTwofold: Bool { decoders.count == 2 && decoders[0].notation == decoders[1].notation }

  /// Nothing has come yet after a line break, which ends what it might have broken.
  var isBetweenLines: Bool { breaksLines && !decoders.allSatisfy(\.isIdle) }

  var breaksLines: Bool { decoders.contains { $0.notation == .wrap || $0.notation == .lineBreak } }

  /// The views that wake at each byte, by their indices.
  static let waking: [[Int]] = (0..<256).map { byte in all.indices.filter { all[$0].special[byte] } }

  /// `state` is that of the walk over the stream itself before `offset`, and before `floor` there was a sequence.
  mutating func wake(at offset: Int, after floor: Int, _ state: Automaton.State, _ automaton: Automaton) {
    var state = state
    let floor = max(floor, self.floor)
    while automaton.depth(of: state) > max(0, offset - floor) { state = automaton.fallback(of: state) }
    trail.begin(at: offset, state, depth: automaton.depth(of: state))
    isAwake = true
  }

  /// Takes the next byte of the stream; `found` is told after each byte with which a needle ends, with where it ends.
  mutating func take(_ byte: UInt8, at offset: Int, _ automaton: Automaton, found: (Trail, _ end: Int) -> Void) {
    let unit = Unit(byte: byte, start: offset, end: offset + 1, isWritten: false)
    if isIdle, !special[Int(byte)] {
      if trail.step(unit, automaton) { found(trail, offset + 1) }
      if trail.isPlain(automaton) { sleep(since: trail.live(automaton) ?? offset + 1) }
      return
    }
    units.removeAll(keepingCapacity: true)
    units.append(unit)
    for index in decoders.indices {
      decoded.removeAll(keepingCapacity: true)
      for unit in units {
        guard decoders[index].take(unit, to: &decoded) else { return sleep(since: offset + 1) }
      }
      swap(&units, &decoded)
    }
    for unit in units where trail.step(unit, automaton) { found(trail, unit.end) }
    isIdle = decoders.allSatisfy { $0.isIdle }
    if isIdle, trail.isPlain(automaton) { sleep(since: trail.live(automaton) ?? offset + 1) }
  }

  /// The offset before which nothing can become part of a needle any more; nil where the view holds nothing.
  func held(_ automaton: Automaton) -> Int? {
    guard isAwake else { return nil }
    return trail.live(automaton) ?? decoders.compactMap { $0.pending.first?.start }.min()
  }

  /// Whether it waits for the rest of an escape: then what follows is not read as it stands.
  var isInEscape: Bool { isAwake && decoders.contains { $0.notation == .backslash && !$0.pending.isEmpty } }

  /// Has it sleep where none of what it holds can be part of a needle.
  mutating func rest(at offset: Int, _ automaton: Automaton) { sleep(since: held(automaton) ?? offset) }

  private mutating func sleep(since offset: Int) {
    (isAwake, isIdle, floor) = (false, true, offset)
    for index in decoders.indices { decoders[index].reset() }
  }
}
