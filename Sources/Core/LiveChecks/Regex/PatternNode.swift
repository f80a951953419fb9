/// What a pattern says, as a tree.
indirect enum PatternNode {
  case empty
  case scalar(ScalarSet)
  case anchor(Anchor)
  case sequence([PatternNode])
  case choice([PatternNode])
  case group(PatternNode, number: Int)
  case `repeat`(PatternNode, least: Int, most: Int?, lazy: Bool)
}
