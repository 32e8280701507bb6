internal import CCurl

/// One connection to the mail server through libcurl. Used from one thread, and closed by hand.
final class SMTPLine {
    private let handle: UnsafeMutableRawPointer
    private let error: UnsafeMutablePointer<CChar>
    private var recipients: UnsafeMutablePointer<curl_slist>?
    private let talk: SMTPTalk
    private var isSet = true

    init?(_ configuration: MailConfiguration, _ patience: SMTPSender.Patience, _ talk: SMTPTalk) {
        guard SMTPSender.start(), let handle = curl_easy_init() else { return nil }
        self.handle = handle
        self.talk = talk
        error = .allocate(capacity: Int(CURL_ERROR_SIZE))
        error.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        set(eyhub_curl_set_error_buffer(handle, error))
        listen()
        address(configuration)
        guardLine(configuration)
        // No alarms for the whole program; what a broken line would raise is `QuietPipe`'s business.
        number(CURLOPT_NOSIGNAL, 1)
        number(CURLOPT_CONNECTTIMEOUT, patience.connecting)
        number(CURLOPT_SERVER_RESPONSE_TIMEOUT, patience.answer)
        number(CURLOPT_TIMEOUT, patience.whole)
    }

    /// Sends one letter. `CURLE_OK` when the server took it on.
    func send(_ message: Message) -> Ending {
        text(CURLOPT_MAIL_FROM, "<\(message.sender)>")
        recipients = curl_slist_append(nil, "<\(message.recipient)>")
        set(eyhub_curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients))
        number(CURLOPT_UPLOAD, 1)
        set(eyhub_curl_set_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(message.bytes.count)))
        let context = Unmanaged.passUnretained(talk).toOpaque()
        set(eyhub_curl_set_reader(handle, SMTPTalk.read, context))
        return perform()
    }

    /// Connects and signs in, no more.
    func connect() -> Ending {
        number(CURLOPT_CONNECT_ONLY, 1)
        return perform()
    }

    /// Hangs up. The line cannot be used after.
    func close() {
        curl_easy_cleanup(handle)
        curl_slist_free_all(recipients)
        error.deallocate()
    }

    /// How libcurl says it went.
    enum Ending: Equatable {
        case done
        case timedOut(String)
        case failed(String)
    }

    private func perform() -> Ending {
        // An option that was not taken could be the one that checks certificates.
        guard isSet else { return .failed("libcurl did not take a setting.") }
        let code = curl_easy_perform(handle)
        if code == CURLE_OK { return .done }
        let detail = String(cString: error)
        let words = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
        return code == CURLE_OPERATION_TIMEDOUT ? .timedOut(words) : .failed(words)
    }

    private func listen() {
        set(eyhub_curl_set_watcher(handle, SMTPTalk.watch, Unmanaged.passUnretained(talk).toOpaque()))
    }

    private func address(_ configuration: MailConfiguration) {
        let scheme = configuration.security == .tls ? "smtps" : "smtp"
        // After the slash: the name we greet the server with. The machine's own name is nobody's business.
        text(CURLOPT_URL, "\(scheme)://\(configuration.host):\(configuration.port)/\(configuration.from.domain)")
        text(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        text(CURLOPT_PROXY, "")
        if let user = configuration.user, let password = configuration.password {
            text(CURLOPT_USERNAME, user)
            text(CURLOPT_PASSWORD, password)
        }
    }

    private func guardLine(_ configuration: MailConfiguration) {
        let use: curl_usessl =
            switch configuration.security {
            case .tls, .required: CURLUSESSL_ALL
            case .opportunistic: CURLUSESSL_TRY
            case .off: CURLUSESSL_NONE
            }
        number(CURLOPT_USE_SSL, Int(use.rawValue))
        number(CURLOPT_SSL_VERIFYPEER, 1)
        number(CURLOPT_SSL_VERIFYHOST, 2)
        number(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        guard let authorities = configuration.authorities else { return }
        text(CURLOPT_CAINFO, authorities)
        // Only those: the system's own folder is not looked at.
        set(eyhub_curl_set_text(handle, CURLOPT_CAPATH, nil))
    }

    private func number(_ option: CURLoption, _ value: Int) { set(eyhub_curl_set_long(handle, option, value)) }
    private func text(_ option: CURLoption, _ value: String) { set(eyhub_curl_set_text(handle, option, value)) }
    private func set(_ code: CURLcode) { if code != CURLE_OK { isSet = false } }
}
