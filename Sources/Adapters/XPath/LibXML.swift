import CXML2
package import LiveChecks

/// XPath 1.0 by libxml2, on documents that can reach nothing outside themselves: no network, no files, no entities of their own.
package enum LibXML {
  /// More than this is refused; libxml2 itself refuses a nesting deeper than 256 elements and texts longer than 10 MB.
  static let sizeLimit = 256 << 20
  /// How many operations an expression may take (`xmlXPathContext.opLimit`).
  static let operationLimit: UInt = 20_000_000

  /// Evaluates an expression on the root of a document. The namespaces that the document declares can be used by their prefixes,
  /// the default one as `_`; where a prefix is declared twice, the first one counts.
  package static func evaluate(
    _ expression: String, on markup: MarkupDocument
  ) -> Result<XPathValue, XPathError> {
    Self.initialised
    guard markup.bytes.count <= sizeLimit else {
      return .failure(.document("it is larger than \(sizeLimit >> 20) MiB"))
    }
    switch markup.syntax {
    case .xml: return parseXML(markup).flatMap { evaluate(expression, on: $0) }
    case .html: return parseHTML(markup).flatMap { evaluate(expression, on: $0) }
    }
  }

  /// libxml2 wants to be initialised on one thread before others use it (libxml/parser.h).
  private static let initialised: Void = xmlInitParser()

  /// Frees a document with its last owner.
  private final class Document {
    let pointer: xmlDocPtr
    init(_ pointer: xmlDocPtr) { self.pointer = pointer }
    deinit { xmlFreeDoc(pointer) }
  }

  private static func parseXML(_ markup: MarkupDocument) -> Result<Document, XPathError> {
    guard let context = xmlNewParserCtxt() else { return .failure(.document("there is no memory left")) }
    defer { xmlFreeParserCtxt(context) }
    // An entity can stand for a file or grow without end, and no check needs one: the first declaration ends the reading.
    context.pointee.sax.pointee.entityDecl = { context, _, _, _, _, _ in
      let parser = context?.assumingMemoryBound(to: xmlParserCtxt.self)
      parser?.pointee._private = context
      xmlStopParser(parser)
    }
    let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
    let document = markup.bytes.withUnsafeBytes { bytes in
      xmlCtxtReadMemory(
        context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), nil,
        markup.isUTF8 ? "UTF-8" : nil, options)
    }.map(Document.init)
    if context.pointee._private != nil { return .failure(.document("it declares entities")) }
    guard let document, context.pointee.wellFormed == 1 else { return .failure(.document(reason(context))) }
    return .success(document)
  }

  private static func parseHTML(_ markup: MarkupDocument) -> Result<Document, XPathError> {
    guard let context = htmlNewParserCtxt() else { return .failure(.document("there is no memory left")) }
    defer { htmlFreeParserCtxt(context) }
    let options = Int32(
      HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NONET.rawValue | HTML_PARSE_NOERROR.rawValue
        | HTML_PARSE_NOWARNING.rawValue)
    let document = markup.bytes.withUnsafeBytes { bytes in
      htmlCtxtReadMemory(
        context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), nil, "UTF-8", options)
    }.map(Document.init)
    guard let document else { return .failure(.document(reason(context))) }
    return .success(document)
  }

  private static func reason(_ context: xmlParserCtxtPtr) -> String {
    guard let error = xmlCtxtGetLastError(context), error.pointee.code != 0 else { return "it is empty" }
    return "line \(error.pointee.line): \(words(error.pointee.message))"
  }

  /// The library's words without the line break at their end.
  private static func words(_ message: UnsafePointer<CChar>?) -> String {
    guard let message else { return "no reason is given" }
    return String(String(cString: message).split(separator: "\n").joined(separator: " "))
  }
}

extension LibXML {
  private static func evaluate(_ expression: String, on document: Document) -> Result<XPathValue, XPathError> {
    guard !expression.utf8.contains(0) else { return .failure(.expression("it has a zero byte")) }
    guard let context = xmlXPathNewContext(document.pointer) else {
      return .failure(.document("there is no memory left"))
    }
    defer { xmlXPathFreeContext(context) }
    // What is wrong is returned and not printed.
    context.pointee.error = { _, _ in }
    context.pointee.opLimit = operationLimit
    registerNamespaces(of: document, in: context)
    guard let object = xmlXPathEvalExpression(expression, context) else {
      let error = context.pointee.lastError
      if error.code == Int32(XML_XPATH_EXPRESSION_OK.rawValue + XPATH_OP_LIMIT_EXCEEDED.rawValue) {
        return .failure(.expression("it takes more than \(operationLimit) operations on this document"))
      }
      let isTold = error.message != nil
      return .failure(.expression(isTold ? words(error.message).lowercasedFirst : "it is not XPath 1.0"))
    }
    defer { xmlXPathFreeObject(object) }
    switch object.pointee.type {
    case XPATH_NODESET, XPATH_XSLT_TREE: return .success(.nodes(Int(object.pointee.nodesetval?.pointee.nodeNr ?? 0)))
    case XPATH_BOOLEAN: return .success(.bool(object.pointee.boolval != 0))
    case XPATH_NUMBER: return .success(.number(object.pointee.floatval))
    case XPATH_STRING: return .success(.string(object.pointee.stringval.map { String(cString: $0) } ?? ""))
    default: return .failure(.expression("it comes to nothing that can be compared"))
    }
  }

  private static func registerNamespaces(of document: Document, in context: xmlXPathContextPtr) {
    var known: Set<String> = []
    var node = xmlDocGetRootElement(document.pointer)
    while let current = node {
      var space = current.pointee.type == XML_ELEMENT_NODE ? current.pointee.nsDef : nil
      while let found = space {
        let prefix = found.pointee.prefix.map { String(cString: $0) } ?? "_"
        if known.insert(prefix).inserted { xmlXPathRegisterNs(context, prefix, found.pointee.href) }
        space = found.pointee.next
      }
      node = next(current)
    }
  }

  /// The node that follows in the order of the document; an explicit walk, since documents may be deep.
  private static func next(_ node: xmlNodePtr) -> xmlNodePtr? {
    if node.pointee.type == XML_ELEMENT_NODE, let child = node.pointee.children { return child }
    var current: xmlNodePtr? = node
    while let here = current, here.pointee.type != XML_DOCUMENT_NODE, here.pointee.type != XML_HTML_DOCUMENT_NODE {
      if let sibling = here.pointee.next { return sibling }
      current = here.pointee.parent
    }
    return nil
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
