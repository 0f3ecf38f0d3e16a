#include "core/outbound/SmtpClient.h"

#include "core/outbound/Curl.h"

#include <QHostAddress>
#include <QScopeGuard>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int lookForStopEvery = 200;  // milliseconds
constexpr qsizetype longestLine = 300; // characters that are kept of an answer

using Multi = std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)>;

/// How far a conversation has come: whether a refusal is of the mail, or of us.
enum class Stage { Greeting, Sender, Recipient, Data, Content };

struct Conversation
{
    const SmtpServer &server;
    const std::atomic<bool> &stop;
    QByteArrayView unsent;
    CURL *handle = nullptr;
    QByteArray lastLine = {};
    Stage stage = Stage::Greeting;
    bool isOver = false; ///< What the server says to QUIT is no answer to the mail.
    char error[CURL_ERROR_SIZE] = {};
};

void waitForAnswers(const Conversation &conversation, Milliseconds most)
{
    curl_easy_setopt(conversation.handle, CURLOPT_SERVER_RESPONSE_TIMEOUT_MS, long(most.count()));
}

size_t give(char *to, size_t size, size_t count, void *from)
{
    auto &conversation = *static_cast<Conversation *>(from);
    QByteArrayView &unsent = conversation.unsent;
    const qsizetype given = std::min(unsent.size(), qsizetype(size * count));
    std::memcpy(to, unsent.data(), size_t(given));
    unsent = unsent.sliced(given);
    if (unsent.isEmpty())
        waitForAnswers(conversation, conversation.server.judging);
    return size_t(given);
}

size_t hear(char *line, size_t size, size_t count, void *into) // NOLINT(readability-non-const-parameter): libcurl's type
{
    auto &conversation = *static_cast<Conversation *>(into);
    if (!conversation.isOver)
        conversation.lastLine = QByteArray(line, qsizetype(size * count)).trimmed().left(4 * longestLine);
    if (conversation.stage == Stage::Data && conversation.lastLine.startsWith("354"))
        conversation.stage = Stage::Content;
    return size * count;
}

/// libcurl says which command was refused only here. The commands of a login hold the password: nothing is kept but how they begin.
int watch(CURL *, curl_infotype kind, char *bytes, size_t size, void *into) // NOLINT(readability-non-const-parameter): libcurl's type
{
    auto &conversation = *static_cast<Conversation *>(into);
    const QByteArrayView said(bytes, qsizetype(size));
    if (kind != CURLINFO_HEADER_OUT)
        return 0;
    if (said.startsWith("MAIL FROM:"))
        conversation.stage = Stage::Sender;
    else if (said.startsWith("RCPT TO:"))
        conversation.stage = Stage::Recipient;
    else if (said.startsWith("DATA\r"))
        conversation.stage = Stage::Data;
    else if (said.startsWith("QUIT\r")) {
        conversation.isOver = true;
        waitForAnswers(conversation, conversation.stop ? Milliseconds {1} : conversation.server.timeout); // not what the content may take
    }
    return 0;
}

/// While it waits for the answer to a content libcurl asks nobody else, and this once a second.
int mayGoOn(void *stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    return static_cast<const std::atomic<bool> *>(stop)->load() ? 1 : 0;
}

QByteArray urlOf(const SmtpServer &server)
{
    const bool isSix = QHostAddress(server.host).protocol() == QAbstractSocket::IPv6Protocol;
    const QByteArray host = isSix ? '[' + server.host.toLatin1() + ']' : server.host.toLatin1();
    return (server.security == SmtpSecurity::Tls ? "smtps://" : "smtp://") + host + ':' + QByteArray::number(server.port) + '/'
           + server.ownName;
}

void logIn(CURL *handle, const SmtpServer &server)
{
    if (server.login == SmtpLogin::None)
        return;
    QByteArray secret = server.secret.view().toByteArray();
    const bool isToken = server.login == SmtpLogin::OAuth2;
    curl_easy_setopt(handle, CURLOPT_USERNAME, server.user.constData());
    curl_easy_setopt(handle, isToken ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD, secret.constData());
    curl_easy_setopt(handle, CURLOPT_LOGIN_OPTIONS, isToken ? "AUTH=XOAUTH2" : "AUTH=PLAIN;AUTH=LOGIN"); // or it tries NTLM and its like
    wipe(secret);
}

void converse(CURL *handle, Conversation &conversation)
{
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(conversation.unsent.size())); // SIZE of MAIL FROM
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, &give);
    curl_easy_setopt(handle, CURLOPT_READDATA, &conversation);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &hear);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &conversation);
    curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, &watch);
    curl_easy_setopt(handle, CURLOPT_DEBUGDATA, &conversation);
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, conversation.error);
    conversation.handle = handle;
    waitForAnswers(conversation, conversation.server.timeout);
}

