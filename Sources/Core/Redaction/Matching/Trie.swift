/// The tree of all needles, in the order in which they are added.
struct Trie {
  private(set) var labels: [UInt8] = [0]
  /// The latest child of each node, and the child before each child; 0 for none.
  private var children: [Int32] = [0]
  private var siblings: [Int32] = [0]
  /// The node at which each needle ends.
  private(set) var ends: [Int32] = []

  init(_ needles: [Needle]) {
    for needle in needles { ends.append(needle.bytes.reduce(0) { child(of: $0, $1) }) }
  }

  /// The nodes breadth first, so that those of one depth, and the children of one node, stand side by side.
  func breadthFirst() -> (order: [Int32], depths: [Int32], firstChild: [Int32]) {
    var order: [Int32] = [0]
    var depths: [Int32] = [0]
    var firstChild: [Int32] = []
    while firstChild.count < order.count {
      let (node, depth) = (order[firstChild.count], depths[firstChild.count])
      firstChild.append(Int32(order.count))
      var child = children[Int(node)]
      while child != 0 {
        order.append(child)
        depths.append(depth + 1)
        child = siblings[Int(child)]
      }
    }
    firstChild.append(Int32(order.count))
    return (order, depths, firstChild)
  }

  private mutating func child(of node: Int32, _ label: UInt8) -> Int32 {
    var child = children[Int(node)]
    while child != 0 {
      if labels[Int(child)] == label { return child }
      child = siblings[Int(child)]
    }
    let new = Int32(labels.count)
    labels.append(label)
    siblings.append(children[Int(node)])
    children.append(0)
    children[Int(node)] = new
    return new
  }
}
