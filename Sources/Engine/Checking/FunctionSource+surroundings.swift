import DeliveryLoop
import LiveChecks

extension FunctionSource {
  init(_ surroundings: any Surroundings) {
    self.init(now: Moment(surroundings.now()), entropy: surroundings.entropy(16))
  }
}

extension Moment {
  init(_ time: Timestamp) { self.init(microseconds: Int(time.nanoseconds / 1000)) }
}
