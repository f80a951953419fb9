import Codings
import JSONText

/// A body as evidence holds it: as text where it is one, its bytes in base64 where the text does not give them back, and of what
/// nobody can read the size alone, with the reason.
struct BodyRecord {
  let json: JSON

  /// - Parameter undecoded: the encoding that could not be decoded, in which the body still is.
  init(_ bytes: [UInt8], as text: String?, _ undecoded: String? = nil) {
    var object: JSONObject = ["size": .count(bytes.count)]
    if let undecoded {
      object["left_out"] = .string("its encoding \"\(undecoded)\" cannot be decoded")
    } else {
      if let text { object["text"] = .string(text) }
      if text.map({ !$0.utf8.elementsEqual(bytes) }) ?? true { object["base64"] = .string(Base64.encode(bytes)) }
    }
    json = .object(object)
  }

  /// The bytes; nil where they were left out, or masked so that they are not what they were.
  static func bytes(_ json: JSON) -> [UInt8]? {
    if let base64 = json["base64"]?.string { return Base64.decode(base64) }
    return json["text"]?.string.map { Array($0.utf8) }
  }
}

extension Reading {
  var json: JSON {
    var object: JSONObject = ["name": .string(name)]
    if let content { object["content"] = BodyRecord(content, as: String(validating: content, as: UTF8.self)).json }
    return .object(object)
  }

  init?(_ json: JSON) {
    guard let name = json["name"]?.string else { return nil }
    self.init(name: name, content: json["content"].flatMap(BodyRecord.bytes))
  }
}

extension CheckValue {
  /// As evidence holds a variable: JSON, and what JSON has no word for in an object of its own.
  var recorded: JSON {
    switch self {
    case .bytes(let bytes): ["_bytes": .string(Base64.encode(bytes))]
    case .date(let moment): ["_date_us": .count(moment.microseconds)]
    case .nodeset(let count): ["_nodes": .count(count)]
    case .null, .bool, .number, .string, .list, .object: json
    }
  }

  static func read(_ json: JSON) -> CheckValue {
    guard json.object?.count == 1 else { return CheckValue(json) }
    if let bytes = json["_bytes"]?.string.flatMap({ Base64.decode($0) }) { return .bytes(bytes) }
    if let microseconds = json["_date_us"]?.int { return .date(Moment(microseconds: microseconds)) }
    if let count = json["_nodes"]?.int { return .nodeset(count) }
    return CheckValue(json)
  }
}

extension TransferTimings {
  var json: JSON {
    [
      "began_ns": .string(String(began)), "name_lookup": .count(nameLookup), "connect": .count(connect),
      "app_connect": .count(appConnect), "pre_transfer": .count(preTransfer), "start_transfer": .count(startTransfer),
      "total": .count(total),
    ]
  }

  init?(_ json: JSON) {
    guard let began = json["began_ns"]?.string.flatMap({ Int64($0) }) else { return nil }
    func phase(_ name: String) -> Int { json[name]?.int ?? 0 }
    self.init(
      began: began, nameLookup: phase("name_lookup"), connect: phase("connect"), appConnect: phase("app_connect"),
      preTransfer: phase("pre_transfer"), startTransfer: phase("start_transfer"), total: phase("total"))
  }
}