/// curl_easy_perform() would look at `stop` once a second.
CURLcode performUntil(CURL *handle, const std::atomic<bool> &stop)
{
    const Multi multi(curl_multi_init(), &curl_multi_cleanup);
    if (!multi || curl_multi_add_handle(multi.get(), handle) != CURLM_OK)
        return CURLE_OUT_OF_MEMORY;
    const auto leaving = qScopeGuard([&] { curl_multi_remove_handle(multi.get(), handle); });
    int running = 1;
    while (running > 0) {
        if (stop) {
            curl_easy_setopt(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT_MS, 1L); // or it says QUIT, and waits for an answer
            return CURLE_ABORTED_BY_CALLBACK;
        }
        if (curl_multi_perform(multi.get(), &running) != CURLM_OK)
            return CURLE_FAILED_INIT;
        if (running > 0)
            curl_multi_poll(multi.get(), nullptr, 0, lookForStopEvery, nullptr);
    }
    int left = 0;
    const CURLMsg *message = curl_multi_info_read(multi.get(), &left);
    return message ? message->data.result : CURLE_FAILED_INIT;
}

/// Servers repeat what they did not understand: our login, if it was that.
QString withoutSecrets(QByteArray line, const SmtpServer &server)
{
    const QByteArray secret(server.secret.view().data(), server.secret.view().size());
    const QByteArray plain = '\0' + server.user + '\0' + secret;
    const QByteArray bearer = "user=" + server.user + "\1auth=Bearer " + secret + "\1\1";
    for (const QByteArray &said : {plain.toBase64(), bearer.toBase64(), secret.toBase64(), secret}) {
        if (!secret.isEmpty())
            line.replace(said, "(secret)");
    }
    QString text = QString::fromUtf8(line);
    std::ranges::replace_if(text, [](QChar c) { return !c.isPrint(); }, u' ');
    return text.left(longestLine);
}

/// Whether an answer is of this very mail. 530 to 538 are about the login, wherever they are said; 421 is a farewell.
bool isAboutMail(const Conversation &conversation, int code)
{
    return conversation.stage >= Stage::Recipient && code >= 400 && code != 421 && (code < 530 || code > 538);
}

MailOutcome outcomeOf(CURLcode done, const Conversation &conversation, const SmtpServer &server)
{
    const int code = conversation.lastLine.left(3).toInt();
    MailOutcome outcome {.code = code, .line = withoutSecrets(conversation.lastLine, server)};
    if (done == CURLE_OK || (conversation.stage == Stage::Content && code / 100 == 2)) { // what goes wrong afterwards is no matter
        outcome.fate = MailFate::Sent;
        return outcome;
    }
    const bool isOfProtocol = done == CURLE_SEND_ERROR || done == CURLE_WEIRD_SERVER_REPLY || done == CURLE_LOGIN_DENIED
                              || done == CURLE_REMOTE_ACCESS_DENIED || done == CURLE_RECV_ERROR;
    const bool isOfMail = isOfProtocol && isAboutMail(conversation, code);
    if (!isOfProtocol || code < 400) {
        const QByteArray why = conversation.error[0] != '\0' ? QByteArray(conversation.error) : QByteArray(curl_easy_strerror(done));
        outcome.line = withoutSecrets(outcome.line.isEmpty() || code < 400 ? why : why + " [" + conversation.lastLine + ']', server);
    }
    outcome.fate = isOfMail && code >= 500 ? MailFate::Never : MailFate::Later;
    outcome.isAboutServer = !isOfMail;
    outcome.isInterrupted = done == CURLE_ABORTED_BY_CALLBACK;
    return outcome;
}

} // namespace

SmtpClient::SmtpClient(QByteArray authorities) : m_authorities(std::move(authorities)) { curl::setUp(); }

MailOutcome SmtpClient::send(const SmtpServer &server, const SmtpMail &mail, const std::atomic<bool> &stop) const
{
    // The handle speaks of its end to it, so it outlives that.
    Conversation conversation {.server = server, .stop = stop, .unsent = mail.message};
    const curl::Handle handle = curl::newHandle();
    if (!handle)
        return {.line = u"libcurl has no memory"_s, .isAboutServer = true};
    QByteArray pem = server.security == SmtpSecurity::None ? QByteArray() : curl::authoritiesOr(m_authorities);
    const curl_blob authorities {.data = pem.data(), .len = size_t(pem.size()), .flags = CURL_BLOB_NOCOPY};
    curl::secure(handle.get(), server.security == SmtpSecurity::Tls ? "smtps" : "smtp", authorities);
    curl::bound(handle.get(), server.longest(), std::min(server.connectTimeout, server.timeout));
    curl_easy_setopt(handle.get(), CURLOPT_USE_SSL, long(server.security == SmtpSecurity::None ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_easy_setopt(handle.get(), CURLOPT_FORBID_REUSE, 1L);
    const QByteArray url = urlOf(server);
    curl_easy_setopt(handle.get(), CURLOPT_URL, url.constData());
    logIn(handle.get(), server);
    converse(handle.get(), conversation);
    curl_easy_setopt(handle.get(), CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle.get(), CURLOPT_XFERINFOFUNCTION, &mayGoOn);
    curl_easy_setopt(handle.get(), CURLOPT_XFERINFODATA, &stop);
    const curl::Lines recipients = curl::linesOf({mail.to});
    curl_easy_setopt(handle.get(), CURLOPT_MAIL_FROM, mail.from.constData());
    curl_easy_setopt(handle.get(), CURLOPT_MAIL_RCPT, recipients.get());
    return outcomeOf(performUntil(handle.get(), stop), conversation, server);
}

} // namespace warder
