import DeliveryLoop
import Transparency

extension Doctor {
  /// Whether deliveries can be signed, without opening the key.
  func key(_ configuration: Configuration) -> [Finding] {
    do {
      guard let (key, isEncrypted) = try wiring.keyAtHand(configuration) else { return [] }
      let isAsked = isEncrypted && wiring.environment.all["WAYBILL_PASSPHRASE"] == nil
      return [
        Finding(
          check: "key", result: isAsked ? .warning : .ok,
          message: key.text + (isAsked ? "; its passphrase is asked for when a run begins" : ""))
      ]
    } catch {
      return [Finding(check: "key", result: .failed, message: Wording.of(error).message)]
    }
  }
}
