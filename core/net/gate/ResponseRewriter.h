#pragma once

#include <QtTypes>

#include <string>
#include <string_view>

namespace warder {

/// The answer to one request, on its way from QHttpServer to the wire: rewrites its head (Date, Connection, no body where
/// there must be none) and counts its body, so that nothing can follow it unnoticed. The rules without the wire.
class ResponseRewriter final
{
public:
    /// What of the request matters for the answer.
    struct Request
    {
        bool isHead = false;
        bool keepAlive = true;
        int minor = 1;
    };

    ResponseRewriter() = default;
    explicit ResponseRewriter(const Request &request) : m_request(request) {}

    /// Takes what QHttpServer wrote and appends what goes on the wire. `mayGoOn`: false makes this the last answer of its
    /// connection, if its head has not left yet.
    void take(std::string_view bytes, bool mayGoOn, std::string &out);

    bool hasStarted() const { return m_hasHead; } ///< Its head has left.
    qint64 missing() const { return m_missing; }  ///< Bytes of its body still to come.
    bool isDone() const { return m_hasHead && m_missing == 0; }
    bool isLast() const { return !m_request.keepAlive; } ///< The connection closes behind it.

private:
    void takeHead(std::string_view head, std::string &out);
    void takeField(std::string_view line, std::string &out);
    void takeBody(std::string_view bytes, std::string &out);

    Request m_request {};
    std::string m_head; ///< Until it is whole.
    int m_status = 0;
    qint64 m_missing = 0; ///< Bytes of the body still to come.
    bool m_hasLength = false;
    bool m_hasHead = false;
};

} // namespace warder
